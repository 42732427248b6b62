"""What the page needs to check an exercise: the runner's own files, and the exercise's.

Fetched when an exercise is touched. How known mistakes behave is found here, once, by a run of each
of them, and kept in `.cache` until one of the files is another.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from labs.kit.check.diagnosis import behaviour
from labs.kit.check.runner import default_seed
from labs.kit.check.worker import Worker
from labs.kit.course import ROOT, Course, Exercise
from labs.kit.provide import needed
from labs.kit.trouble import Trouble

KIT = (
    "__init__.py", "trouble.py", "facts.py", "answer.py", "course.py", "card.py", "site/__init__.py",
    "site/inpage.py", "site/protocol.py", "session.py", "check/__init__.py", "check/claims.py", "check/loading.py",
    "check/result.py", "check/runner.py", "check/tidy.py", "check/diagnosis.py",
)  # fmt: skip
# Of what checks may ask for, what a page can give them.
HERE = ("session",)


def runs_in_a_page(exercise: Exercise) -> bool:
    return all(name in HERE for name in needed(exercise))


def files(course: Course) -> Iterator[tuple[str, str]]:
    kit = {f"labs/kit/{name}": read(ROOT / "labs/kit" / name) for name in KIT}
    yield "assets/made/kit.json", compact(kit)
    with Worker() as worker:
        for slug in course.exercise_slugs():
            exercise = course.exercise(slug)
            if runs_in_a_page(exercise):
                made = facts(course, exercise) | {"known": known(course, worker, exercise)}
                yield f"assets/made/{slug}.json", compact(made)


def facts(course: Course, exercise: Exercise) -> dict:
    paths = [path for path in exercise.folder.rglob("*") if path.suffix != ".pyc" and path.is_file()]
    paths += data(exercise)
    texts = {path.relative_to(course.root).as_posix(): read(path) for path in sorted(paths)}
    return {
        "exercise": exercise.slug,
        "seconds": exercise.seconds,
        "needs": needed(exercise),
        "files": texts,
    }


def data(exercise: Exercise) -> list[Path]:
    """The files of the lab's data that the checks name, and those that these name."""
    folder, found = exercise.folder.parent / "data", []
    there = {path.name: path for path in folder.glob("*.*")}
    looking = [exercise.checks]
    while looking:
        text = looking.pop().read_text(encoding="utf-8")
        for name in set(re.findall(r"[\w.-]+", text)) & set(there):
            path = there.pop(name)
            found.append(path)
            if path.suffix == ".py":
                looking.append(path)
    return found


def known(course: Course, worker: Worker, exercise: Exercise) -> dict:
    """How each mistake behaves, by its name, with everybody's seed."""
    mark = hashlib.sha256(compact(facts(course, exercise)).encode())
    for name in KIT:
        mark.update((ROOT / "labs/kit" / name).read_bytes())
    place = course.root / ".cache" / "known" / f"{mark.hexdigest()[:32]}.json"
    try:
        return json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = behaviours(worker, exercise)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(compact(found), encoding="utf-8")
        return found


def behaviours(worker: Worker, exercise: Exercise) -> dict:
    seed = default_seed(exercise.slug)
    results = worker.batch(exercise, [(mistake, seed) for mistake in exercise.mistakes])
    return {
        mistake.name: behaviour(result)
        for mistake, result in zip(exercise.mistakes, results, strict=True)
    }


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise Trouble(f"{path} is not UTF-8 at byte {wrong.start}.") from None


def compact(made: object) -> str:
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
