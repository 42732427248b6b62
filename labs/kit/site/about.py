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
    """`lab`: the lab that the page is, or that a runbook leans on."""

    owner: str
    reviewed: datetime.date | None
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
        return cls(lab.owner, lab.reviewed, slug)

    @property
    def due(self) -> datetime.date | None:
        return due(self.reviewed) if self.reviewed else None

    def proof(self, course: Course) -> Proof | None:
        return proof(course.lab(self.lab)) if self.lab else None


def about(page: Page, body: str) -> str:
    """On a page that is no lab's; a lab's has it from `lab.toml`."""
    about = About.read(body)
    said = proven(f"The exercises of <code>{escape(about.lab)}</code>", about.proof(page.course))
    return shown(about, said)


def about_lab(page: Page, slug: str) -> str:
    about = About.of_lab(page.course, slug)
    return shown(about, proven("Its exercises", about.proof(page.course)))


def shown(about: About, proven: str) -> str:
    owned = f"<p>Owned by <code>{escape(about.owner)}</code>. {proven}"
    less = "trust this page a little less, and tell its owner.</p></footer>"
    if about.reviewed is None or about.due is None:
        opening = '<footer class="about" data-search-exclude>'
        never = f'<p class="overdue">Nobody has said when they read it through: {less}'
        return f"{opening}{owned.rstrip()}</p>{never}"
    hidden = "" if about.due < datetime.date.today() else " hidden"
    return (
        f'<footer class="about" data-due="{about.due}" data-search-exclude>'
        f"{owned}Read through on {day(about.reviewed)}; due again by {day(about.due)}.</p>"
        f'<p class="overdue"{hidden}>That day has passed: {less}'
    )


def proven(what: str, proof: Proof | None) -> str:
    if proof is None:
        return ""
    used = [f"{called(name)} {number}" for name, number in proof.versions.items()]
    since = "" if proof.current else " They have changed since."
    return f"{what} were last proven on {day(proof.date)}, with {', '.join(used)}.{since} "


def day(date: datetime.date) -> str:
    return f'<time datetime="{date}">{date:%-d %B %Y}</time>'
