"""The head of a lab's page, and an exercise on it."""

import ast
from html import escape

from labs.kit.course import Answer, Exercise, Lab
from labs.kit.site.page import Page, called
from labs.kit.trouble import Trouble

LANGUAGES = {".py": "python", ".sql": "sql", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml"}
COMMENTS = ("#", "--", "//")


def lab_card(page: Page, slug: str) -> str:
    lab = page.course.lab(slug)
    objectives = "".join(f"<li>{page.line(objective)}</li>" for objective in lab.objectives)
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in facts_of(page, lab).items()
    )
    return (
        f'<section class="lab" aria-label="About this lab" data-lab="{slug}">'
        f"<p>Afterwards you can:</p><ul>{objectives}</ul><dl>{facts}</dl>"
        f"{page.command(f'lab open {slug}')}"
        # Shown by the script when it is the local server that serves the page.
        f'<a class="here" hidden href="../../-/open/{slug}">Open its notebook</a>'
        "</section>"
    )


def facts_of(page: Page, lab: Lab) -> dict[str, str]:
    servers = ", ".join(called(server) for server in lab.needs)
    return {
        "Time": f"{lab.minutes} minutes",
        "Exercises": str(len(lab.names)),
        "Servers": servers or "none",
        "Before it": ", ".join(link(page, slug) for slug in lab.prerequisites) or "nothing",
        "Owner": f"<code>{escape(lab.owner)}</code>",
    }


def link(page: Page, slug: str) -> str:
    lab = page.course.lab(slug)
    if not lab.page.exists():
        raise Trouble(f"{lab.page} does not exist, and another lab's page links to it.")
    # A lesson is always two folders deep: /track/lab/.
    return f'<a href="../../{slug}/">{escape(lab.title)}</a>'


def exercise_card(page: Page, slug: str) -> str:
    exercise = page.course.exercise(slug)
    names = page.course.lab(exercise.lab).names
    place = f"Exercise {names.index(exercise.name) + 1} of {len(names)}"
    language = LANGUAGES.get(exercise.starter.suffix, "text")
    return (
        f'<section class="exercise" id="exercise-{exercise.name}" '
        f'aria-label="{place}: {exercise.name}" data-exercise="{slug}">'
        f'<p class="exercise-name"><span>{place}</span> <code>{exercise.name}</code></p>'
        f"{page.text(exercise.task)}"
        f"{page.code(without_words(exercise.starter), language)}"
        f"{hints(page, exercise)}"
        f"{page.command(f'lab check {slug}')}"
        "</section>"
    )


def hints(page: Page, exercise: Exercise) -> str:
    count = len(exercise.hints)
    return "".join(
        f'<details class="hint"><summary>Hint {number} of {count}</summary>'
        f"<p>{page.line(hint)}</p></details>"
        for number, hint in enumerate(exercise.hints, 1)
    )


def without_words(starter: Answer) -> str:
    """The starter's code: its words are already above it."""
    lines = starter.text.splitlines()
    if starter.suffix == ".py":
        try:
            first = ast.parse(starter.text).body[0]
        except (SyntaxError, IndexError):
            return starter.text.strip("\n")
        start = (first.end_lineno or 0) if starter.words else 0
        return "\n".join(lines[start:]).strip("\n")
    if starter.text.lstrip().startswith("<!--"):
        return starter.text.partition("-->")[2].strip("\n")
    while lines and lines[0].startswith(COMMENTS):
        lines.pop(0)
    return "\n".join(lines).strip("\n")
