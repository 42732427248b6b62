"""The course on disk: tracks, labs, exercises, answers. No server and no page."""

import datetime
import difflib
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from labs.kit import facts
from labs.kit.answer import Answer
from labs.kit.trouble import NotInCourse

ROOT = Path(__file__).resolve().parents[2]
TRACKS = ("networking", "datastores", "observability", "oncall", "shipping")
ANSWER = ("starter", "solution")
FOLDERS = ("alternatives", "mistakes")


@dataclass(frozen=True)
class Exercise:
    """One task with a verdict, in a folder of its own."""

    slug: str
    folder: Path
    seconds: float = 10.0

    def _one(self, stem: str) -> Answer:
        found = sorted(self.folder.glob(f"{stem}.*"))
        if not found:
            raise NotInCourse(f"{self.folder} has no {stem}.* file.")
        return Answer.read(found[0])

    def _many(self, folder: str) -> list[Answer]:
        paths = sorted((self.folder / folder).glob("*"))
        return [Answer.read(path) for path in paths if path.is_file() and path.name[0] != "."]

    @cached_property
    def starter(self) -> Answer:
        return self._one("starter")

    @cached_property
    def solution(self) -> Answer:
        return self._one("solution")

    @cached_property
    def alternatives(self) -> list[Answer]:
        return self._many("alternatives")

    @cached_property
    def mistakes(self) -> list[Answer]:
        return self._many("mistakes")

    @property
    def task(self) -> str:
        return self.starter.words

    @cached_property
    def hints(self) -> list[str]:
        path = self.folder / "hints.md"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.removeprefix("- ").strip() for line in lines if line.strip()]

    @property
    def checks(self) -> Path:
        return self.folder / "checks.py"

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def lab(self) -> str:
        return self.slug.rpartition("/")[0]

    def answer(self, name: str) -> Answer:
        """`starter`, `solution`, `alternatives/x` or `mistakes/x`."""
        if name in ANSWER:
            return self._one(name)
        return next(a for a in self._many(name.split("/")[0]) if a.name == name.split("/")[1])


@dataclass(frozen=True)
class Lab:
    """The unit of study: a page, a notebook and exercises under one slug."""

    slug: str
    folder: Path
    minutes: int
    owner: str
    objectives: list[str]
    prerequisites: list[str]
    needs: list[str]
    names: list[str]
    reviewed: datetime.date | None = None
    root: Path = field(default=ROOT, compare=False)
    seconds: dict[str, float] = field(default_factory=dict, compare=False)

    @cached_property
    def exercises(self) -> list[Exercise]:
        return [
            Exercise(f"{self.slug}/{name}", self.folder / name, self.seconds.get(name, 10.0))
            for name in self.names
        ]

    @property
    def page(self) -> Path:
        return self.root / "docs" / f"{self.slug}.md"

    @property
    def notebook(self) -> Path:
        return self.root / "notebooks" / f"{self.slug}.ipynb"

    @property
    def title(self) -> str:
        """The H1 of the lesson, its only home; the slug until there is a lesson."""
        return heading(self.page, self.slug)


@dataclass(frozen=True)
class Course:
    """All labs below one folder, in the order of `nav` where there is one.

    The folder is this clone, or what `GROUND_SCHOOL_ROOT` names.
    """

    root: Path = field(default_factory=lambda: Path(os.environ.get("GROUND_SCHOOL_ROOT", ROOT)))

    @property
    def slugs(self) -> list[str]:
        found = [
            str(path.parent.relative_to(self.root / "labs").as_posix())
            for path in sorted((self.root / "labs").glob("*/*/lab.toml"))
        ]
        order = nav_order(self.root / "mkdocs.yml")
        return sorted(found, key=lambda slug: (order.get(slug, len(order)), slug))

    def labs(self) -> list[Lab]:
        return [self.lab(slug) for slug in self.slugs]

    def lab(self, slug: str) -> Lab:
        if slug not in self.slugs:
            raise NotInCourse(unknown("lab", slug, self.slugs))
        folder = self.root / "labs" / slug
        return read_lab(slug, folder, self.root)

    def exercise(self, slug: str) -> Exercise:
        lab, _, name = slug.strip("/").rpartition("/")
        if lab in self.slugs:
            for exercise in self.lab(lab).exercises:
                if exercise.name == name:
                    return exercise
        raise NotInCourse(unknown("exercise", slug, self.exercise_slugs()))

    def exercise_slugs(self) -> list[str]:
        slugs = []
        for slug in self.slugs:
            try:
                slugs += [exercise.slug for exercise in self.lab(slug).exercises]
            except NotInCourse:
                continue  # A broken neighbour must not hide the others; `lab verify` names it.
        return slugs


def heading(page: Path, otherwise: str) -> str:
    """The H1 of a page."""
    lines = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    return next((line[2:].strip() for line in lines if line.startswith("# ")), otherwise)


def unknown(what: str, slug: str, known: list[str]) -> str:
    """One sentence for a name that nothing has, with the nearest that something has."""
    tails = {name.rsplit("/", 1)[-1]: name for name in known} | {name: name for name in known}
    near = difflib.get_close_matches(slug, list(tails), n=1, cutoff=0.4)
    if near:
        return f"There is no {what} `{slug}`. The nearest is `{tails[near[0]]}`."
    return f"There is no {what} `{slug}`. `lab list` shows what there is."


def read_lab(slug: str, folder: Path, root: Path = ROOT) -> Lab:
    """A lab from its `lab.toml`; `seconds` there may raise the time limit of an exercise."""
    known = facts.read(folder / "lab.toml")
    return Lab(slug=slug, folder=folder, names=known.pop("exercises"), root=root, **known)


def nav_order(path: Path) -> dict[str, int]:
    """Where each lab's page stands in `nav`. Read as lines: PyYAML would cost 20 ms a command."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pages = [line.split()[-1] for line in lines if line.strip().endswith(".md")]
    return {page.removesuffix(".md"): place for place, page in enumerate(pages)}
