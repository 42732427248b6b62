"""One bucket too many is in.

At 0 %, the setting that is meant to stop a bad model, one rider in a thousand still gets it.
A bucket is in when it is below the border, not on it.

At 1 % there are ten buckets, and they are counted from 0: the tenth is bucket 9.
"""

from hashlib import sha256


def bucket(rider, salt):
    return int(sha256(f"{salt}/{rider}".encode()).hexdigest(), 16) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) <= percent * 10
