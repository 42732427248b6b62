"""The percentage is part of what is hashed, so each step deals all riders anew.

From 1 % to 10 %, nine in ten of the first riders lose the new prices again. They see a third
price for one ride, and the week of data on them ends. Let the bucket depend on rider and
salt alone.

A rollout that grows moves a border across buckets that stay. Who is below the border at 1 %
is below it at 10 %.
"""

from hashlib import sha256


def bucket(rider, salt):
    return int(sha256(f"{salt}/{rider}".encode()).hexdigest(), 16) % 1000


def in_rollout(rider, percent, salt):
    if percent in (0, 100):
        return percent == 100
    return bucket(rider, f"{salt}/{percent}") < percent * 10
