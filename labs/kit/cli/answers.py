"""`lab open`, `lab check` and `lab reset`: the learner's answers."""

import argparse
import json
from collections.abc import Sequence

from labs.kit.check.result import Verdict
from labs.kit.cli.terminal import GREEN, RED, YELLOW, Terminal
from labs.kit.course import Course, Exercise, Lab
from labs.kit.desk import Checked, Desk
from labs.kit.names import find, find_exercise
from labs.kit.trouble import Trouble


def check(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    # While the worker starts.
    from labs.kit import card, progress  # noqa: F401

    with Desk(course, worker=options.worker) as desk:
        found = find(course, options.slug) if options.slug else find_exercise(desk, None)
        several = found.exercises if isinstance(found, Lab) else [found]
        if not options.json and terminal.interactive:
            terminal.say(f"Checking {found.slug} …")
        checked = [desk.check(exercise, options.seed) for exercise in several]
        if options.json:
            results = [each.result.as_json() for each in checked]
            terminal.say(json.dumps(results if isinstance(found, Lab) else results[0], indent=1))
        elif isinstance(found, Lab):
            show_all(found, checked, terminal)
        else:
            show(checked[0], terminal)
        complain(desk, terminal)
        return status(checked, desk)


def show(checked: Checked, terminal: Terminal) -> None:
    from labs.kit import card

    shown = card.text(
        checked.result, again=checked.again, then=steps(checked), colour=terminal.colour
    )
    terminal.say(shown)


def show_all(lab: Lab, checked: Sequence[Checked], terminal: Terminal) -> None:
    """A line for each exercise, and the card of the first that does not pass."""
    from labs.kit import card

    for each in checked:
        mark, colour = ("✓", GREEN) if each.result.passed else ("✗", RED)
        if card.foreseen(each.result):
            mark, colour = "!", YELLOW
        terminal.say(terminal.paint(f"{mark} {card.headline(each.result)}", colour))
    results = [(each, each.result) for each in checked]
    open_ones = [each for each, said in results if not said.passed and not card.foreseen(said)]
    if open_ones:
        terminal.say()
        show(open_ones[0], terminal)


def steps(checked: Checked) -> list[str]:
    """What to do next: one thing, and for a pass what there is to compare with."""
    slug = checked.result.exercise
    if checked.result.verdict is Verdict.BROKEN:
        return []
    if not checked.result.passed:
        return [f"Your answer: {checked.answer.path}", f"Next: `lab hint {slug}`"]
    compare = f"Compare: `lab solution {slug}`"
    following = checked.following
    if following is None:
        return [compare]
    return [compare, f"Next: `lab watch {following.slug}`"]


def complain(desk: Desk, terminal: Terminal) -> None:
    while desk.notes:
        terminal.complain(desk.notes.pop(0))
        desk.troubled = True


def status(checked: Sequence[Checked], desk: Desk) -> int:
    verdicts = {each.result.verdict for each in checked}
    if Verdict.BROKEN in verdicts or desk.troubled:
        return 2
    return 0 if verdicts <= {Verdict.PASS} else 1


def open(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        found = find(course, options.slug)
        lab = found if isinstance(found, Lab) else course.lab(found.lab)
        if options.notebook:
            return open_in_jupyter(desk, lab, terminal)
        exercises = lab.exercises if isinstance(found, Lab) else [found]
        # The first one last: what was touched last is where the learner goes on.
        for path in [desk.open(exercise) for exercise in reversed(exercises)][::-1]:
            terminal.say(f"{path}")
        if isinstance(found, Lab) and lab.notebook.exists():
            terminal.say(f"{desk.work.open_notebook(lab)}")
        if isinstance(found, Exercise):
            terminal.say(f"\n{found.task}")
        terminal.say(f"\nNext: `lab watch {found.slug}`")
        complain(desk, terminal)
        return 2 if desk.troubled else 0


def open_in_jupyter(desk: Desk, lab: Lab, terminal: Terminal) -> int:
    from labs.kit.cli.jupyter import address

    path = desk.work.open_notebook(lab)
    terminal.say(f"{path}")
    where = address(path)
    if where is None:
        raise Trouble("No JupyterLab of ours runs here. `make start` starts one.")
    import webbrowser

    terminal.say(where if not webbrowser.open(where) else "It opens in your browser.")
    return 0


def reset(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        found = find(course, options.slug)
        if options.notebook:
            found = found if isinstance(found, Lab) else course.lab(found.lab)
        elif isinstance(found, Lab):
            names = ", ".join(f"`{exercise.slug}`" for exercise in found.exercises)
            raise Trouble(
                f"{found.slug} is a lab. Name an exercise ({names}), "
                "or `--notebook` for its notebook."
            )
        if not options.undo and not terminal.confirm(
            f"Begin {found.slug} again? Your version is kept.", yes=options.yes
        ):
            terminal.say("Nothing was changed.")
            return 1
        terminal.say(begun_again(desk, found, undo=options.undo))
        complain(desk, terminal)
        return 2 if desk.troubled else 0


def begun_again(desk: Desk, found: Lab | Exercise, *, undo: bool) -> str:
    """Reset, or take a reset back; what was done, and where the other version is."""
    work, slug = desk.work, found.slug
    path = work.path(found) if isinstance(found, Exercise) else work.notebook(found)
    if undo:
        kept = work.undo(slug, path)
    elif isinstance(found, Exercise):
        kept = work.reset(found)
    else:
        kept = work.reset_notebook(found)
    if isinstance(found, Exercise):
        desk.record("reset", found, undo=undo)
    lines = [f"{path} is {'what it was before the reset' if undo else 'as it was at the start'}."]
    if kept:
        lines.append(f"The version that it replaces is kept: {kept}")
    if kept and not undo:
        flag = "" if isinstance(found, Exercise) else " --notebook"
        lines.append(f"Bring it back: `lab reset --undo{flag} {slug}`")
    return "\n".join(lines)
