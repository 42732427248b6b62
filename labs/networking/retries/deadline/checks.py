"""A provider that follows a script, and a clock that moves when somebody waits for it."""

from labs.kit.check import equal, first_failing


class _Clock:
    def __init__(self):
        self.time, self.slept = 100.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


def _call(solution, script, waits, left):
    """What came of it: the answer, the tries with their timeouts, and the sleeps."""
    clock, tries, answers = _Clock(), [], iter(script)

    def send(timeout):
        takes, status = next(answers, (0, 200))
        tries.append(round(timeout, 6))
        clock.time += min(takes, timeout)
        if takes > timeout or status is None:
            raise TimeoutError
        return status

    before = list(waits)
    try:
        answer = solution.call(send, clock, waits, 100.0 + left)
    except TimeoutError:
        answer = "TimeoutError"
    assert list(waits) == before, "the call changed `waits`"
    return {"returns": answer, "tries": len(tries), "timeouts": tries, "sleeps": clock.slept}


def _claim(solution, *names):
    """Hold the parts with these names against what is written in the case."""

    def claim(case):
        script, waits, left, *expected = case
        came = _call(solution, script, waits, left)
        equal([came[name] for name in names], expected,
              what=f"{', '.join(names)}, where tries take (s, status) {script}, with waits {waits} "
                   f"and {left} s to go")  # fmt: skip

    return claim


BUSY, SLOW, HANGS = (0.1, 503), (1.5, 503), (9, None)


def returns_what_is_final(solution):
    """A status that is no 503 is returned at once."""
    cases = [([(0.1, status)], [1, 1], 9, status, 1, []) for status in (200, 204, 400, 404, 429)]
    cases += [([(0.1, status)], [1, 1], 9, status, 1, []) for status in (500, 502, 504)]
    first_failing(cases, _claim(solution, "returns", "tries", "sleeps"))


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
    first_failing(cases, _claim(solution, "returns", "tries", "sleeps"))


def gives_each_try_what_is_left(solution):
    """A try may take 2 s, or what is left until the deadline if that is less."""
    cases = [
        ([(0.1, 200)], [], 9, [2]),
        ([(0.1, 200)], [], 0.5, [0.5]),
        ([SLOW, (0.1, 200)], [0.5], 3, [2, 1.0]),
        ([SLOW, SLOW, BUSY], [0.25, 0.25], 4, [2, 2, 0.5]),
    ]
    first_failing(cases, _claim(solution, "timeouts"))


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
    first_failing(cases, _claim(solution, "returns", "tries", "sleeps"))
