import asyncio


async def work(number, seconds):
    print(f"Task {number} started")
    await asyncio.sleep(seconds)
    print(f"Task {number} completed")


async def main():
    await work(1, 2)
    await work(2, 1)


asyncio.run(main())
