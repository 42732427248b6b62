"""What `lab verify` says of labs that are broken in one way each: the author's experience."""

import json
import shutil
from pathlib import Path

import pytest

from labs.kit.course import Course
from labs.kit.trouble import NotInCourse
from labs.kit.verify import COUNTED, verify

SMALL = Path(__file__).parent / "course"
TWICE = "labs/networking/doubling/twice"


@pytest.fixture
def course(tmp_path):
    shutil.copytree(SMALL, tmp_path / "a course")
    return Course(tmp_path / "a course")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def append(path, text):
    write(path, f"{path.read_text(encoding='utf-8')}\n{text}\n")


BROKEN = {
    "the starter passes": (
        lambda root: edit(root / TWICE / "starter.py", "return number", "return 2 * number"),
        "the starter must fail",
    ),
    "the starter raises": (
        lambda root: edit(root / TWICE / "starter.py", "return number", "return numbr"),
        "it came to error",
    ),
    "an alternative is wrong": (
        lambda root: edit(root / TWICE / "alternatives/add.py", "+", "-"),
        "add must pass. With seed 195: fail at doubles_whole_numbers",
    ),
    "a mistake is right": (
        lambda root: edit(root / TWICE / "mistakes/whole.py", "int(number)", "number"),
        "passes every check. A mistake must fail.",
    ),
    "two mistakes are alike": (
        lambda root: shutil.copy(
            root / TWICE / "mistakes/whole.py", root / TWICE / "mistakes/again.py"
        ),
        "is diagnosed as no mistake",
    ),
    "a mistake says little": (
        lambda root: edit(root / TWICE / "mistakes/whole.py", "\n\n`int` drops", " `int` drops"),
        "its words need three paragraphs",
    ),
    "a mutant survives": (
        lambda root: edit(root / TWICE / "solution.py", "number * 2", "number * 2 + 0 * 7"),
        "no check notices this change to the solution",
    ),
    "a check catches nothing": (
        lambda root: edit(
            root / TWICE / "checks.py",
            "def keeps",
            'def idles(solution):\n    """It is there."""\n    solution.twice\n\n\ndef keeps',
        ),
        "nothing is caught by idles alone",
    ),
    "a check claims nothing": (
        lambda root: edit(root / TWICE / "checks.py", '    """A negative number stays', "    # "),
        "has no docstring to say what it claims",
    ),
    "a check raises": (
        lambda root: edit(root / TWICE / "checks.py", "-8, what", "eight, what"),
        "broken at keeps_the_sign, NameError",
    ),
    "a check needs a typo": (
        lambda root: edit(
            root / TWICE / "checks.py",
            "def keeps_the_sign(solution)",
            "def keeps_the_sign(soluton)",
        ),
        "nothing provides `soluton`",
    ),
    "a file in excess": (
        lambda root: write(root / TWICE / "notes.txt", "?"),
        "notes.txt is in excess",
    ),
    "an exercise that is not listed": (
        lambda root: write(root / "labs/networking/doubling/thrice/starter.py", ""),
        "thrice is not listed under `exercises`",
    ),
    "an exercise that is not there": (
        lambda root: edit(
            root / "labs/networking/doubling/lab.toml", '"twice", ', '"twice", "thrice", '
        ),
        "thrice does not exist, and lab.toml lists it",
    ),
    "no hint": (lambda root: write(root / TWICE / "hints.md", "\n"), "has 0 hints"),
    "no TODO": (
        lambda root: edit(root / TWICE / "starter.py", "  # TODO: twice of it", ""),
        "has no TODO",
    ),
    "no solution": (
        lambda root: (root / TWICE / "solution.py").unlink(),
        "has no solution.* file",
    ),
    "no page": (
        lambda root: (root / "docs/networking/doubling.md").unlink(),
        "doubling.md does not exist. It is the lesson.",
    ),
    "a page that leaves an exercise out": (
        lambda root: edit(
            root / "docs/networking/doubling.md", "networking/doubling/square\n", "\n"
        ),
        "shows networking/doubling/square 0 times",
    ),
    "no line of navigation": (
        lambda root: edit(root / "mkdocs.yml", "  - networking/doubling.md\n", ""),
        "mkdocs.yml has no line for networking/doubling.md",
    ),
    "no notebook": (
        lambda root: (root / "notebooks/networking/doubling.ipynb").unlink(),
        "doubling.ipynb does not exist. It is the bench.",
    ),
    "a notebook that is not JSON": (
        lambda root: write(root / "notebooks/networking/doubling.ipynb", "{"),
        "doubling.ipynb is not a notebook",
    ),
    "a notebook with outputs": (
        lambda root: edit(
            root / "notebooks/networking/doubling.ipynb", '"outputs": []', '"outputs": [{}]'
        ),
        "has outputs in it",
    ),
    "minutes that are no number": (
        lambda root: edit(root / "labs/networking/doubling/lab.toml", "= 20", '= "20"'),
        "`minutes` is a whole number; it is '20'",
    ),
    "exercises that are no names": (
        lambda root: edit(root / "labs/networking/doubling/lab.toml", '"twice"', "1"),
        "`exercises` is a list of folders' names",
    ),
    "an exercise that is listed twice": (
        lambda root: edit(root / "labs/networking/doubling/lab.toml", '"square"', '"twice"'),
        "`exercises` is a list of folders' names, each once",
    ),
    "a time limit that is no number": (
        lambda root: append(root / "labs/networking/doubling/lab.toml", "[seconds]\ntwice = 'x'"),
        "`seconds` is a table of numbers above 0; it is {'twice': 'x'}",
    ),
    "a time limit of no exercise": (
        lambda root: append(root / "labs/networking/doubling/lab.toml", "[seconds]\nthrice = 9"),
        "`seconds` has `thrice`, which is not in `exercises`",
    ),
    "a lab.toml that is not UTF-8": (
        lambda root: (root / "labs/networking/doubling/lab.toml").write_bytes(b"# \xff"),
        "lab.toml is not UTF-8 at byte 2",
    ),
    "a lab.toml that is not TOML": (
        lambda root: edit(root / "labs/networking/doubling/lab.toml", "= 20", "="),
        "lab.toml cannot be read",
    ),
    "a field that is none": (
        lambda root: edit(
            root / "labs/networking/doubling/lab.toml", "minutes", 'title = "x"\nminutes'
        ),
        "`title` is not a field",
    ),
}


@pytest.mark.parametrize(("damage", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_lab_is_told_what_is_wrong(course, damage, words):
    damage(course.root)

    report = verify(course)

    assert not report.ok
    assert words in report.text()


def test_a_right_lab_keeps_every_promise(course):
    report = verify(course)

    assert report.ok, report.text()
    assert "Every promise holds." in report.text()


def test_the_report_is_one_json_object_with_the_numbers_of_each_lab_and_of_all(course):
    data = json.loads(json.dumps(verify(course).as_json()))

    names = {*COUNTED, "seconds"}
    assert names <= data["labs"][0].keys()
    assert names == data["total"].keys()
    assert data["total"]["exercises"] == data["total"]["starters_failing"] == 2
    assert data["total"]["mistakes"] == data["total"]["mistakes_diagnosed"] == 6


def test_a_survivor_that_is_listed_with_a_reason_is_excused_and_still_counted(course):
    edit(course.root / TWICE / "solution.py", "number * 2", "number * 2 + 0 * 7")
    unexcused = verify(course).entries[0].faults
    listed = [fault.rpartition("solution: ")[2].rstrip(".") for fault in unexcused]
    lines = [f'"{name}" = "Nothing is nothing, however often."' for name in listed]
    ledger = course.root / "tests/contract/survivors.toml"
    write(ledger, '["networking/doubling/twice"]\n' + "\n".join(lines))

    report = verify(course)

    assert listed
    assert report.ok, report.text()
    assert report.as_json()["total"]["survivors"] == len(listed)


def test_an_unknown_lab_is_refused_with_the_nearest(course):
    with pytest.raises(NotInCourse, match="The nearest is `networking/doubling`"):
        verify(course, ["networking/dubling"])


def test_a_course_without_labs_keeps_no_promise(tmp_path):
    assert not verify(Course(tmp_path)).ok
