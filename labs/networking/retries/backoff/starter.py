"""Say how long a rider's app waits before it tries again.

`wait(attempt, rng)` returns seconds. Attempt 0 is the first retry.
The wait is random, anywhere between 0 and a ceiling: full jitter.
The ceiling is 0.1 s at attempt 0, doubles with every attempt, and stops at 20 s.
It must also answer for attempt 5000: an app may be left open overnight.
Draw from `rng`, a `random.Random`, and from nothing else.
"""


def wait(attempt, rng):
    return 0.1  # TODO: double it, stop it at 20 s, and spread the riders out
