"""Check the links to this course in a company's own runbooks and alert rules."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from labs.kit.course import unknown
from labs.kit.ledger import Ledger
from labs.kit.trouble import Trouble
from labs.kit.urls import urls

KINDS = (".md", ".markdown", ".rst", ".txt", ".yaml", ".yml", ".json", ".tf", ".tpl", ".html")
SKIPPED = (".git", "node_modules", ".venv", "__pycache__")
SHORT = re.compile(r"/go/([\w.-]+)/?(?:[?#].*)?$")


@dataclass(frozen=True)
class Found:
    """One link: where it stands, and what became of it: `ok`, `moved` or `dead`."""

    file: str
    line: int
    link: str
    state: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.link}\n    {self.words}"

    as_json = asdict


class Checker:
    """`sites`: where the company serves the course. Without one, any `/go/<id>/` is taken for ours,
    and any address that ends as one of our pages does, or did.
    """

    def __init__(self, ledger: Ledger, sites: Iterable[str] = ()):
        self.ledger = ledger
        self.sites = [site.rstrip("/") + "/" for site in sites]
        # People write `learn.example.com/school/go/x/` as well, and browsers take it.
        self.hosts = [re.sub("^https?://", "", site) for site in self.sites]
        self.notes: list[str] = []

    def check(self, path: Path) -> Iterator[Found]:
        if not path.exists():
            raise Trouble(f"{path} does not exist.")
        for file in files(path):
            try:
                text = file.read_text(encoding="utf-8-sig")
            except (UnicodeDecodeError, OSError) as wrong:
                self.notes.append(f"{file} was left out: {wrong}.")
                continue
            for number, link in urls(text, self.hosts):
                below = self.below(link)
                if below is not None:
                    yield Found(str(file), number, link, *self.judged(below))

    def below(self, link: str) -> str | None:
        """What the link names below the root of the course; None where it is not about us."""
        for site in (*self.sites, *self.hosts):
            if f"{link}/".startswith(site):
                return link[len(site) :]
        if self.sites and link.startswith("http"):
            return None
        if short := SHORT.search(link):
            return f"go/{short[1]}/"
        path = re.sub(r"^https?://[^/]+", "", re.split("[?]", link)[0])
        ours = [*self.ledger.addresses, *self.ledger.moved]
        ends = [a for a in ours if a and ends_with(path, a)]
        place = path.partition("#")[2]
        return max(ends, key=len) + (f"#{place}" if place else "") if ends else None

    def judged(self, below: str) -> tuple[str, str]:
        path, _, place = re.sub(r"\?[^#]*", "", below).partition("#")
        path = path.removesuffix("index.html")
        path = f"{path}/" if path and not path.endswith("/") else path
        if short := re.fullmatch(r"go/(.+)/", path):
            return self.of_id(short[1])
        if path in self.ledger.moved:
            return (
                "moved",
                f"It moved, and leads on. Link to go/{self.ledger.moved[path]}/ instead.",
            )
        if path not in self.ledger.addresses:
            return "dead", "No page of the course is there." + self.near(path)
        if place and place not in self.ledger.places(path):
            return "dead", f"{path} has no place #{place}; the page itself is there."
        return "ok", ""

    def of_id(self, name: str) -> tuple[str, str]:
        if name in self.ledger.links:
            return "ok", ""
        listed = "links.json on the site lists them."
        near = unknown("permanent link", name, list(self.ledger.links))
        return "dead", near.replace("`lab list` shows what there is.", listed)

    def near(self, path: str) -> str:
        words = unknown("page", path.rstrip("/"), [a.rstrip("/") for a in self.ledger.addresses])
        return words.partition(".")[2] if "nearest" in words else ""


def files(path: Path) -> Iterator[Path]:
    """The file itself, whatever its name; of a folder, those that may hold such links."""
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(set(folders) - set(SKIPPED))
        yield from (Path(folder, n) for n in sorted(names) if Path(n).suffix.lower() in KINDS)


def ends_with(path: str, address: str) -> bool:
    plain = path.partition("#")[0].removesuffix("index.html").rstrip("/")
    return f"{plain}/".endswith(f"/{address}")
