"""The judge in a page: the runner and the card of everywhere else, in Pyodide's one process.

It has no clock of its own: the page ends the worker that this runs in when the time is up, and asks
another worker for the card that says so. What an answer changes in Python itself is put back.
"""

import json
import sys
import types
from dataclasses import replace
from pathlib import Path
from typing import Any

from labs.kit import card
from labs.kit.check.diagnosis import diagnose
from labs.kit.check.result import Result, Verdict
from labs.kit.check.runner import default_seed, run
from labs.kit.answer import Answer, difference
from labs.kit.course import Exercise
from labs.kit.session import Session
from labs.kit.site.protocol import over_wire
from labs.kit.trouble import Trouble

ROOT = Path("/course")
# An answer has no business with the page.
FOREIGN = ("js", "pyodide_js", "_pyodide_core")
prepared: dict[str, tuple[Exercise, dict]] = {}
provided: dict = {}
"""What checks ask for by the name of a server, where the page has one."""


def prepare(written: str) -> None:
    """Put the files of an exercise where its checks look for them, and load all they import."""
    made = json.loads(written)
    for path, text in made["files"].items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    slug = made["exercise"]
    exercise = Exercise(slug, ROOT / "labs" / slug, made["seconds"])
    prepared[slug] = exercise, made["known"]
    result = run(exercise, exercise.solution, default_seed(slug), provided)
    if not result.passed:
        raise Trouble(f"the solution of {slug} does not pass here: {result.message}")


def check(asked: str) -> str:
    """The verdict on one answer, and its card: `exercise`, `text`, `seen` (mistakes met before)."""
    question = json.loads(asked)
    exercise, known = prepared[question["exercise"]]
    answer = answer_of(exercise, question["text"])
    before = namespaces()
    seed = default_seed(exercise.slug)
    result = run(exercise, answer, seed, provided)
    put_back(before)
    if answer.code.strip() != exercise.starter.code.strip():
        result.mistake = diagnose(exercise, result, known)
    again = bool(result.mistake and result.mistake.name in question["seen"])
    return shown(result, again)


def connect(execute: Any) -> None:
    """Give checks the PostgreSQL of the page: one, so each run finds it swept."""
    from pyodide.ffi import to_js  # type: ignore[import-not-found]

    there = over_wire(lambda message: execute(to_js(message)).to_bytes())

    def session() -> Session:
        for sweep in ("ROLLBACK", "DISCARD ALL"):
            there.run(sweep)
        for (schema,) in there.rows(SCHEMAS):
            there.run(f"DROP SCHEMA {schema} CASCADE")
        there.run("CREATE SCHEMA public")
        return there

    provided["session"] = session


SCHEMAS = """
SELECT quote_ident(nspname) FROM pg_namespace
WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
"""


def answer_of(exercise: Exercise, text: str) -> Answer:
    return Answer(Path(f"answer{exercise.starter.suffix}"), text)


def ended(asked: str) -> str:
    """The card for an answer that took its whole process with it, or its time."""
    question = json.loads(asked)
    slug, verdict = question["exercise"], Verdict(question["verdict"])
    return shown(Result(slug, verdict, default_seed(slug), message=question["message"]), False)


def shown(result: Result, again: bool) -> str:
    said = {"result": result.as_json(), "card": card.html(result, again=again)}
    return json.dumps(said | {"text": card.text(result, again=again)})


def solution(asked: str) -> str:
    """The solution, why it is right, how this answer differs, and other right ones."""
    question = json.loads(asked)
    exercise, _ = prepared[question["exercise"]]
    right = replace(exercise.solution, path=Path(exercise.solution.path.name))
    return json.dumps(
        {
            "words": right.words,
            "code": right.code,
            "difference": difference(answer_of(exercise, question["text"]), right),
            "others": [{"words": a.words, "code": a.code} for a in exercise.alternatives],
        }
    )


def namespaces() -> dict[str, dict]:
    """What every module holds now."""
    modules = {name: module for name, module in sys.modules.items() if kept(module)}
    return {name: dict(vars(module)) for name, module in modules.items()}


def kept(module: object) -> bool:
    return isinstance(module, types.ModuleType) and module.__name__ != __name__


def put_back(before: dict[str, dict]) -> None:
    """Forget modules that were imported since, and what was changed in the others."""
    for name in set(sys.modules) - set(before):
        if kept(sys.modules[name]):
            del sys.modules[name]
    for name, held in before.items():
        module = sys.modules.get(name)
        now = vars(module) if module else {}
        if now.keys() == held.keys() and all(now[key] is value for key, value in held.items()):
            continue
        for key in now.keys() - held.keys():
            del now[key]
        now.update(held)


for name in FOREIGN:
    sys.modules[name] = None  # type: ignore[assignment]
