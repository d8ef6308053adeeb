import asyncio


async def say_after(seconds, word):
    await asyncio.sleep(seconds)
    print(word)


async def main():
    await asyncio.gather(say_after(1, "hello"), say_after(2, "world"))


asyncio.run(main())
