"""A generator that is seeded with the text of both, and drawn from once."""

from random import Random

bucket = lambda rider, salt: int(Random(f"{rider} in {salt}").random() * 1000)  # noqa: E731


def in_rollout(rider, percent, salt):
    if percent >= 100:
        return True
    return bucket(rider, salt) / 10 < percent
