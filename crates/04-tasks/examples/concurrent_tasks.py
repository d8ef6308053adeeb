import asyncio


async def work(number, seconds):
    print(f"Task {number} started")
    await asyncio.sleep(seconds)
    print(f"Task {number} completed")


async def main():
    first = asyncio.create_task(work(1, 2))
    second = asyncio.create_task(work(2, 1))
    await first
    await second


asyncio.run(main())
