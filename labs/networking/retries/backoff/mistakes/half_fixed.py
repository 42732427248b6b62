"""Half of the wait is the same for everybody.

No rider comes back in the first half of the wait, and all of them share the second:
the peak is twice as high as it has to be. Draw from 0 up to the ceiling.

This is known as equal jitter, and some libraries do it. It keeps a least wait, which a
single client likes; an edge with thousands of clients prefers the lower peak.
"""


def wait(attempt, rng):
    ceiling = min(20, 0.1 * 2 ** min(attempt, 8))
    return ceiling / 2 + rng.uniform(0, ceiling / 2)
