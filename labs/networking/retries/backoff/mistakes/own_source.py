"""The wait is drawn from a source of its own, not from `rng`.

It spreads riders well, and nobody can test it or replay an outage with it: the same call
gives another wait each time. Draw from the `rng` that is given.

The functions of the module `random` share one hidden source. A `random.Random` has
the same methods, and whoever passes it in decides what it draws.
"""

import random


def wait(attempt, rng):
    return random.uniform(0, min(20, 0.1 * 2 ** min(attempt, 8)))
