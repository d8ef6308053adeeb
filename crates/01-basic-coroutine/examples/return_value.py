import asyncio


async def add(a, b):
    await asyncio.sleep(1)
    return a + b


async def main():
    print(await add(2, 3))


asyncio.run(main())
