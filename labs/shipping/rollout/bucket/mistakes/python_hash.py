"""The bucket depends on the process that works it out.

Python salts `hash()` of a text anew at every start. After each deployment every rider is in
another bucket: a tenth of the city changes price, and last week's numbers say nothing. Take a
hash that is the same everywhere.

A hash with a published definition, from `hashlib`, is also one that the apps can work out. The
salt of `hash()` is there against attackers who fill one slot of a dictionary.
"""


def bucket(rider, salt):
    return hash((str(rider), salt)) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent * 10
