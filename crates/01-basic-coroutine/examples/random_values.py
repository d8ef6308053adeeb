import random

rng = random.Random(7)
colours = ["red", "green", "blue"]
print(f"an integer: {rng.randint(1, 6)}")  # 6 can come too
print(f"a float below 1: {rng.random()}")
print(f"a float in a range: {rng.uniform(1.5, 2.5)}")
print(f"one of a list: {rng.choice(colours)}")
print(f"a sample: {rng.sample(range(1, 50), 6)}")  # all distinct
