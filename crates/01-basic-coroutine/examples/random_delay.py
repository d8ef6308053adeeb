import asyncio
import random


async def main():
    seconds = random.uniform(0, 5)
    await asyncio.sleep(seconds)


asyncio.run(main())
