import asyncio


async def step(name):
    await asyncio.sleep(1)
    print(f"the {name} is done")


async def main():
    future = step("future")
    task = asyncio.create_task(step("task"))
    await asyncio.sleep(5)
    print("main looks up")
    await task
    await future


asyncio.run(main())
