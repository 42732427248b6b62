"""`lab new`: what an author begins from, and what it says of itself."""

import json
import subprocess
import sys
import tomllib

import nbformat
import pytest

from labs.kit.course import ROOT, TRACKS, Course
from labs.kit.new import with_page
from labs.kit.verify import verify

SLUG = "oncall/handover"


def tree(course):
    return {
        path: path.read_bytes()
        for path in course.root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_it_writes_the_three_parts_and_the_line_of_navigation(lab, small):
    ran = lab("new", SLUG)

    assert ran.status == 0
    for part in ("docs/oncall/handover.md", "notebooks/oncall/handover.ipynb", "mkdocs.yml"):
        assert f"  {part}\n" in ran.out
    assert SLUG in small.slugs
    assert "  - oncall/handover.md\n" in (small.root / "mkdocs.yml").read_text(encoding="utf-8")
    nbformat.validate(
        json.loads((small.root / "notebooks/oncall/handover.ipynb").read_text(encoding="utf-8"))
    )


def test_it_says_that_it_teaches_nothing_yet_and_what_says_more(lab):
    ran = lab("new", SLUG)

    assert "It teaches nothing yet" in ran.out
    assert ran.out.endswith(f"Next: `lab verify {SLUG}` says what is missing.\n")


@pytest.mark.parametrize("kind", ["py", "sql", "yaml"])
def test_what_it_writes_keeps_no_promise_until_the_work_is_done(lab, small, kind):
    lab("new", SLUG, "--kind", kind)

    report = verify(small, [SLUG])

    said = report.text()
    assert not report.ok
    assert "solution must pass" in said
    assert "mistakes has 0; 3 is the least" in said
    assert "alternatives is empty" in said
    assert "1 exercises; a lab has 2 to 4" in said


def test_the_other_labs_are_as_proven_as_before(lab, small):
    lab("new", SLUG)

    assert verify(small, ["networking/doubling"]).ok


def test_an_exercise_is_added_to_a_lab_that_is_there(lab, small):
    ran = lab("new", "networking/doubling", "--exercise", "thrice", "--kind", "sql")

    assert ran.status == 0
    assert [e.name for e in small.lab("networking/doubling").exercises][-1] == "thrice"
    assert small.exercise("networking/doubling/thrice").starter.suffix == ".sql"
    assert "`%exercise networking/doubling/thrice`" in ran.out


REFUSED = {
    "an unknown track": (["networkng/x"], ", ".join(TRACKS)),
    "no name": (["networking"], "does not name a lab"),
    "three parts": (["networking/a/b"], "does not name a lab"),
    "capitals": (["networking/Retries"], "small letters"),
    "dots": (["networking/.."], "small letters"),
    "a lab that is there": (["networking/doubling"], "exists, and is left as it is"),
    "an exercise that is there": (
        ["networking/doubling", "--exercise", "twice"],
        "exists, and is left as it is",
    ),
    "no name of an exercise": ([SLUG, "--exercise", "../x"], "is no name"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(lab, small, words, said):
    before = tree(small)

    ran = lab("new", *words)

    assert ran.status == 2
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert tree(small) == before


def test_a_page_that_is_there_is_not_overwritten(lab, small):
    page = small.root / "docs/oncall/handover.md"
    page.parent.mkdir()
    page.write_text("somebody's", encoding="utf-8")
    before = tree(small)

    ran = lab("new", SLUG)

    assert ran.status == 2
    assert f"{page} exists, and is left as it is." in ran.err
    assert tree(small) == before


NAVIGATIONS = {
    "below its track's others": (
        "nav:\n  - Labs:\n      - On call:\n          - oncall/first-page.md\n  - Help: help.md\n",
        "          - oncall/first-page.md\n          - oncall/handover.md\n  - Help",
    ),
    "below its track's heading": (
        "nav:\n  - Labs:\n      - On call: []\n      - Shipping: []\n  - Help: help.md\n",
        "      - On call:\n          - oncall/handover.md\n      - Shipping: []\n",
    ),
    "at the end": (
        "nav:\n  - index.md\n  - Help: help.md\nplugins:\n  - search\n",
        "  - Help: help.md\n  - oncall/handover.md\nplugins:\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), NAVIGATIONS.values(), ids=NAVIGATIONS)
def test_the_line_of_navigation_stands(tmp_path, before, after):
    (tmp_path / "mkdocs.yml").write_text(before, encoding="utf-8")

    assert after in with_page(tmp_path / "mkdocs.yml", "oncall", SLUG)


@pytest.mark.parametrize("track", TRACKS)
def test_the_courses_own_navigation_has_a_place_for_every_track(track):
    nav = ROOT / "mkdocs.yml"

    text = with_page(nav, track, f"{track}/new-one").splitlines()

    place = text.index(f"          - {track}/new-one.md")
    assert text[place - 1].strip().replace(" ", "").lower().startswith(f"-{track}")


def test_facts_are_read_back_as_they_were_written(lab, small):
    lab("new", SLUG, "--exercise", "tell-the-next")

    facts = tomllib.loads((small.root / f"labs/{SLUG}/lab.toml").read_text(encoding="utf-8"))

    assert facts["exercises"] == ["tell-the-next"]
    assert Course(small.root).lab(SLUG).title == "TODO: Handover"


def test_the_site_can_still_be_built(lab, small):
    lab("new", SLUG)
    markdown = (
        "import sys, markdown; from pathlib import Path; "
        "from labs.kit.site.extension import CourseExtension; "
        "ours = CourseExtension(root=sys.argv[1]); "
        "print(markdown.markdown(Path(sys.argv[2]).read_text(), extensions=[ours]))"
    )
    page = small.root / f"docs/{SLUG}.md"

    built = subprocess.run(
        [sys.executable, "-c", markdown, str(small.root), str(page)], capture_output=True, text=True
    )

    assert built.returncode == 0, built.stderr
    assert 'class="exercise"' in built.stdout
    assert "fault" not in built.stdout
