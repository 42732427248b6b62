"""Paths as data, and the terminal's way along one."""

import pytest
from faces import RIGHT, SQUARE, TWICE

from labs.kit.course import Course
from labs.kit.paths import path, paths
from labs.kit.trouble import NotInCourse

FIRST = """\
[first-week]
reader = "You are new."
labs = ["networking/doubling"]
afterwards = ["Double a number."]
"""


@pytest.fixture
def written(small):
    """Writes the small course's paths."""

    def write(text):
        (small.root / "labs" / "paths.toml").write_text(text, encoding="utf-8")
        return Course(small.root)

    return write


def test_a_course_without_the_file_has_no_paths(small):
    assert paths(small) == []


def test_a_title_is_the_heading_of_its_page(written):
    course = written(FIRST)
    page = course.root / "docs" / "paths" / "first-week.md"
    page.parent.mkdir()
    page.write_text("# The first week\n", encoding="utf-8")

    assert path(course, "first-week").title == "The first week"


def test_minutes_and_exercises_are_those_of_the_labs(written):
    course = written(FIRST)

    found = path(course, "first-week")

    assert found.minutes == course.lab("networking/doubling").minutes
    assert [exercise.slug for exercise in found.exercises] == [TWICE, SQUARE]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("networking/doubling", "networking/dubling"), "The nearest is `networking/doubling`."),
        (('["networking/doubling"]', "[]"), "`labs` is a list of labs, each once; it is []."),
        (('reader = "You are new."\n', ""), "`reader` is text; it is missing."),
        (("reader", "readers"), "`reader` is text; it is missing."),
        (("[first-week]", "[first-week]\nowner = 'x'"), "`owner` is not a field."),
        (("[first-week]", "title = 'x'\n[first-week]"), "`title` is not in a table."),
        (("[first-week]", "[first-week"), "cannot be read:"),
    ],
)
def test_what_is_wrong_in_the_file_is_one_sentence_with_its_place(written, change, sentence):
    course = written(FIRST.replace(*change))

    with pytest.raises(NotInCourse) as raised:
        paths(course)

    assert sentence in str(raised.value)
    assert "paths.toml" in str(raised.value)


def test_the_terminal_lists_paths_with_their_minutes_and_how_far_one_is(lab, written, answer):
    minutes = path(written(FIRST), "first-week").minutes
    answer(RIGHT)
    lab("check", TWICE)

    ran = lab("paths")

    assert ran.status == 0
    assert f"first-week           {minutes:3} min    1/2" in ran.out


def test_the_terminal_shows_a_path_in_its_order_with_what_is_next(lab, written, answer):
    written(FIRST)
    answer(RIGHT)
    lab("check", TWICE)

    ran = lab("list", "--path", "first-week")

    assert ran.status == 0
    assert "You are new." in ran.out
    assert "✓ twice" in ran.out
    assert "· square  ← next" in ran.out
    assert ran.out.endswith(f"Next: `lab watch {SQUARE}`\n")


def test_an_unknown_path_gets_the_nearest(lab, written):
    written(FIRST)

    ran = lab("list", "--path", "first-weak")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "There is no path `first-weak`. The nearest is `first-week`.\n"
