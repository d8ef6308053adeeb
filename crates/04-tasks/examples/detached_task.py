import asyncio


async def talk():
    await asyncio.sleep(1)
    print("nobody holds my handle")
    await asyncio.sleep(60)
    print("this line is never printed")


async def main():
    asyncio.create_task(talk())
    await asyncio.sleep(2)


asyncio.run(main())
