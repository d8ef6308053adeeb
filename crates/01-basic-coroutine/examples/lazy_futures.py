import asyncio


async def announce():
    print("Start of async function")
    await asyncio.sleep(1)
    print("End of async function")


async def main():
    first, second = announce(), announce()  # prints nothing
    await first
    await second


asyncio.run(main())
