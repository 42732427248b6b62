"""Run an answer against the checks of its exercise, in this process.

The same under CPython and Pyodide. What must not be trusted runs this in a child process:
see `sandbox`.
"""

import inspect
import random
import tempfile
import traceback
import zlib
from contextlib import ExitStack
from pathlib import Path

from labs.kit.check import loading
from labs.kit.check.claims import Failed, show
from labs.kit.check.loading import Unusable
from labs.kit.check.result import Outcome, Result, Verdict
from labs.kit.check.tidy import Printed, Tidy
from labs.kit.trouble import Trouble


class OutOfTime(BaseException):
    """The time of the run is up. Not an `Exception`, so that `except Exception` lets it through."""


class Interruptible:
    """While learner code may be running: what watches the clock raises `OutOfTime` only then."""

    now = False

    def __enter__(self):
        Interruptible.now = True

    def __exit__(self, *raised):
        Interruptible.now = False


def run(exercise, answer, seed=None, provided=None):
    """The verdict on one answer. `provided` names what else a check may ask for, as functions."""
    seed = default_seed(exercise.slug) if seed is None else seed
    return Run(exercise, answer, seed, provided or {}).result()


def default_seed(slug):
    """The same for everybody, so that two people who talk about a failure see the same one."""
    return zlib.crc32(slug.encode()) % 1000


class Run:
    """One run: the answer loaded once, what checks ask for made once, every check tried."""

    def __init__(self, exercise, answer, seed, provided):
        self.exercise, self.answer, self.seed = exercise, answer, seed
        self.checks, fixtures = loading.checks(exercise.checks)
        self.makers = {"folder": self._folder} | provided | fixtures
        self.made, self.stack = {}, ExitStack()
        self.blank = [
            Outcome(check.__name__, claim(check), Verdict.SKIPPED) for check in self.checks
        ]

    def result(self):
        printed = Printed()
        # The hidden source of the module too: what an answer draws there is the same next time.
        random.seed(self.seed)
        with Tidy() as tidy, printed:
            try:
                with Interruptible():
                    self.made["solution"] = loading.answer(self.answer, self.exercise.starter)
                tidy.assert_untouched()
            except BaseException as raised:
                return self._unloaded(tidy.cause(raised), printed)
            with self.stack:
                outcomes = self._outcomes(tidy)
        return Result(
            self.exercise.slug, worst(outcomes), self.seed, outcomes,
            trace=self.trace if self.raised else "", output=str(printed),
            message=self.message,
        )  # fmt: skip

    raised, trace, message = None, "", ""

    def _outcomes(self, tidy):
        outcomes: list[Outcome] = []
        for check, blank in zip(self.checks, self.blank, strict=True):
            passed = {o.name for o in outcomes if o.verdict is Verdict.PASS}
            missing = [name for name in getattr(check, "needs", ()) if name not in passed]
            if self.raised and isinstance(self.raised, OutOfTime):
                blank.because = "the time was up"
            elif missing:
                blank.because = missing[0]
            else:
                self._try(check, blank, tidy)
            outcomes.append(blank)
        return outcomes

    def _try(self, check, outcome, tidy):
        try:
            with Interruptible():
                check(**{name: self._make(name, check) for name in parameters(check)})
            tidy.assert_untouched()
            outcome.verdict = Verdict.PASS
        except Failed as failed:
            outcome.verdict = Verdict.FAIL
            outcome.what, outcome.expected = failed.what, failed.expected
            outcome.got, outcome.case = failed.got, failed.case
            outcome.symptom = failed.symptom
        except BaseException as raised:
            self._blame(tidy.cause(raised), outcome)

    def _blame(self, raised, outcome):
        """Whose fault is an exception: the learner's code, a value of theirs, or ours?"""
        self._let_go(raised)
        outcome.symptom = type(raised).__name__
        if isinstance(raised, AssertionError) and not self._in_answer(raised):
            outcome.verdict, outcome.what = Verdict.FAIL, str(raised) or claim_line(raised)
            outcome.symptom = outcome.what
        elif isinstance(raised, OutOfTime):
            outcome.verdict, outcome.what = Verdict.TIMEOUT, self._where(raised)
            self._remember(raised)
        elif self._in_answer(raised) or isinstance(raised, (Unusable, SystemExit)):
            outcome.verdict, outcome.what = Verdict.ERROR, self._where(raised)
            self._remember(raised)
        elif not isinstance(raised, Trouble) and self._reference_gets_past(outcome.name):
            outcome.verdict = Verdict.FAIL
            outcome.what = "what the answer gave cannot be used"
            outcome.expected = "what the task says"
            outcome.got = f"something that raises {describe(raised)}"
        else:
            outcome.verdict, outcome.what = Verdict.BROKEN, describe(raised)
            self._remember(raised)

    def _let_go(self, raised):
        """Ctrl-C is for whoever runs this, unless the answer itself made it up."""
        if isinstance(raised, KeyboardInterrupt) and not self._in_answer(raised):
            raise raised

    def _remember(self, raised):
        if self.raised is None:
            self.raised, self.message = raised, self._where(raised)
            self.trace = loading.trace(raised, self.answer.path)

    def _reference_gets_past(self, name):
        """Does the solution get through this check? Then the check is fine: the value was not."""
        if self.answer is self.exercise.solution:
            return False
        reference = Run(self.exercise, self.exercise.solution, self.seed, self._provided()).result()
        return any(o.name == name and o.verdict is Verdict.PASS for o in reference.checks)

    def _provided(self):
        return {name: make for name, make in self.makers.items() if name not in ("folder",)}

    def _make(self, name, check):
        """What a check asks for by name: made at first use, kept for the run, ended after it."""
        if name == "rng":
            return random.Random(f"{self.seed}/{check.__name__}")
        if name == "seed":
            return self.seed
        if name not in self.made:
            if name not in self.makers:
                known = ", ".join(sorted({"solution", "rng", "seed", *self.makers}))
                raise Trouble(
                    f"{self.exercise.checks}: nothing provides `{name}`. There is {known}."
                )
            self.made[name] = self._begin(self.makers[name])
        if isinstance(self.made[name], Failed):
            raise self.made[name]
        return self.made[name]

    def _begin(self, maker):
        wanted = {name: self._make(name, maker) for name in parameters(maker)}
        try:
            made = maker(**wanted)
            if inspect.isgenerator(made):
                made = self.stack.enter_context(Generated(made))
        except Failed as failed:
            return failed
        return made

    def _folder(self):
        """A folder of its own for the run, gone after it."""
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir="."))).resolve()

    def _in_answer(self, raised):
        path = str(self.answer.path)
        frames = traceback.extract_tb(raised.__traceback__)
        return any(frame.filename == path for frame in frames)

    def _where(self, raised):
        frames = traceback.extract_tb(raised.__traceback__)
        mine = [frame for frame in frames if frame.filename == str(self.answer.path)]
        if isinstance(raised, OutOfTime):
            return str(raised) + (f", at line {mine[-1].lineno}" if mine else "")
        return describe(raised) + (f", at line {mine[-1].lineno}" if mine else "")

    def _unloaded(self, raised, printed):
        """The answer could not even be loaded: every check is skipped."""
        self._let_go(raised)
        verdict = Verdict.TIMEOUT if isinstance(raised, OutOfTime) else Verdict.ERROR
        message = self._where(raised)
        if isinstance(raised, SyntaxError):
            where = f"line {raised.lineno}" if raised.lineno else "the answer"
            message = f"{where} is not Python: {raised.msg}"
        for outcome in self.blank:
            outcome.because = "the answer could not be loaded"
        return Result(
            self.exercise.slug, verdict, self.seed, self.blank, message=message,
            trace=loading.trace(raised, self.answer.path), output=str(printed),
        )  # fmt: skip


class Generated:
    """A maker that yields: what it yields is used, what follows it runs at the end."""

    def __init__(self, generator):
        self.generator = generator

    def __enter__(self):
        return next(self.generator)

    def __exit__(self, *raised):
        next(self.generator, None)


def parameters(function):
    return list(inspect.signature(function).parameters)


def claim(check):
    return inspect.cleandoc(check.__doc__ or check.__name__).partition("\n")[0]


def claim_line(raised):
    """The source of a bare `assert`, when it says nothing itself."""
    return traceback.extract_tb(raised.__traceback__)[-1].line or "an assertion"


def describe(raised):
    if isinstance(raised, (Trouble, Unusable)):
        return str(raised)
    if isinstance(raised, SystemExit):
        return "the answer ends the program: `sys.exit()` has no place in it"
    said = show(str(raised))
    return f"{type(raised).__name__}: {said}" if said else type(raised).__name__


RANK = (Verdict.BROKEN, Verdict.TIMEOUT, Verdict.ERROR, Verdict.FAIL)


def worst(outcomes):
    """The verdict of a run: the gravest of its checks'. Where nothing passed, it is no pass."""
    verdicts = {outcome.verdict for outcome in outcomes}
    for verdict in RANK:
        if verdict in verdicts:
            return verdict
    return Verdict.PASS if verdicts == {Verdict.PASS} else Verdict.BROKEN
