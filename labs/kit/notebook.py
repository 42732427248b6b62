"""`%load_ext labs`: exercises inside a notebook."""

import atexit
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.display import display

from labs.kit import card
from labs.kit.check.result import Verdict
from labs.kit.course import ROOT, Course, Exercise
from labs.kit.desk import Checked, Desk
from labs.kit.names import find, find_exercise
from labs.kit.trouble import Trouble

USAGE = "Type a slug after it, such as `%{name} networking/retries/backoff`."


def load(shell: Any) -> None:
    """The magics, and one worker for the kernel, which ends with it."""
    course = Course(Path(os.environ.get("GROUND_SCHOOL_ROOT") or ROOT).absolute())
    desk = Desk(course)
    atexit.register(desk.close)
    shell.register_magics(Exercises(shell, desk))
    shell.events.register("pre_run_cell", once_matplotlib_is_there())


@magics_class
class Exercises(Magics):
    def __init__(self, shell: Any, desk: Desk):
        super().__init__(shell)
        self.desk, self.replace = desk, partial(shell.set_next_input, replace=True)

    @line_magic
    def exercise(self, line: str) -> None:
        """Turn this cell into the exercise: its starter, or what you have written already."""
        with Plainly():
            exercise = self._named("exercise", line)
            text = self.desk.begun(exercise).rstrip("\n")
            self.replace(f"%%check {exercise.slug}\n{text}")
            show("·", exercise.slug, exercise.task, "Write your answer in this cell, and run it.")
            self._show_notes()

    @cell_magic
    def check(self, line: str, cell: str) -> None:
        """Judge the answer in this cell. `--seed N` draws the inputs from that seed."""
        with Plainly():
            slug, seed = seeded(line)
            exercise = self._named("check", slug)
            try:
                checked = self.desk.check_text(exercise, cell, seed)
            except KeyboardInterrupt:
                # The worker's reply to this would be taken for the reply to what comes next.
                self.desk.close()
                show("·", exercise.slug, "The check was stopped.")
                return
            then, again = steps(checked), checked.again
            plain = card.text(checked.result, again=again, then=then)
            publish(plain, card.html(checked.result, again=again, then=then))
            self._show_notes()

    @line_magic
    def hint(self, line: str) -> None:
        """Show the next hint; with `--again`, those that you have seen."""
        with Plainly():
            again, exercise = "--again" in line, self._named("hint", without(line, "--again"))
            hints = self.desk.hints_shown(exercise) if again else [self.desk.hint(exercise)]
            if not hints:
                raise Trouble(f"No hint of {exercise.slug} was shown yet.")
            for hint in hints:
                show("·", f"{hint.title}  {exercise.slug}", hint.text)
            if not again and not hints[-1].fresh:
                show("·", "That was the last one", f"Next: `%solution {exercise.slug}`")
            self._show_notes()

    @line_magic
    def solution(self, line: str) -> None:
        """Show the solution; before your answer passes, only with `--yes`."""
        with Plainly():
            exercise = self._named("solution", without(line, "--yes"))
            passed = self.desk.passed(exercise)
            if not passed and "--yes" not in line:
                show(
                    "·",
                    f"{exercise.slug} has not passed yet",
                    f"`%hint {exercise.slug}` helps; `%solution {exercise.slug} --yes` tells.",
                )
                return
            self.desk.record("solution", exercise, passed=passed)
            right = exercise.solution
            difference = "\n".join(self.desk.compared(exercise))
            title, body = str(right.path), card.paragraphs(right.words)
            publish(
                f"{title}\n\n{right.words}\n\n{difference}",
                card.framed("✓" if passed else "·", title, body + card.exact(difference)),
            )
            self._show_notes()

    def _named(self, name: str, line: str) -> Exercise:
        slug = line.strip()
        if not slug and name in ("exercise", "check"):
            raise Trouble(USAGE.format(name=name))
        if not slug:
            return find_exercise(self.desk, None)
        found = find(self.desk.course, slug)
        if not isinstance(found, Exercise):
            names = ", ".join(f"`{exercise.slug}`" for exercise in found.exercises)
            raise Trouble(f"{found.slug} is a lab. Name an exercise of it: {names}.")
        return found

    def _show_notes(self) -> None:
        while self.desk.notes:
            show("!", "Something beside the exercise went wrong", self.desk.notes.pop(0))


def steps(checked: Checked) -> list[str]:
    slug, following = checked.result.exercise, checked.following
    if checked.result.verdict is Verdict.BROKEN:
        return []
    if not checked.result.passed:
        return [f"Next: `%hint {slug}`"]
    return [
        f"Compare: `%solution {slug}`",
        *([f"Next: `%exercise {following.slug}`"] if following else []),
    ]


def show(mark: str, title: str, *words: str) -> None:
    body = "".join(card.paragraphs(each) for each in words)
    text = "\n\n".join(card.clean(each) for each in words)
    publish(f"{mark} {title}\n\n{text}", card.framed(mark, title, body))


def publish(plain: str, html: str) -> None:
    display({"text/plain": plain, "text/html": html}, raw=True)


def seeded(line: str) -> tuple[str, int | None]:
    slug, flag, seed = line.partition("--seed")
    if not flag:
        return slug, None
    try:
        return slug, int(seed.strip(" ="))
    except ValueError:
        raise Trouble(f"`{seed.strip()}` is not a whole number, as `--seed` needs.") from None


def without(line: str, flag: str) -> str:
    return line.replace(flag, "")


class Plainly:
    """Trouble is shown as its sentence, and still stops what runs after the cell."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, trouble: object, trace: object) -> None:
        if isinstance(trouble, Trouble):
            raise Said(str(trouble)) from None


class Said(Trouble):
    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [str(self)]


def once_matplotlib_is_there() -> Any:
    """Give plots the style of the pages, which reads in light and dark, without importing any."""
    styled = False

    def style(info: Any = None) -> None:
        nonlocal styled
        if not styled and "matplotlib" in sys.modules:
            from labs.kit.figure import style as settings

            sys.modules["matplotlib"].rcParams.update(settings())
            styled = True

    return style
