"""The words that checks are written in. Each raises `Failed` with what was looked at."""

import math


class Failed(AssertionError):
    """A claim that does not hold: what was looked at, what was expected, what came."""

    def __init__(self, what, expected="", got="", *, case="", symptom=None):
        super().__init__(f"{what}: expected {expected}, got {got}" if expected else what)
        self.what, self.expected, self.got, self.case = what, expected, got, case
        self.symptom = got if symptom is None else symptom


def within(value, low, high, *, what, unit=""):
    """The number lies between two bounds, both included."""
    unit = f" {unit}" if unit else ""
    expected = f"{show(low)} to {show(high)}{unit}" if low != high else f"{show(low)}{unit}"
    if not is_number(value):
        raise Failed(what, f"a number, {expected}", show(value), symptom=type(value).__name__)
    if not low <= value <= high:
        raise Failed(what, expected, f"{show(value)}{unit}", symptom=value)


def equal(got, expected, *, what):
    """Both are the same value; True is not 1."""
    if isinstance(got, bool) is not isinstance(expected, bool) or got != expected:
        raise Failed(what, show(expected), show(got), symptom=plain(got))


def that(holds, what, *, expected="", got="", symptom=None):
    """A claim of any other kind. `got` is shown; `symptom` is what diagnosis compares."""
    if not holds:
        symptom = plain(got) if symptom is None else symptom
        raise Failed(
            what, expected and str(expected), show(got) if got != "" else "", symptom=symptom
        )


def first_failing(cases, claim):
    """Hold a claim over every case; report the smallest that breaks it.

    Small is short to read: the case with the shortest `repr`, the earlier one of two.
    """
    failures: list = []
    for case in cases:
        try:
            claim(case)
        except Failed as failed:
            failures.append((len(repr(case)), len(failures), case, failed))
    if failures:
        _, _, case, smallest = min(failures, key=lambda failure: failure[:2])
        smallest.case = show(case)
        raise smallest


def needs(*names):
    """The check is skipped, not failed, where one of these did not pass."""

    def mark(check):
        check.needs = names
        return check

    return mark


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and not math.isnan(value)


def show(value):
    """A value as a learner reads it: numbers to four digits, long things cut in the middle."""
    if isinstance(value, str):
        return value if len(value) <= 400 else f"{value[:200]} … {value[-200:]}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, tuple) and type(value) is tuple:
        inside = ", ".join(show(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, list) and type(value) is list:
        return show(f"[{', '.join(show_item(item) for item in value)}]")
    return show(repr(value))


def show_item(value):
    return repr(value) if isinstance(value, str) else show(value)


def plain(value):
    """The value as JSON can carry it, so that a symptom crosses a process and a page."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    return type(value).__name__
