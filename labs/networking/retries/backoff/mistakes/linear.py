"""The ceiling is added to, not multiplied.

A service that is down for a minute gets nearly as many requests in its last second as in
its first: 0.1 s, 0.2 s, 0.3 s leaves it no room to come back. Double the ceiling each time.

At attempt 5 the ceiling has doubled five times: 3.2 s. Adding gives 0.6 s.
"""


def wait(attempt, rng):
    return rng.uniform(0, min(20, 0.1 * (attempt + 1)))
