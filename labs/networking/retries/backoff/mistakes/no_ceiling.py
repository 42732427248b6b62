"""Nothing stops the ceiling from doubling.

After ten failures a rider waits up to 102 s, after twenty more than a day: the service
is long back, and the app still sleeps. Stop the ceiling at 20 s.

The ceiling is a maximum of what the draw may be, and there is a largest ceiling.
`min` of two numbers says that; mind that a power of 5000 fits in no float.
"""


def wait(attempt, rng):
    return rng.uniform(0, 0.1 * 2 ** min(attempt, 1000))
