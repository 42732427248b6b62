"""Every experiment tries out on the same riders.

The salt changes nothing. The riders who get the new prices are then also those who get the new
map and the new payment page, and nobody can say which of them cost the rides. Let the salt into
the hash.

A rider who is in the lowest tenth stays there in each experiment that leaves the salt out.
Two experiments are told apart when each deals the riders anew.
"""

from hashlib import sha256


def bucket(rider, salt):
    return int(sha256(str(rider).encode()).hexdigest(), 16) % 1000


def in_rollout(rider, percent, salt):
    return bucket(rider, salt) < percent * 10
