"""The ids themselves decide, and ids are not dealt evenly.

Ids of one city end alike, or are all even, or carry a date: then thousands of riders share a
bucket, and at 1 % the new prices reach nobody or a whole city. Hash the id before it is cut down.

A good hash makes numbers that differ in one digit differ in half of their bits. A sum, or the
last digits, keep the pattern that the ids had.
"""

from zlib import crc32


def bucket(rider, salt):
    digits = "".join(filter(str.isdigit, str(rider))) or "0"
    return (int(digits) + crc32(salt.encode())) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent * 10
