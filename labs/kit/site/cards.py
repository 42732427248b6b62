"""The head of a lab's page, and an exercise on it."""

from html import escape
from pathlib import Path

from labs.kit.course import Exercise, Lab
from labs.kit.provide import needed
from labs.kit.site.exercises import runs_in_a_page
from labs.kit.site.kept import kept
from labs.kit.site.page import Page, called
from labs.kit.trouble import Trouble

LANGUAGES = {".py": "python", ".sql": "sql", ".md": "markdown", ".yaml": "yaml", ".yml": "yaml"}


def lab_card(page: Page, slug: str) -> str:
    lab = page.course.lab(slug)
    objectives = "".join(f"<li>{page.line(objective)}</li>" for objective in lab.objectives)
    facts = "".join(
        f"<div><dt>{name}</dt><dd>{words}</dd></div>" for name, words in facts_of(page, lab).items()
    )
    return (
        f'<section class="lab" aria-label="About this lab" data-lab="{slug}">'
        f"<p>Afterwards you can:</p><ul>{objectives}</ul><dl>{facts}</dl>"
        f"{test_out(lab)}"
        "<p class=\"bench-words\">Its notebook, on your own machine, after <code>make start</code>:</p>"
        f"{page.command(f'lab open {slug}')}"
        # Shown by the script when it is the local server that serves the page.
        f'<a class="here" hidden href="../../-/open/{slug}">Open its notebook</a>'
        "</section>"
    )


def test_out(lab: Lab) -> str:
    """Nobody is taught what they know: who passes the exercises may leave out the rest."""
    links = [f'<a href="#exercise-{name}">{name}</a>' for name in lab.names]
    if not links:
        return ""
    return f"<p>Know this already? Pass its exercises, and skip the rest: {', '.join(links)}.</p>"


def facts_of(page: Page, lab: Lab) -> dict[str, str]:
    servers = ", ".join(called(server) for server in lab.needs)
    return {
        "Time": f"{lab.minutes} minutes",
        "Exercises": str(len(lab.names)),
        "Servers": servers or "none",
        "Before it": ", ".join(link(page, slug) for slug in lab.prerequisites) or "nothing",
    }


def link(page: Page, slug: str) -> str:
    lab = page.course.lab(slug)
    if not lab.page.exists():
        raise Trouble(f"{lab.page} does not exist, and another lab's page links to it.")
    # A lesson is always two folders deep: /track/lab/.
    return f'<a href="../../{slug}/">{escape(lab.title)}</a>'


def sources(page: Page, slug: str) -> list[Path]:
    exercise = page.course.exercise(slug)
    folder = [path for path in exercise.folder.glob("*.*") if path.is_file()]
    # Numbers of recorded runs may stand in the task and the hints.
    runs = exercise.folder.parent.glob("experiments/*.json")
    return [exercise.folder.parent / "lab.toml", *sorted(folder), *sorted(runs)]


@kept(sources)
def exercise_card(page: Page, slug: str) -> str:
    exercise = page.course.exercise(slug)
    names = page.course.lab(exercise.lab).names
    place = f"Exercise {names.index(exercise.name) + 1} of {len(names)}"
    language = LANGUAGES.get(exercise.starter.suffix, "text")
    return (
        f'<section class="exercise" id="exercise-{exercise.name}" '
        f'aria-label="{place}: {exercise.name}" data-exercise="{slug}" '
        f'data-language="{language}" data-needs="{" ".join(needed(exercise))}" data-runs="{"page" if runs_in_a_page(exercise) else "local"}">'
        f'<p class="exercise-name"><span>{place}</span> <code>{exercise.name}</code></p>'
        f"{page.text(exercise.task)}"
        f'<div class="answer">{page.code(exercise.starter.code, language)}</div>'
        f"{BENCH}{hints(page, exercise)}"
        f'<div class="local"><p>{where(exercise)}</p>{page.command(f"lab check {slug}")}</div>'
        "</section>"
    )


# Filled and shown by the script, and only where it can check.
BENCH = (
    '<div class="bench" hidden></div>'
    "<noscript><p>To check it in the page, a browser needs JavaScript.</p></noscript>"
)


def where(exercise: Exercise) -> str:
    servers = " and ".join(called(server) for server in needed(exercise))
    if runs_in_a_page(exercise):
        return "In your own editor, after <code>make start</code>:"
    return f"It needs {servers}, on your own machine, after <code>make start</code>:"


def hints(page: Page, exercise: Exercise) -> str:
    count = len(exercise.hints)
    return "".join(
        f'<details class="hint"><summary>Hint {number} of {count}</summary>'
        f"<p>{page.line(hint)}</p></details>"
        for number, hint in enumerate(exercise.hints, 1)
    )
