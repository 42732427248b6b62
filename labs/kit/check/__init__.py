"""The one runner: what a claim about an answer is, and what came of it.

Standard library only, and unchanged under Pyodide.
"""

from labs.kit.check.claims import (
    Failed,
    equal,
    first_failing,
    needs,
    that,
    within,
)
from labs.kit.check.loading import fixture
from labs.kit.check.result import Outcome, Result, Verdict

__all__ = [
    "Failed",
    "Outcome",
    "Result",
    "Verdict",
    "equal",
    "first_failing",
    "fixture",
    "needs",
    "that",
    "within",
]
