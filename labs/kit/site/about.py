"""The last lines of a page: whose it is, when it was proven, and when it is to be read again."""

import datetime
import tomllib
from dataclasses import dataclass
from html import escape

from labs.kit.course import Course
from labs.kit.proofs import Proof, due, proof
from labs.kit.site.page import Page, called
from labs.kit.trouble import Trouble

SHAPE = '`owner = "…"`, `reviewed = 2026-11-23`, and of a runbook `lab = "track/name"`'


@dataclass(frozen=True)
class About:
    owner: str
    reviewed: datetime.date
    lab: str = ""

    @classmethod
    def read(cls, body: str) -> "About":
        try:
            about = cls(**tomllib.loads(body))
        except (tomllib.TOMLDecodeError, TypeError) as wrong:
            raise Trouble(f"It holds {SHAPE}, as TOML: {wrong}.") from None
        if type(about.reviewed) is not datetime.date or not isinstance(about.owner, str):
            raise Trouble(f"It holds {SHAPE}.")
        return about

    @classmethod
    def of_lab(cls, course: Course, slug: str) -> "About":
        lab = course.lab(slug)
        return cls(lab.owner, lab.reviewed or datetime.date.min, slug)

    def proof(self, course: Course) -> Proof | None:
        return proof(course.lab(self.lab)) if self.lab else None


def about(page: Page, body: str) -> str:
    """On a page that is no lab's; a lab's has it from `lab.toml`."""
    return shown(page.course, About.read(body))


def about_lab(page: Page, slug: str) -> str:
    return shown(page.course, About.of_lab(page.course, slug))


def shown(course: Course, about: About) -> str:
    last = due(about.reviewed)
    hidden = "" if last < datetime.date.today() else " hidden"
    return (
        f'<footer class="about" data-due="{last}" data-search-exclude>'
        f"<p>Owned by <code>{escape(about.owner)}</code>. {proven(about.proof(course))}"
        f"Read through on {day(about.reviewed)}; due again by {day(last)}.</p>"
        f'<p class="overdue"{hidden}>That day has passed: trust this page a little less, and '
        "tell its owner.</p></footer>"
    )


def proven(proof: Proof | None) -> str:
    if proof is None:
        return ""
    used = [f"{called(name)} {number}" for name, number in proof.versions.items()]
    since = "" if proof.current else " It was changed since."
    return f"Its exercises were last proven on {day(proof.date)}, with {', '.join(used)}.{since} "


def day(date: datetime.date) -> str:
    return f'<time datetime="{date}">{date:%-d %B %Y}</time>'
