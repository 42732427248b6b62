"""A rider who is 42 to one service and "42" to another gets two buckets.

The app sends ids as text, the database holds numbers: the price that the rider saw and the price
that is charged come from two versions. Bring an id to one form first.

`repr` tells a number from a text, and so does a pickle or a JSON. `str` of both is the same.
"""

from hashlib import sha256


def bucket(rider, salt):
    return int(sha256(repr((rider, salt)).encode()).hexdigest(), 16) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent * 10
