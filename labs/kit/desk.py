"""A learner at work: what the terminal, the notebook and the page do for them, done once."""

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from labs.kit.answer import Answer, difference
from labs.kit.check.result import Result
from labs.kit.check.worker import Worker
from labs.kit.course import Course, Exercise
from labs.kit.trouble import Trouble
from labs.kit.work import Work

if TYPE_CHECKING:
    from labs.kit.progress import Progress


@dataclass(frozen=True)
class Checked:
    """A verdict, and what the record adds to it: is the mistake an old one, and what is next?"""

    result: Result
    answer: Answer
    again: bool
    following: Exercise | None


@dataclass(frozen=True)
class Hint:
    number: int
    total: int
    text: str
    fresh: bool

    @property
    def title(self) -> str:
        return f"Hint {self.number} of {self.total}"


class Desk:
    """The course, the learner's copies, the record and a warm worker, ended with it.

    What goes wrong beside a check must not hide its verdict: `notes` says it, a sentence each.
    """

    def __init__(self, course: Course, work: Work | None = None, worker: Worker | None = None):
        self.course = course
        self.work = work or Work(course)
        self.worker = worker or Worker()
        self.notes: list[str] = []
        self.troubled = False

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        self.worker.close()

    @cached_property
    def progress(self) -> "Progress":
        # Imported while the worker starts: SQLite takes as long as all else that a check needs.
        from labs.kit.progress import Progress

        return Progress(self.work.folder / "progress.db")

    def check(self, exercise: Exercise, seed: int | None = None) -> Checked:
        """The verdict on the learner's file as it is on the disk; that version is kept."""
        answer = self.work.answer(exercise)
        with self._noted():
            self.work.keep(exercise.slug, answer.path)
        return self._judged(exercise, answer, seed)

    def check_text(self, exercise: Exercise, text: str, seed: int | None = None) -> Checked:
        """The same for an answer that a notebook or a page sent; it becomes the learner's file."""
        answer = Answer(self.work.path(exercise), text)
        with self._noted():
            self.work.save(exercise, text)
        return self._judged(exercise, answer, seed)

    def _judged(self, exercise: Exercise, answer: Answer, seed: int | None) -> Checked:
        started = time.perf_counter()
        result = self.worker.check(exercise, answer, seed)
        seconds = time.perf_counter() - started
        again, following = False, None
        with self._noted():
            if result.mistake:
                again = self.progress.times(exercise.slug, result.mistake.name) > 0
            self.progress.record_check(exercise, result, seconds)
            following = self.progress.next_exercise(self.course)
        return Checked(result, answer, again, following)

    def hint(self, exercise: Exercise) -> Hint:
        """The next one, and the last one again when there is no other."""
        total, shown = len(exercise.hints), 0
        if not total:
            raise Trouble(f"{exercise.slug} has no hints. That is ours to mend, not yours.")
        with self._noted():
            shown = min(self.progress.hints(exercise.slug), total)
        number = min(shown + 1, total)
        with self._noted():
            self.progress.record("hinted", exercise.slug, hint=number)
        return Hint(number, total, exercise.hints[number - 1], fresh=number > shown)

    def hints_shown(self, exercise: Exercise) -> list[Hint]:
        """Those that were shown already, from the vaguest."""
        shown = exercise.hints[: self.progress.hints(exercise.slug)]
        total = len(exercise.hints)
        return [Hint(place, total, text, False) for place, text in enumerate(shown, 1)]

    def passed(self, exercise: Exercise) -> bool:
        with self._noted():
            return self.progress.passed(exercise.slug)
        return False

    def following(self, exercise: Exercise) -> Exercise | None:
        """The next unfinished one after this, whether this has passed or not."""
        states: dict[str, str] = {}
        with self._noted():
            states = self.progress.states()
        slugs = self.course.exercise_slugs()
        place = slugs.index(exercise.slug) + 1
        ahead = [s for s in slugs[place:] + slugs[: place - 1] if states.get(s) != "passed"]
        return self.course.exercise(ahead[0]) if ahead else None

    def record(self, kind: str, exercise: Exercise, **facts: object) -> None:
        with self._noted():
            self.progress.record(kind, exercise.slug, **facts)

    def open(self, exercise: Exercise) -> Path:
        """The learner's file, made now if there is none."""
        path = self.work.path(exercise)
        if not path.exists():
            self.work.open(exercise)
            self.record("opened", exercise)
        return path

    def begun(self, exercise: Exercise) -> str:
        """What the learner's file holds; where it cannot be made, what it would begin with."""
        with self._noted():
            return Answer.read(self.open(exercise)).text
        return exercise.starter.text

    def compared(self, exercise: Exercise) -> list[str]:
        """The way from the learner's answer to the solution; without an answer, the solution."""
        right, path = exercise.solution, self.work.path(exercise)
        if not path.exists():
            return right.text.splitlines()
        return difference(Answer.read(path), right)

    def _noted(self) -> "Noted":
        return Noted(self.notes)


class Noted:
    """Turns Trouble into a note, said once."""

    def __init__(self, notes: list[str]):
        self.notes = notes

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, trouble: object, trace: object) -> bool:
        if not isinstance(trouble, Trouble):
            return False
        if str(trouble) not in self.notes:
            self.notes.append(str(trouble))
        return True
