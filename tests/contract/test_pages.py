"""Lessons and runbooks: what they must hold, and that all that they show was run."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from labs.kit.course import Course
from labs.kit.site.extension import FENCES

ROOT = Course().root
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md"))
RUNBOOKS = [path for path in PAGES if path.parent.name == "runbooks" and path.stem != "index"]
FENCE = re.compile(
    r"^(?P<mark>`{3,}) *(?P<kind>[\w-]*)[^\n]*\n(?P<text>.*?)^(?P=mark)$", re.M | re.S
)
OURS = set(FENCES)
RUN = {"sql", "console"}
WEASEL = re.compile(
    r"\b(simply|just|of course|note that|obviously|easy|easily|please)\b", re.IGNORECASE
)


def name(path):
    return path.relative_to(DOCS).as_posix()


def prose(path):
    """The sentences of a page: what is not code, card, figure or table."""
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(("|", "#", "!!!", "--8<--"))]


def words(text):
    return re.findall(r"[\w'’-]+", re.sub(r"\]\([^)]*\)|https?://\S+", "", text))


def test_a_lesson_can_be_read_in_one_sitting(lab):
    headings = re.findall(r"^## ", lab.page.read_text(encoding="utf-8"), re.M)
    count = sum(len(words(line)) for line in prose(lab.page))

    assert 3 <= len(headings) <= 5
    assert 300 <= count <= 1000


def test_a_lesson_has_a_box_for_an_incident_a_prediction_an_output_and_a_figure(lab):
    text = lab.page.read_text(encoding="utf-8")
    kinds = [match["kind"] for match in FENCE.finditer(text)]

    assert text.index("!!! incident") < text.index("\n## ")
    assert "/runbooks/" in text
    assert {"lab", "prediction", "figure", "output", "exercise"} <= set(kinds)


def test_a_lesson_ends_with_links_to_primary_documentation(lab):
    last = lab.page.read_text(encoding="utf-8").rstrip().splitlines()[-6:]

    assert sum(line.count("](https://") for line in last) >= 2


def test_a_lab_takes_twenty_to_forty_five_minutes_and_says_what_one_can_do_afterwards(lab):
    assert 20 <= lab.minutes <= 45
    assert 2 <= len(lab.objectives) <= 4
    assert set(lab.prerequisites) <= set(Course().slugs)


def test_page_and_notebook_share_no_prose(lab):
    cells = json.loads(lab.notebook.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    said = {line.strip() for line in re.split(r"\n|(?<=[.?]) ", text) if len(words(line)) >= 8}

    assert not said & set(prose(lab.page))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_speaks_plainly(page):
    for line in prose(page):
        bare = re.sub(r"`[^`]*`", "", line)
        assert not WEASEL.search(bare), line
        assert not re.search(r"\w!(\s|$)", bare), line


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_has_one_title(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))

    assert len(re.findall(r"^# ", text, re.M)) == 1


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda path: path.stem)
def test_every_block_of_code_is_one_that_is_run(page):
    """Ours are drawn from runs; `sql` and `console` run below; the rest is included."""
    for match in FENCE.finditer(page.read_text(encoding="utf-8")):
        assert match["kind"] in OURS | RUN or included(match), match[0]


def included(match):
    """It is from a file, which has tests of its own."""
    return match["text"].strip().startswith("--8<--")


def blocks(kind):
    found = {}
    for page in [*PAGES, ROOT / "README.md"]:
        matches = FENCE.finditer(page.read_text(encoding="utf-8"))
        found[page] = [m["text"] for m in matches if m["kind"] == kind and not included(m)]
    return [pytest.param(texts, id=path.stem) for path, texts in found.items() if texts]


@pytest.mark.parametrize("texts", blocks("sql"))
def test_sql_runs_on_an_empty_postgres_in_the_order_of_the_page(texts):
    from labs.kit.stack import Postgres

    with Postgres() as server, server.database() as database:
        for text in texts:
            database.psql(text)


@pytest.fixture
def clone(tmp_path_factory):
    """A copy of the course for commands that write; the kit that runs is this one."""
    folder = tmp_path_factory.mktemp("a clone") / "ground school"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for path in listed.stdout.decode().rstrip("\0").split("\0"):
        if (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    return folder


STAYS = ("watch", "doctor")
"""The first waits for keys; the second tells of this machine. Both have tests of their own."""


@pytest.mark.parametrize("texts", blocks("console"))
def test_lab_commands_do_what_the_page_says(texts, clone):
    """`make start` and `make test` are run by tests of their own, and by CI."""
    commands = [
        line.removeprefix("$ ").removeprefix(".venv/bin/").partition("  #")[0].split()
        for line in "".join(texts).splitlines()
        if line.startswith("$ ")
    ]
    for command in commands:
        if command[0] == "lab" and command[1] not in STAYS:
            ran = in_course([sys.executable, "-m", "labs.kit.cli", *command[1:]], clone)
            assert ran.returncode in (0, 1), (command, ran.stderr)


def in_course(command, clone):
    places = {"GROUND_SCHOOL_ROOT": str(clone), "GROUND_SCHOOL_WORK": str(clone / "work")}
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | places, capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("runbook", RUNBOOKS, ids=name)
def test_a_runbook_answers_on_the_first_screen(runbook):
    """Meaning, first checks as commands, mitigation, and who to call, before anything else."""
    lines = runbook.read_text(encoding="utf-8").splitlines()
    first = "\n".join(lines[:60]).lower()

    places = [first.find(word) for word in ("means", "check", "mitigat", "call")]
    assert -1 not in places
    assert first.count("`") >= 6


def test_every_lab_has_a_runbook_that_leads_back_to_it(lab):
    assert any(f"../{lab.slug}.md" in path.read_text(encoding="utf-8") for path in RUNBOOKS)


def test_every_page_is_in_the_navigation():
    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml, whose Python tags are MkDocs's business."""

    Loader.add_multi_constructor("", lambda loader, tag, node: None)
    nav = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]

    assert set(leaves(nav)) == {name(path) for path in PAGES}


def leaves(nav):
    if isinstance(nav, str):
        return [nav]
    items = nav.values() if isinstance(nav, dict) else nav
    return [leaf for item in items for leaf in leaves(item)]
