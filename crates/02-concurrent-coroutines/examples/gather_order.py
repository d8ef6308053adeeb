import asyncio


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    for name in await asyncio.gather(fetch("slow", 2), fetch("fast", 1)):
        print(name)


asyncio.run(main())
