"""`lab hint` and `lab solution`."""

import argparse
from collections.abc import Sequence

from labs.kit.cli.answers import complain
from labs.kit.cli.terminal import BOLD, GREEN, RED, Terminal
from labs.kit.course import Course, Exercise
from labs.kit.desk import Desk, Hint
from labs.kit.names import find_exercise
from labs.kit.trouble import Trouble


def hint(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        exercise = find_exercise(desk, options.slug)
        if options.again:
            shown = desk.hints_shown(exercise)
            if not shown:
                raise Trouble(f"No hint of {exercise.slug} was shown yet. `lab hint` shows one.")
        else:
            shown = [desk.hint(exercise)]
        say_hints(shown, terminal)
        last = shown[-1]
        if not options.again and not last.fresh:
            terminal.say(f"That was the last one. Next: `lab solution {exercise.slug}`")
        complain(desk, terminal)
        return 2 if desk.troubled else 0


def say_hints(hints: Sequence[Hint], terminal: Terminal) -> None:
    for hint in hints:
        terminal.say(f"{terminal.paint(hint.title, BOLD)}\n  {hint.text}")


def solution(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        exercise = find_exercise(desk, options.slug)
        passed = desk.passed(exercise)
        question = f"{exercise.slug} has not passed yet. Show its solution?"
        if not passed and not terminal.confirm(question, yes=options.yes):
            terminal.say(f"Next: `lab hint {exercise.slug}`")
            return 1
        desk.record("solution", exercise, passed=passed)
        show_solution(desk, exercise, terminal)
        if following := desk.following(exercise):
            terminal.say(f"\nNext: `lab watch {following.slug}`")
        complain(desk, terminal)
        return 2 if desk.troubled else 0


def show_solution(desk: Desk, exercise: Exercise, terminal: Terminal) -> None:
    """Where it is, why it is right, and what differs from the learner's answer."""
    right = exercise.solution
    terminal.say(f"{right.path}\n\n{right.words}\n")
    for line in desk.compared(exercise):
        colour = {"+": GREEN, "-": RED}.get(line[:1], "0")
        terminal.say(terminal.paint(line, colour) if colour != "0" else line)
    others = [str(answer.path) for answer in exercise.alternatives]
    if others:
        terminal.say(
            "\nAlso right, in another style:\n" + "\n".join(f"  {path}" for path in others)
        )
