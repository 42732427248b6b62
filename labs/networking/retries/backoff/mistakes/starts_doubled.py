"""The first retry has its ceiling doubled already.

Attempt 0 is the first retry, and its ceiling is 0.1 s. Counted from 1, every rider waits
twice as long as the failure asks for. Count the doublings from attempt 0.

Two to the power of 0 is 1: at attempt 0 nothing has doubled yet.
"""


def wait(attempt, rng):
    return rng.uniform(0, min(20, 0.1 * 2 ** min(attempt + 1, 8)))
