"""Terms explain themselves: the first use of each on a page leads to the glossary.

`docs/glossary.md` is their only home: a heading a term, and its meaning in the paragraph below.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

GLOSSARY = "glossary.md"
SECTION = re.compile(r"^## (?P<name>[^{\n]+?)(?P<common> \{ \.common \})?\n\n(?P<meaning>.+)$", re.M)
ALSO = re.compile(r" Also: (.+)\.$", re.M)
# Text in these is a name, a title or a link already.
CLOSED = {"a", "abbr", "code", "pre", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True)
class Term:
    """`common` is a word that also means other things: it is one only where it is bold."""

    name: str
    names: tuple[str, ...]
    meaning: str
    common: bool

    @property
    def anchor(self) -> str:
        return slugify(self.name, "-")

    @property
    def pattern(self) -> str:
        words = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        # A code word such as SLI is not a word that happens to be written small.
        case = "" if self.name.isupper() and len(self.names) == 1 else "(?i:"
        return rf"(?<![\w-]){case}(?:{words}){')' if case else ''}s?(?![\w-])"


@lru_cache(maxsize=4)
def glossary(path: Path, _changed: float) -> tuple[Term, ...]:
    text = path.read_text(encoding="utf-8")
    starts = [found.start() for found in SECTION.finditer(text)] + [len(text)]
    return tuple(term(text[a:b]) for a, b in zip(starts, starts[1:], strict=False))


def term(section: str) -> Term:
    found = SECTION.match(section)
    assert found is not None
    also = ALSO.search(section)
    names = (found["name"], *(also[1].split(", ") if also else ()))
    return Term(found["name"], names, plain(found["meaning"]), bool(found["common"]))


def plain(markdown: str) -> str:
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", markdown).replace("`", "")


def source(markdown: Markdown) -> str | None:
    """The page's path below docs/, where the builder tells: each hangs it on its own processor."""
    if "relpath" in markdown.treeprocessors:
        return getattr(markdown.treeprocessors["relpath"], "file").src_uri  # noqa: B009
    if "rendering_context" in markdown.preprocessors:
        return getattr(markdown.preprocessors["rendering_context"], "page").path  # noqa: B009
    return None


class Terms(Treeprocessor):
    """Links the first use of each term; of two, the bold one, which is where it is taught."""

    def __init__(self, root: Path, md: Markdown) -> None:
        super().__init__(md)
        self.file = root / "docs" / GLOSSARY

    def run(self, root: Element) -> None:
        page = source(self.md)
        if page is None or page == GLOSSARY or not self.file.is_file():
            return
        place = os.path.relpath(GLOSSARY, os.path.dirname(page) or ".")
        for each in glossary(self.file, self.file.stat().st_mtime):
            link = Link(each, f"{place}#{each.anchor}")
            if not any(link.mark(bold, whole=True) for bold in root.iter("strong")):
                if not each.common:
                    any(link.mark(element) for element in open_elements(root))


def open_elements(element: Element) -> Iterator[Element]:
    """Elements whose text is prose, in the order of the page."""
    if element.tag in CLOSED or "admonition-title" in element.get("class", ""):
        return
    yield element
    for child in element:
        yield from open_elements(child)


class Link:
    """One term, and how it is linked to from this page."""

    def __init__(self, term: Term, href: str) -> None:
        self.term, self.href = term, href
        self.pattern = re.compile(term.pattern)

    def mark(self, element: Element, *, whole: bool = False) -> bool:
        """In the element's own text, or in what follows one of its children."""
        match = self.pattern.fullmatch if whole else self.pattern.search
        if found := match(element.text or ""):
            self.put(element, 0, element.text or "", found)
            element.text = (element.text or "")[: found.start()]
            return True
        for place, child in enumerate(element, 1):
            if not whole and (found := match(child.tail or "")):
                self.put(element, place, child.tail or "", found)
                child.tail = (child.tail or "")[: found.start()]
                return True
        return False

    def put(self, parent: Element, place: int, text: str, found: re.Match[str]) -> None:
        attributes = {"class": "term", "href": self.href, "title": self.term.meaning}
        link = Element("a", attributes)
        # Nothing else may look for a term in it.
        link.text = AtomicString(found[0])
        link.tail = text[found.end() :]
        parent.insert(place, link)
