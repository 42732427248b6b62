"""Riders who fail together come back together.

The wait grows, but it is the same for everybody, so the spike that broke the edge
arrives again, only later. Draw the wait from `rng`, below the ceiling.

Two riders fail in the same millisecond, at attempt 3. Both wait 0.8 s, to the digit.
Only `rng` differs between them: the wait has to depend on it.
"""


def wait(attempt, rng):
    return min(20, 0.1 * 2 ** min(attempt, 8))
