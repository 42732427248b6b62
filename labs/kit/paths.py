"""Paths: labs in an order, for a role. Their one file is labs/paths.toml."""

from dataclasses import dataclass
from pathlib import Path

from labs.kit import facts
from labs.kit.course import Course, Exercise, Lab, heading, unknown
from labs.kit.trouble import NotInCourse

FIELDS: facts.Fields = {
    "reader": ("text", lambda value: isinstance(value, str)),
    "labs": ("a list of labs, each once", facts.distinct),
    "afterwards": ("a list of texts", facts.texts),
    "runbooks": ("true or false", lambda value: isinstance(value, bool)),
}


@dataclass(frozen=True)
class LearningPath:
    """`reader` says whom it is for; with `runbooks`, it names those that lead to its labs."""

    slug: str
    reader: str
    afterwards: list[str]
    labs: list[Lab]
    page: Path
    runbooks: bool = False

    @property
    def title(self) -> str:
        return heading(self.page, self.slug)

    @property
    def minutes(self) -> int:
        return sum(lab.minutes for lab in self.labs)

    @property
    def exercises(self) -> list[Exercise]:
        return [exercise for lab in self.labs for exercise in lab.exercises]


def paths(course: Course) -> list[LearningPath]:
    """In the order of the file; none where a course has no such file."""
    file = course.root / "labs" / "paths.toml"
    if not file.exists():
        return []
    return [made(course, file, slug, said) for slug, said in facts.parsed(file).items()]


def path(course: Course, slug: str) -> LearningPath:
    known = paths(course)
    for each in known:
        if each.slug == slug:
            return each
    sentence = unknown("path", slug, [each.slug for each in known])
    raise NotInCourse(sentence.replace("`lab list`", "`lab paths`"))


def made(course: Course, file: Path, slug: str, said: object) -> LearningPath:
    place = f"{file}: [{slug}]"
    if not isinstance(said, dict):
        raise NotInCourse(f"{file}: `{slug}` is not in a table. A path begins with [its-name].")
    known = facts.checked(place, {"runbooks": False, **said}, FIELDS)
    try:
        labs = [course.lab(lab) for lab in known.pop("labs")]
    except NotInCourse as trouble:
        raise NotInCourse(f"{place}: {trouble}") from None
    return LearningPath(
        slug=slug, labs=labs, page=course.root / "docs" / "paths" / f"{slug}.md", **known
    )
