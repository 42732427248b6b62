"""Which known mistake does an answer behave like? By what came of it, never by its text."""

import math

from labs.kit.check.result import Mistake, Verdict


def behaviour(result):
    """What can be compared: for each check that ran, its verdict and what it saw."""
    return [
        [outcome.name, str(outcome.verdict), outcome.symptom]
        for outcome in result.checks
        if outcome.verdict is not Verdict.SKIPPED
    ]


def diagnose(exercise, result, known):
    """The one mistake that behaves as this result does, or None: two candidates are no answer."""
    if result.verdict not in (Verdict.FAIL, Verdict.ERROR, Verdict.TIMEOUT):
        return None
    seen = behaviour(result)
    if not seen:
        return None
    alike_ones = [name for name, other in known.items() if alike(seen, other)]
    if len(alike_ones) != 1:
        return None
    words = next(m.words for m in exercise.mistakes if m.name == alike_ones[0])
    return Mistake(alike_ones[0], *told(words))


def told(words):
    """The words for the first time, and the last paragraph, kept for the second."""
    paragraphs = words.split("\n\n")
    if len(paragraphs) < 3:
        return words, ""
    return "\n\n".join(paragraphs[:-1]), paragraphs[-1]


def alike(one, other):
    """Equal, but for the draw of a random number: reals and large counts agree to 5 %."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        exact = isinstance(one, int) and isinstance(other, int) and abs(one) < 100
        return one == other if exact else math.isclose(one, other, rel_tol=0.05, abs_tol=1e-9)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    return one == other
