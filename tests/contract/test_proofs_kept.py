"""Every lab and page says whose it is, when it was proven, and when it is due."""

import re
import tomllib

from labs.kit.course import Course
from labs.kit.proofs import proof
from labs.kit.site.feed import about_of

COURSE = Course()


def test_every_lab_was_proven_once_and_was_read_through(lab):
    assert proof(lab) is not None, f"`lab verify --record {lab.slug}` proves it"
    assert lab.reviewed is not None


def test_what_is_committed_is_what_was_proven(lab):
    kept = proof(lab)

    assert kept is None or kept.current, f"`lab verify --record {lab.slug}` proves it again"


def test_a_runbook_names_the_lab_whose_proof_it_leans_on():
    docs = COURSE.root / "docs"
    for path in (docs / "runbooks").glob("*.md"):
        if path.stem == "index":
            continue
        named = about_of(COURSE, f"runbooks/{path.stem}/", path).lab
        assert re.search(rf"\(\.\./{named}\.md", path.read_text(encoding="utf-8")), path


def test_the_course_has_one_version():
    project = tomllib.loads((COURSE.root / "pyproject.toml").read_text(encoding="utf-8"))
    config = (COURSE.root / "mkdocs.yml").read_text(encoding="utf-8")

    assert f"version_of_course: {project['project']['version']}\n" in config
