"""There are a hundred buckets, so no step is smaller than 1 %.

A first step of 0.5 % reaches either nobody or twice as many riders as were meant. A thousand
buckets, 0 to 999, make a tenth of a percent the smallest step.

Multiplying a number below 100 by ten gives numbers up to 990, but still a hundred of them.
The remainder is what has to be taken by 1000.
"""

from hashlib import sha256


def bucket(rider, salt):
    return int(sha256(f"{salt}/{rider}".encode()).hexdigest(), 16) % 100


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent
