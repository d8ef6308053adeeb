import asyncio
import time


async def main():
    start = time.perf_counter()
    await asyncio.sleep(2)
    print(f"passed: {time.perf_counter() - start:.0f} s")


asyncio.run(main())
