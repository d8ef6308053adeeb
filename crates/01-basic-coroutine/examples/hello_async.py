import asyncio


async def main():
    print("Hello, Async World!")
    await asyncio.sleep(1)
    print("Async function completed!")


asyncio.run(main())
