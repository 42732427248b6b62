"""Counts in whole milliseconds, and leaves the large powers to Python's integers."""


class Backoff:
    def __init__(self, first=100, ceiling=20_000):
        self.first, self.ceiling = first, ceiling

    def __call__(self, attempt, rng):
        return rng.randint(0, min(self.first << attempt, self.ceiling)) / 1000


wait = Backoff()
