"""Paths on their pages: what stands there without a script is true for everybody.

`data-lab`, `data-minutes` and `data-exercises` are what the script reads to say where one is.
"""

import re
from functools import partial
from html import escape
from pathlib import Path

from labs.kit.course import Course, Lab, heading
from labs.kit.paths import LearningPath
from labs.kit.paths import path as named
from labs.kit.paths import paths as all_paths
from labs.kit.site.page import Page, called
from labs.kit.trouble import Trouble

# Where the script says how far one is, and what is next.
STANDING = '<div class="standing" hidden></div>'
UNREAD = (
    '<div class="standing"><p>How you stand is shown here where scripts run, on a page that a web '
    "server sends. In a terminal, <code>lab progress</code> shows what this machine remembers.</p>"
    "</div>"
)


def paths(page: Page, body: str) -> str:
    """All of them, for a page one folder deep."""
    return f'<ul class="paths">{"".join(map(card, listed(page.course)))}</ul>'


def listed(course: Course) -> list[LearningPath]:
    found = all_paths(course)
    for each in found:
        if not each.page.exists():
            raise Trouble(f"{each.page} does not exist. Each path in labs/paths.toml has a page.")
    return found


def card(found: LearningPath) -> str:
    return (
        f"<li {attributes(found)}>"
        f'<h2><a href="{found.slug}/">{escape(found.title)}</a></h2><p>{escape(found.reader)}</p>'
        f'<p class="sum">{summed(found)}</p>{STANDING}'
        f'<ol>{"".join(f"<li {facts_of(lab)}>{escape(lab.title)}</li>" for lab in found.labs)}</ol>'
        "</li>"
    )


def path(page: Page, slug: str) -> str:
    """One of them, for a page two folders deep."""
    found = named(page.course, slug)
    afterwards = "".join(f"<li>{page.line(sentence)}</li>" for sentence in found.afterwards)
    stops = "".join(map(partial(stop, page, found), found.labs))
    return (
        f'<section class="path" {attributes(found)} aria-label="About this path">'
        f'<p class="lead">{escape(found.reader)}</p><p class="sum">{summed(found)}</p>'
        f"{STANDING}<p>Afterwards you can:</p><ul>{afterwards}</ul></section>"
        f'<ol class="stops">{stops}</ol>'
        '<p class="rule">Nobody is taught what they know: a lab is done when all its exercises '
        "have passed, with its lesson or without.</p>"
    )


def stop(page: Page, found: LearningPath, lab: Lab) -> str:
    objectives = "".join(f"<li>{page.line(objective)}</li>" for objective in lab.objectives)
    return (
        f"<li {facts_of(lab)}>"
        f'<h2><a href="../../{lab.slug}/">{escape(lab.title)}</a></h2>'
        f'<p class="sum">{counted(lab)}</p><ul>{objectives}</ul>'
        f"{tries(lab)}{runbooks(page.course, lab) if found.runbooks else ''}</li>"
    )


def tries(lab: Lab) -> str:
    """Who knows what a lab teaches begins with its exercises."""
    links = ", ".join(
        f'<a href="../../{lab.slug}/#exercise-{name}">{name}</a>' for name in lab.names
    )
    asked = f"Know this already? Try its exercises first: {links}."
    return f'<p class="try">{asked}</p>' if links else ""


def runbooks(course: Course, lab: Lab) -> str:
    """Those that link to the lab's lesson."""
    pages = sorted((course.root / "docs" / "runbooks").glob("*.md"))
    leading = [page for page in pages if leads(page, lab)]
    links = ", ".join(
        f'<a href="../../runbooks/{page.stem}/">{escape(heading(page, page.stem))}</a>'
        for page in leading
    )
    return f'<p class="from-runbook">From the runbook: {links}.</p>' if links else ""


def leads(page: Path, lab: Lab) -> bool:
    return bool(re.search(rf"\(\.\./{re.escape(lab.slug)}\.md[)#]", page.read_text("utf-8")))


def progress(page: Page, body: str) -> str:
    """Every exercise of the course, for a page one folder deep; the script says how each stands."""
    labs = [lab for lab in page.course.labs() if lab.page.exists()]
    rows = "".join(map(row, labs))
    return (
        f'<section class="progress" aria-label="Your exercises">{UNREAD}'
        '<div class="keeping" hidden></div><p class="said" role="status"></p>'
        f'<ul class="record">{rows}</ul></section>'
    )


def row(lab: Lab) -> str:
    exercises = "".join(
        f'<li data-exercise="{lab.slug}/{name}">'
        f'<a href="../{lab.slug}/#exercise-{name}">{name}</a></li>'
        for name in lab.names
    )
    return (
        f'<li {facts_of(lab)}><h2><a href="../{lab.slug}/">{escape(lab.title)}</a></h2>'
        f"<ul>{exercises}</ul></li>"
    )


def here(page: Page, body: str) -> str:
    """Where one is, on the home page; hidden until there is something to say."""
    links = "".join(
        f'<a {attributes(found)} href="paths/{found.slug}/">{escape(found.title)}</a>'
        for found in listed(page.course)
    )
    return (
        '<section class="you-are-here" aria-label="Where you are" hidden>'
        f'{STANDING}<p class="sum">All of <a href="progress/">your progress</a>, '
        f'all <a href="paths/">paths</a></p><div hidden>{links}</div></section>'
    )


def attributes(found: LearningPath) -> str:
    return f'data-path="{found.slug}" data-labs="{" ".join(lab.slug for lab in found.labs)}"'


def facts_of(lab: Lab) -> str:
    return (
        f'data-lab="{lab.slug}" data-minutes="{lab.minutes}" data-exercises="{" ".join(lab.names)}"'
    )


def summed(found: LearningPath) -> str:
    return f"{many(len(found.labs), 'lab')}, {exercises_in(found.exercises)}, {found.minutes} minutes"


def counted(lab: Lab) -> str:
    servers = " and ".join(called(server) for server in lab.needs)
    return f"{lab.minutes} minutes, {exercises_in(lab.names)}{servers and ', ' + servers}"


def exercises_in(found: list) -> str:
    return many(len(found), "exercise")


def many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
