"""`lab watch`: check again whenever the learner saves."""

import argparse
import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from labs.kit.cli.answers import begun_again, complain, steps
from labs.kit.cli.guidance import say_hints, show_solution
from labs.kit.cli.keys import Keys, Saves
from labs.kit.cli.terminal import DIM, Terminal
from labs.kit.course import Course, Exercise
from labs.kit.desk import Checked, Desk
from labs.kit.names import find_exercise, finished
from labs.kit.trouble import Trouble
from labs.kit.work import FOLDER

HELP = "n next   h hint   s solution   r reset   l list   q quit"


def watch(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    # While the worker starts.
    from labs.kit import card  # noqa: F401

    with Desk(course, worker=options.worker) as desk:
        exercise: Exercise | None = find_exercise(desk, options.slug)
        with Keys(interactive=terminal.interactive) as keys:
            while exercise is not None:
                with alone(desk.work.folder, exercise):
                    exercise = Watch(desk, exercise, terminal, keys).until_left()
    return 0


@contextlib.contextmanager
def alone(folder: Path, exercise: Exercise) -> Iterator[None]:
    """One watch for an exercise: two would both record what one learner does.

    The system takes the lock away from who was killed.
    """
    path = folder / ".watch" / exercise.slug.replace("/", ".")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as wrong:
        raise Trouble(
            f"{path} cannot be written: {wrong.strerror}. "
            f"`{FOLDER}` names another folder to work in."
        ) from None
    try:
        hold(lock, exercise)
        yield
    finally:
        os.close(lock)


def hold(lock: int, exercise: Exercise) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(lock, 20).decode().strip() or "?"
        raise Trouble(
            f"{exercise.slug} is watched already, by process {holder}. "
            "End that one with `q`, or go on there."
        ) from None
    except OSError:
        pass  # A file system without locks: then nothing can be told apart.
    # On a full disk only the number is missing: the lock holds without it.
    with contextlib.suppress(OSError):
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())


class Watch:
    """One exercise, from its first check until the learner goes on or away."""

    def __init__(self, desk: Desk, exercise: Exercise, terminal: Terminal, keys: Keys):
        self.desk, self.exercise = desk, exercise
        self.terminal, self.keys = terminal, keys
        self.path = desk.work.path(exercise)
        self.news = ""

    def until_left(self) -> Exercise | None:
        """The exercise to go on to, or None to end."""
        self.desk.open(self.exercise)
        saves = Saves(self.path)
        self.check()
        while True:
            saved, pressed = saves.happened(self.keys)
            if saved:
                self.check()
            if pressed == "q":
                return None
            if pressed == "n":
                following = self.desk.following(self.exercise)
                if following is not None:
                    return following
                self.terminal.say(finished(self.desk.course))
            elif pressed in ("h", "s", "r", "l"):
                self.say_or_complain(pressed)
                self.prompt()

    def check(self) -> None:
        """The verdict on what is on the disk now; whatever it is, the watch goes on."""
        self.clear()
        self.terminal.say(f"Checking {self.exercise.slug} …")
        try:
            checked = self.desk.check(self.exercise)
        except Trouble as trouble:
            self.terminal.complain(str(trouble))
        else:
            self.clear()
            self.show(checked)
        if self.news:
            self.terminal.say(f"\n{self.news}")
            self.news = ""
        complain(self.desk, self.terminal)
        self.prompt()

    def show(self, checked: Checked) -> None:
        from labs.kit import card

        then = self.steps(checked) if self.terminal.interactive else steps(checked)
        colour, again = self.terminal.colour, checked.again
        self.terminal.say(card.text(checked.result, again=again, then=then, colour=colour))

    def steps(self, checked: Checked) -> list[str]:
        where = f"Your answer: {checked.answer.path}"
        if not checked.result.passed:
            return [where, "Next: save it again, or `h` for a hint."]
        following = self.desk.following(self.exercise)
        onward = f"Next: `n` goes on to {following.slug}." if following else "It was the last one."
        return [where, "Compare: `s` shows the solution.", onward]

    def say_or_complain(self, pressed: str) -> None:
        act = {"h": self.hint, "s": self.solution, "r": self.reset, "l": self.list}[pressed]
        try:
            act()
        except Trouble as trouble:
            self.terminal.complain(str(trouble))
        complain(self.desk, self.terminal)

    def hint(self) -> None:
        say_hints([self.desk.hint(self.exercise)], self.terminal)

    def solution(self) -> None:
        passed = self.desk.passed(self.exercise)
        if passed or self.sure(f"{self.exercise.slug} has not passed yet. Show its solution?"):
            self.desk.record("solution", self.exercise, passed=passed)
            show_solution(self.desk, self.exercise, self.terminal)

    def reset(self) -> None:
        if self.sure(f"Begin {self.exercise.slug} again? Your version is kept."):
            # Said below the card of the starter, which comes by itself: the file has changed.
            self.news = begun_again(self.desk, self.exercise, undo=False)

    def list(self) -> None:
        from labs.kit.cli.overview import show_labs

        show_labs(self.desk, self.terminal)

    def sure(self, question: str) -> bool:
        self.terminal.say(f"{question} [y/N]")
        return self.keys.wait(None) == "y"

    def clear(self) -> None:
        # What was on the screen before stays in the terminal's memory.
        if self.terminal.interactive and self.terminal.colour:
            print("\x1b[H\x1b[2J", end="", flush=True)

    def prompt(self) -> None:
        if self.terminal.interactive:
            self.terminal.say("\n" + self.terminal.paint(HELP, DIM))
