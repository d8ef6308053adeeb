import asyncio


async def fetch(name, seconds):
    await asyncio.sleep(seconds)
    return name


async def main():
    tasks = [
        asyncio.create_task(fetch("slow", 2)),
        asyncio.create_task(fetch("fast", 1)),
    ]
    for result in asyncio.as_completed(tasks):
        print(await result)


asyncio.run(main())
