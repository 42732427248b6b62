"""Paths: made of labs that exist, in an order that can be followed."""

import pytest

from labs.kit.course import Course
from labs.kit.paths import paths

COURSE = Course()
PATHS = paths(COURSE)
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.slug)


def test_there_is_a_path_for_each_of_six_roles():
    assert {path.slug for path in PATHS} == {
        "first-week",
        "before-on-call",
        "infrastructure",
        "reliability",
        "incident-commander",
        "from-a-runbook",
    }


@each
def test_a_path_leads_through_labs_that_have_a_page(path):
    assert path.labs
    assert all(lab.page.exists() for lab in path.labs)


@each
def test_what_a_lab_builds_on_comes_before_it(path):
    slugs = [lab.slug for lab in path.labs]

    for place, lab in enumerate(path.labs):
        assert set(lab.prerequisites) & set(slugs) <= set(slugs[:place]), lab.slug


@each
def test_a_path_has_a_page_that_shows_it(path):
    text = path.page.read_text(encoding="utf-8")

    assert path.title != path.slug
    assert f"\n```path\n{path.slug}\n```\n" in text


@each
def test_a_path_says_in_sentences_what_one_can_do_afterwards(path):
    assert 2 <= len(path.afterwards) <= 5
    assert all(sentence.endswith(".") for sentence in [path.reader, *path.afterwards])


def test_a_page_of_a_path_has_its_path():
    pages = {page.stem for page in (COURSE.root / "docs" / "paths").glob("*.md")}

    assert pages - {"index"} == {path.slug for path in PATHS}


def test_every_lab_is_on_a_path():
    assert {lab.slug for path in PATHS for lab in path.labs} == set(COURSE.slugs)
