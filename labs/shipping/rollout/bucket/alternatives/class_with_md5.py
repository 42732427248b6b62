"""An object for each experiment, MD5, and the percentage as a number of buckets."""

import hashlib
from functools import lru_cache


class Experiment:
    BUCKETS = 1000

    def __init__(self, salt):
        self.salt = salt

    def bucket(self, rider):
        digest = hashlib.md5(f"{self.salt}:{rider}".encode()).hexdigest()
        return int(digest[:15], 16) * self.BUCKETS // 16**15

    def includes(self, rider, percent):
        return self.bucket(rider) in range(round(percent / 100 * self.BUCKETS))


experiment = lru_cache(Experiment)


def bucket(rider, salt):
    return experiment(salt).bucket(rider)


def in_rollout(rider, percent, salt):
    return experiment(salt).includes(rider, percent)
