"""The salt moves all riders by the same number of buckets.

Riders who were neighbours in one experiment are neighbours in the next, so two rollouts share
far too many riders, or none at all. Hash salt and rider together, so that each rider moves by
another distance.

Of the riders in half of one experiment, half belong in half of the next. Where all of them
move by 100 buckets, four fifths are.
"""

from hashlib import sha256


def number(text):
    return int(sha256(str(text).encode()).hexdigest(), 16)


def bucket(rider, salt):
    return (number(rider) + number(salt)) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent * 10
