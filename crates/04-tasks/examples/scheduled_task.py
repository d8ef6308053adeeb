import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(1))
    print("Task scheduled!")
    await task
    print("Task finished!")


asyncio.run(main())
