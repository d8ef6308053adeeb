import asyncio


async def hello():
    print("Hello, Async World!")
    await asyncio.sleep(1)
    print("Async function completed!")


asyncio.run(hello())
