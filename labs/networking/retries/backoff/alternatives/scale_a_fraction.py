"""Doubles in a loop that stops at the ceiling, and scales a fraction."""


def wait(attempt, rng):
    ceiling = 0.1
    for _ in range(attempt):
        if ceiling >= 20:
            break
        ceiling = ceiling * 2
    return rng.random() * min(ceiling, 20)
