import asyncio
import random


async def nap(seconds):
    print(f"Sleeping for {seconds:.2f} seconds")
    await asyncio.sleep(seconds)
    print("Woke up!")


async def main():
    rng = random.Random(7)
    tasks = [asyncio.create_task(nap(rng.uniform(0.1, 1.0))) for _ in range(5)]
    for task in tasks:
        await task


asyncio.run(main())
