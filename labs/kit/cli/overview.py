"""`lab list`, `lab paths` and `lab progress`: where the learner is."""

import argparse
import json

from labs.kit.cli.terminal import BOLD, DIM, GREEN, Terminal
from labs.kit.course import TRACKS, Course, Exercise, Lab
from labs.kit.desk import Desk
from labs.kit.names import finished
from labs.kit.paths import path
from labs.kit.paths import paths as all_paths
from labs.kit.trouble import Trouble

MARKS = {"passed": "✓", "tried": "✗"}


def list_(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        return (
            show_path(desk, terminal, options.path) if options.path else show_labs(desk, terminal)
        )


def paths(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        states, _, troubles = standing(desk)
        for each in all_paths(course):
            passed = sum(states.get(exercise.slug) == "passed" for exercise in each.exercises)
            count = f"{passed}/{len(each.exercises)}"
            terminal.say(f"{each.slug:20} {each.minutes:3} min  {count:>5}  {each.title}")
    terminal.say("\nOne of them: `lab list --path NAME`")
    for trouble in troubles:
        terminal.complain(trouble)
    return 2 if troubles else 0


def show_path(desk: Desk, terminal: Terminal, slug: str) -> int:
    """A path's next is the first of its own that has not passed: who left it comes back to it."""
    found = path(desk.course, slug)
    states, _, troubles = standing(desk)
    ahead = [each for each in found.exercises if states.get(each.slug) != "passed"]
    following = ahead[0] if ahead else None
    terminal.say(terminal.paint(found.title, BOLD) + f", {found.minutes} minutes")
    terminal.say(found.reader)
    for lab in found.labs:
        show_lab(lab, states, following, terminal)
    done = "All exercises of this path have passed."
    terminal.say(f"\nNext: `lab watch {following.slug}`" if following else f"\n{done}")
    for trouble in troubles:
        terminal.complain(trouble)
    return 2 if troubles else 0


def show_labs(desk: Desk, terminal: Terminal) -> int:
    states, following, troubles = standing(desk)
    labs, broken = readable(desk.course)
    shown: set[str] = set()
    for lab in labs:
        track = lab.slug.partition("/")[0]
        if track not in shown:
            terminal.say(("\n" if shown else "") + terminal.paint(track, BOLD))
            shown.add(track)
        show_lab(lab, states, following, terminal)
    terminal.say()
    onward = f"Next: `lab watch {following.slug}`" if following else finished(desk.course)
    terminal.say(onward)
    for trouble in [*broken, *troubles]:
        terminal.complain(trouble)
    return 2 if broken or troubles else 0


def standing(desk: Desk) -> tuple[dict[str, str], Exercise | None, list[str]]:
    """How every exercise stands, and the next; where the record is lost, the first, and why."""
    try:
        return desk.progress.states(), desk.progress.next_exercise(desk.course), []
    except Trouble as trouble:
        slugs = desk.course.exercise_slugs()
        return {}, desk.course.exercise(slugs[0]) if slugs else None, [str(trouble)]


def readable(course: Course) -> tuple[list[Lab], list[str]]:
    """The labs, and a sentence for each that cannot be read."""
    labs, broken = [], []
    for slug in course.slugs:
        try:
            labs.append(course.lab(slug))
        except Trouble as trouble:
            broken.append(str(trouble))
    order = {track: place for place, track in enumerate(TRACKS)}
    return sorted(labs, key=lambda lab: order.get(lab.slug.partition("/")[0], len(order))), broken


def show_lab(
    lab: Lab, states: dict[str, str], following: Exercise | None, terminal: Terminal
) -> None:
    passed = sum(states.get(exercise.slug) == "passed" for exercise in lab.exercises)
    count = f"{passed}/{len(lab.exercises)}"
    terminal.say(f"  {lab.slug:32} {lab.minutes:3} min  {count}  {lab.title}")
    for exercise in lab.exercises:
        mark = MARKS.get(states.get(exercise.slug, ""), "·")
        line = f"    {mark} {exercise.name}"
        if following and exercise.slug == following.slug:
            line += "  ← next"
        colour = {"✓": GREEN, "·": DIM}.get(mark, "0")
        terminal.say(terminal.paint(line, colour))


def progress(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    with Desk(course) as desk:
        facts = [of_exercise(desk, slug) for slug in course.exercise_slugs()]
        passed = sum(fact["state"] == "passed" for fact in facts)
        if options.json:
            terminal.say(json.dumps({"schema": 1, "exercises": facts, "passed": passed}, indent=1))
            return 0
        for fact in facts:
            if fact["state"] != "untouched":
                mark = MARKS.get(fact["state"], "·")
                seen = ", ".join(fact["mistakes"])
                terminal.say(
                    f"{mark} {fact['exercise']:40} {counted(fact['attempts'], 'check')}, "
                    f"{counted(fact['hints'], 'hint')}" + (f"; seen: {seen}" if seen else "")
                )
        terminal.say(f"{passed} of {counted(len(facts), 'exercise')} passed.")
        terminal.say(f"The record: {desk.progress.path}. Nothing of it leaves this machine.")
        return 0


def of_exercise(desk: Desk, slug: str) -> dict:
    events = desk.progress.events(slug)
    kinds = [event.kind for event in events]
    checks = [event for event in events if event.kind in ("checked", "passed")]
    state = "passed" if "passed" in kinds else "tried" if checks else "opened" if kinds else ""
    return {
        "exercise": slug,
        "state": state or "untouched",
        "attempts": len(checks),
        "hints": max((e.facts.get("hint", 0) for e in events if e.kind == "hinted"), default=0),
        "solution": "solution" in kinds,
        "mistakes": list(dict.fromkeys(e.mistake for e in checks if e.mistake)),
        "first": events[0].time if events else None,
        "last": events[-1].time if events else None,
    }


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
