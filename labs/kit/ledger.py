"""Permanent links: what `links.toml` promises, and where each of them leads now."""

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from labs.kit.course import Course
from labs.kit.trouble import Trouble

FILE = "links.toml"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FENCE = re.compile(r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)`*$", re.M | re.S)
HEADING = re.compile(r"^#{1,6} +(.+?)(?: *\{(?P<marks>[^}]*)\})?$", re.M)


@dataclass(frozen=True)
class Ledger:
    """`links`: an id, and the address below the site's root; `moved`: an old address, and its id.

    An address ends in a slash, and may name a place on the page: `runbooks/retry-storm/#mitigate`.
    """

    root: Path
    links: dict[str, str]
    moved: dict[str, str]

    @classmethod
    def read(cls, root: Path) -> "Ledger":
        path = root / FILE
        try:
            facts = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls(root, {}, {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise Trouble(f"{path} cannot be read: {wrong}.") from None
        extra = sorted(set(facts) - {"links", "moved"})
        if extra:
            raise Trouble(f"{path} has `{extra[0]}`; it holds [links] and [moved].")
        return cls(root, facts.get("links", {}), facts.get("moved", {}))

    def faults(self) -> Iterator[str]:
        """A sentence for each promise that does not hold."""
        path = self.root / FILE
        for name, address in self.links.items():
            if not ID.fullmatch(name):
                yield f"{path}: `{name}` is no id; lower-case words with hyphens between are."
            if not self.exists(address):
                yield f"{path}: {name} leads to {address}, and nothing is there."
        for address, name in self.moved.items():
            if self.exists(address):
                yield f"{path}: {address} is a page, so it cannot have moved."
            if name not in self.links:
                yield f"{path}: {address} moved to {name}, and there is no such id."
        for address in self.missing():
            yield f'{path} has no id for it: add `{self.proposed(address)} = "{address}"`.'

    def missing(self) -> list[str]:
        """Pages and exercises that nobody was promised yet."""
        known = set(self.links.values())
        return [a for a in (*self.addresses, *self.exercises) if a not in known]

    def exists(self, address: str) -> bool:
        page, _, place = address.partition("#")
        return page in self.addresses and (not place or place in self.places(page))

    @cached_property
    def addresses(self) -> dict[str, Path]:
        """The pages that there are: their addresses, and their files."""
        docs = self.root / "docs"
        found = {path.relative_to(docs): path for path in sorted(docs.rglob("*.md"))}
        return {address_of(place): path for place, path in found.items()}

    @cached_property
    def exercises(self) -> dict[str, str]:
        """The address of each exercise on the page of its lab, and its slug."""
        slugs = Course(self.root).exercise_slugs()
        return {f"{s.rpartition('/')[0]}/#exercise-{s.rpartition('/')[2]}": s for s in slugs}

    def places(self, page: str) -> set[str]:
        """What a link can name on a page: its headings, its own ids, its exercises."""
        from markdown.extensions.toc import slugify

        text = self.text(page)
        headings = {
            slugify(plain(m[1]), "-")
            for m in HEADING.finditer(text)
            if "#" not in (m["marks"] or "")
        }
        ids = set(re.findall(r"\{[^}\n]*#([\w-]+)", text)) | set(re.findall(r'id="([^"]+)"', text))
        exercises = {a.partition("#")[2] for a in self.exercises if a.startswith(f"{page}#")}
        return headings | ids | exercises

    def text(self, page: str) -> str:
        """A page's Markdown without its blocks of code."""
        return without_blocks(self.addresses[page])

    def title(self, address: str) -> str:
        """What stands at an address, as a reader would call it."""
        page, _, place = address.partition("#")
        text = self.text(page)
        first = HEADING.search(text)
        title = plain(first[1]) if first else page
        return f"{title}: {place.removeprefix('exercise-').replace('-', ' ')}" if place else title

    def kind(self, address: str) -> str:
        if address in self.exercises:
            return "exercise"
        if address.rstrip("/") in Course(self.root).slugs:
            return "lab"
        return "runbook" if re.match("runbooks/.", address) else "page"

    def proposed(self, address: str) -> str:
        """An id that is free, for who adds one."""
        if address in self.exercises:
            _, lab, name = self.exercises[address].split("/")
            return f"{lab}-{name}"
        name = address.rstrip("/").rpartition("/")[2] or "home"
        return f"{name}-{self.kind(address)}" if name in self.links else name


@functools.cache
def without_blocks(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def address_of(place: Path) -> str:
    """Where both builders put a page: `a/b.md` at `a/b/`, and `a/index.md` at `a/`."""
    name = place.with_suffix("").as_posix()
    name = name.removesuffix("index").rstrip("/")
    return f"{name}/" if name else ""


def plain(heading: str) -> str:
    """A heading's words without their marks."""
    return re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", heading).strip()
