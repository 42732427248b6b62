"""A provider that follows a script, and a clock that moves when somebody waits for it."""

from types import SimpleNamespace

from labs.kit.check import equal, first_failing

BUSY, SLOW, HANGS = (0.1, 503), (1.5, 503), (9, None)
"""A try, by how long it takes, in s, and its status."""


def returns_what_is_final(solution):
    """A status that is no 503 is returned at once."""
    final = (200, 204, 400, 404, 429, 500, 502, 504)
    _follow(solution, [([(0.1, status)], [1, 1], 9, status, 1, []) for status in final])


def tries_again_after_each_wait(solution):
    """After a 503, or no answer, it sleeps for the next of `waits`, and tries again."""
    cases = [
        ([BUSY, (0.1, 200)], [1, 2], 9, 200, 2, [1]),
        ([HANGS, (0.1, 200)], [1, 2], 9, 200, 2, [1]),
        ([BUSY, BUSY, (0.1, 404)], [0.5, 0.7], 9, 404, 3, [0.5, 0.7]),
        ([BUSY, BUSY, BUSY, BUSY], [1, 2], 9, 503, 3, [1, 2]),
        ([BUSY], [], 9, 503, 1, []),
        ([BUSY, HANGS], [1], 9, None, 2, [1]),
    ]
    _follow(solution, cases)


def gives_each_try_what_is_left(solution):
    """A try may take 2 s, or what is left until the deadline if that is less."""
    cases = [
        ([(0.1, 200)], [], 9, [2]),
        ([(0.1, 200)], [], 0.5, [0.5]),
        ([SLOW, (0.1, 200)], [0.5], 3, [2, 1.0]),
        ([SLOW, SLOW, BUSY], [0.25, 0.25], 4, [2, 2, 0.5]),
    ]
    _follow(solution, cases, ["timeouts"])


def gives_up_rather_than_wait_in_vain(solution):
    """It neither sleeps nor tries if no time would be left for the try."""
    cases = [
        ([BUSY, BUSY], [1], 1, 503, 1, []),
        ([(0, 503), BUSY], [1], 1, 503, 1, []),
        ([HANGS, BUSY], [0.5], 1, None, 1, []),
        ([BUSY, BUSY, BUSY], [0.5, 3], 3, 503, 2, [0.5]),
        ([(0.1, 200)], [1], 0, None, 0, []),
        ([(0.1, 200)], [], -1, None, 0, []),
    ]
    _follow(solution, cases)


def _follow(solution, cases, names=("returns", "tries", "sleeps")):
    first_failing(cases, lambda case: _call(solution, names, *case))


def _call(solution, names, script, waits, left, *expected):
    """Hold the parts of what came that have these names against what is written in the case."""
    answers, timeouts, taken, slept = iter(script), [], [], []
    clock = SimpleNamespace(now=lambda: 100.0 + sum(taken) + sum(slept), sleep=slept.append)

    def send(timeout):
        takes, status = next(answers, (0, 200))
        timeouts.append(round(timeout, 6))
        taken.append(min(takes, timeout))
        if takes > timeout or status is None:
            raise TimeoutError
        return status

    try:
        answer = solution.call(send, clock, given := list(waits), 100.0 + left)
    except TimeoutError:
        answer = "TimeoutError"
    assert list(given) == waits, "the call changed `waits`"
    came = {"returns": answer, "tries": len(timeouts), "timeouts": timeouts, "sleeps": slept}
    equal([came[name] for name in names], list(expected),
          what=f"{', '.join(names)}, where tries take (s, status) {script}, with waits {waits} "
               f"and {left} s to go")  # fmt: skip
