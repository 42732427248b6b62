"""The ceiling grows, so that a broken service gets room; it stops, so that riders are not lost.

Full jitter draws from the whole range below it: two riders who failed together are then as likely
to come back at any moment as at any other. The doubling is capped while it is still an integer:
0.1 * 2**5000 is too large for a float.
"""


def wait(attempt, rng):
    ceiling = 0.1 * min(2**attempt, 200)
    return rng.uniform(0, ceiling)
