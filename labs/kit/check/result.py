"""What a run says. Every face (terminal, notebook, page, CI) renders this and nothing else."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum

SCHEMA = 1


class Verdict(StrEnum):
    """Of a check and of a whole run.

    `error`: the learner's code raised. `broken`: ours did, and no learner is blamed for it.
    `skipped`: of a check only; one that it needs did not pass.
    """

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    SKIPPED = "skipped"


@dataclass
class Outcome:
    """What one check found. `symptom` is what diagnosis compares, and is JSON."""

    name: str
    claim: str
    verdict: Verdict
    what: str = ""
    expected: str = ""
    got: str = ""
    case: str = ""
    because: str = ""
    symptom: object = None


@dataclass
class Mistake:
    """A known bug that the answer behaves like: its words, and more for the second time."""

    name: str
    words: str
    more: str = ""


@dataclass
class Result:
    """The verdict on one answer. `as_json` is documented in docs/contribute/result.md."""

    exercise: str
    verdict: Verdict
    seed: int
    checks: list[Outcome] = field(default_factory=list)
    message: str = ""
    trace: str = ""
    output: str = ""
    mistake: Mistake | None = None

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASS

    def as_json(self) -> dict:
        return {"schema": SCHEMA} | asdict(self)

    @classmethod
    def from_json(cls, data: dict) -> "Result":
        data = {name: value for name, value in data.items() if name != "schema"}
        checks = [Outcome(**o | {"verdict": Verdict(o["verdict"])}) for o in data.pop("checks")]
        mistake = data.pop("mistake")
        return cls(
            **data | {"verdict": Verdict(data["verdict"])},
            checks=checks,
            mistake=Mistake(**mistake) if mistake else None,
        )


def summary(result: Result) -> str:
    """One line: how many checks passed, of how many."""
    passed = sum(outcome.verdict is Verdict.PASS for outcome in result.checks)
    return f"{passed} of {len(result.checks)} checks pass"
