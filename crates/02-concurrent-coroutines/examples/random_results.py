import asyncio
import random


async def operation(rng):
    await asyncio.sleep(1)
    print(f"Random result: {rng.randint(1, 100)}")


async def main():
    rng = random.Random(7)
    await asyncio.gather(operation(rng), operation(rng))


asyncio.run(main())
