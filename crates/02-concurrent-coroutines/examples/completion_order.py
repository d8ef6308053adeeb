import asyncio


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    running = [fetch("slow", 2), fetch("fast", 1)]
    for result in asyncio.as_completed(running):
        print(await result)


asyncio.run(main())
