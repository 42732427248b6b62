"""The course on disk: tracks, labs, exercises, answers. No server and no page."""

import ast
import difflib
import itertools
import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from labs.kit import facts
from labs.kit.trouble import NotInCourse, Trouble

ROOT = Path(__file__).resolve().parents[2]
TRACKS = ("networking", "datastores", "observability", "oncall", "shipping")
ANSWER = ("starter", "solution")
FOLDERS = ("alternatives", "mistakes")
COMMENTS = ("#", "--", "//")


@dataclass(frozen=True)
class Answer:
    """An answer: a starter, a solution, an alternative, a mistake, or a learner's."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> "Answer":
        try:
            # Some editors begin a file with a byte order mark, which Python refuses.
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise Trouble(f"{path} does not exist.") from None
        except UnicodeDecodeError as wrong:
            raise Trouble(
                f"{path} is not UTF-8: byte {wrong.start} is {wrong.object[wrong.start]:#04x}. "
                "Save it as UTF-8."
            ) from None

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def suffix(self) -> str:
        return self.path.suffix

    @property
    def words(self) -> str:
        """The docstring of a Python answer; the leading comment of any other."""
        return docstring(self.text) if self.suffix == ".py" else leading_comment(self.text)

    @property
    def code(self) -> str:
        """The text below its words."""
        if not self.words:
            return self.text.strip("\n")
        if self.suffix == ".py":
            end = ast.parse(self.text).body[0].end_lineno
            return "\n".join(self.text.splitlines()[end:]).strip("\n")
        if self.text.lstrip().startswith("<!--"):
            return self.text.partition("-->")[2].strip("\n")
        lines = self.text.splitlines()
        return "\n".join(lines[len(leading_lines(self.text)) :]).strip("\n")


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
        if self.page.exists():
            for line in self.page.read_text(encoding="utf-8").splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
        return self.slug


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


def docstring(source: str) -> str:
    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except (SyntaxError, ValueError):
        return ""


def leading_comment(text: str) -> str:
    """The comment that a YAML, SQL or Markdown file opens with, without its marks."""
    if text.lstrip().startswith("<!--"):
        return text.partition("<!--")[2].partition("-->")[0].strip()
    lines = [re.sub("^(#|--|//) ?", "", line) for line in leading_lines(text)]
    return "\n".join(lines).strip()


def leading_lines(text: str) -> list[str]:
    return list(itertools.takewhile(lambda line: line.startswith(COMMENTS), text.splitlines()))


def difference(mine: Answer, right: Answer) -> list[str]:
    """The way from one answer to the other, as a unified diff; their words are no difference."""
    lines = difflib.unified_diff(
        mine.code.splitlines(),
        right.code.splitlines(),
        str(mine.path),
        str(right.path),
        lineterm="",
    )
    return list(lines) or ["Your answer is the solution, to the letter."]
