import asyncio


async def greet():
    print("Hello...")
    await asyncio.sleep(1)
    print("...World!")


async def main():
    await greet()


asyncio.run(main())
