"""A page while it is being built: the lab it teaches, its numbers, and what is wrong."""

import logging
import re
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown

from labs.kit.course import Course, Lab, unknown
from labs.kit.experiment import Experiment, find
from labs.kit.trouble import Trouble

# MkDocs counts the warnings of loggers below its own, and `--strict` fails on one.
LOG = logging.getLogger("mkdocs.ground_school")

NUMBER = r"\[\[([a-z][\w/.-]*?\.[\w.-]+?)(?::([^\]\s]*))?\]\]"
LAB = re.compile(r"^```+ ?lab\n(.+?)\n```+$", re.MULTILINE)


class Still(Course):
    """The course as it is while one page is built: read once, not once a fence."""

    @cached_property
    def slugs(self) -> list[str]:  # type: ignore[override]
        return super().slugs

    @cached_property
    def _labs(self) -> dict[str, Lab]:
        return {}

    def lab(self, slug: str) -> Lab:
        if slug not in self._labs:
            self._labs[slug] = super().lab(slug)
        return self._labs[slug]


class Page:
    def __init__(self, root: Path, markdown: Markdown) -> None:
        self.root = root
        self.course = Still(root)
        self.markdown = markdown
        self.lab: str | None = None
        self.warned = 0

    def begin(self, text: str) -> None:
        named = LAB.search(text)
        self.lab = named[1].strip() if named else None

    def told(self, sentence: str) -> str:
        """Warn, so that a strict build fails, and give back what the page then shows."""
        self.warned += 1
        LOG.warning("%s%s", self.place, sentence)
        return sentence

    def fault(self, sentence: str) -> str:
        return f'<p class="fault">{escape(self.told(sentence))}</p>'

    @property
    def place(self) -> str:
        """The page's file, where the builder tells: MkDocs hangs it on a processor of its own."""
        relative = "relpath" in self.markdown.treeprocessors
        file = getattr(self.markdown.treeprocessors["relpath"], "file", None) if relative else None
        return f"docs/{file.src_uri}: " if file else ""

    def experiment(self, slug: str) -> Experiment:
        """By its full slug, or by its name alone on the page of its lab."""
        if "/" in slug:
            return find(slug, self.root)
        if self.lab is None:
            raise Trouble(f"`{slug}` needs its lab: track/lab/{slug}; this page has no lab fence.")
        return find(f"{self.lab}/{slug}", self.root)

    def value(self, name: str) -> Any:
        """What a recorded run has at `storm.rows.0.errors`."""
        slug, _, path = name.partition(".")
        place: Any = self.experiment(slug).recorded.data
        for step in path.split("."):
            place = item(place, step, name)
        return place

    def number(self, name: str, form: str) -> str:
        value = self.value(name)
        try:
            return format(value, form)
        except (ValueError, TypeError):
            raise Trouble(f"{value!r} cannot be written as `{form}`.") from None

    def text(self, source: str) -> str:
        """Markdown within a fence, as HTML. Its numbers are this page's."""
        return self.inner.reset().convert(source)

    def line(self, source: str) -> str:
        """The same for one line, without its paragraph."""
        return self.text(source).removeprefix("<p>").removesuffix("</p>")

    @cached_property
    def inner(self) -> Markdown:
        from labs.kit.site.extension import Number

        inner = Markdown(
            extensions=["pymdownx.superfences", "pymdownx.highlight", "sane_lists", "tables"],
            extension_configs={"pymdownx.highlight": {"anchor_linenums": False}},
        )
        inner.inlinePatterns.register(Number(self, inner), "course_number", 175)
        return inner

    def code(self, text: str, language: str) -> str:
        """Highlighted, as all code on the site is."""
        marks = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", text))])
        return self.text(f"{marks}{language}\n{text}\n{marks}")

    def command(self, text: str) -> str:
        """A command to copy. The prompt is the style sheet's, so that it is not copied."""
        return f'<div class="command">{self.code(text, "text")}</div>'


def item(place: Any, step: str, name: str) -> Any:
    if isinstance(place, list) and step.isdigit() and int(step) < len(place):
        return place[int(step)]
    if isinstance(place, dict) and step in place:
        return place[step]
    known = list(place) if isinstance(place, dict) else []
    near = unknown("value", step, known).replace(" `lab list` shows what there is.", "")
    raise Trouble(f"The run of {name.partition('.')[0]} does not have it. {near}")


def called(server: str) -> str:
    """A server's name as its makers write it."""
    names = {"postgres": "PostgreSQL"}
    return names.get(server, server.capitalize())
