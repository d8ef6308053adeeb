import asyncio
import time


async def held(lock, numbers, number):
    async with lock:
        numbers.append(number)
        await asyncio.sleep(1)


async def released(lock, numbers, number):
    async with lock:
        numbers.append(number)
    await asyncio.sleep(1)


async def main():
    lock, numbers = asyncio.Lock(), []

    start = time.perf_counter()
    await asyncio.gather(*(held(lock, numbers, n) for n in (1, 2, 3)))
    print(f"held: {time.perf_counter() - start:.0f} s")

    start = time.perf_counter()
    await asyncio.gather(*(released(lock, numbers, n) for n in (4, 5, 6)))
    print(f"released: {time.perf_counter() - start:.0f} s")


asyncio.run(main())
