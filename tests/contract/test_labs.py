"""Page, folder and notebook of one another; recorded runs against fresh ones."""

import json
import os
import re
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from labs.kit import experiment as experiments
from labs.kit.course import Course
from labs.kit.layout import faults

ROOT = Course().root
RUNS = [
    f"{lab.slug}/{path.stem}"
    for lab in Course().labs()
    for path in sorted((lab.folder / "experiments").glob("*.py"))
]


def test_page_folder_and_notebook_agree(lab):
    assert faults(lab) == []


def test_page_and_notebook_show_the_exercises_in_the_order_of_the_lab(lab):
    slugs = [exercise.slug for exercise in lab.exercises]

    page, notebook = (path.read_text(encoding="utf-8") for path in (lab.page, lab.notebook))

    assert re.findall(r"^```exercise\n(\S+)$", page, re.M) == slugs
    assert re.findall(r"%exercise ([\w/-]+)", notebook) == slugs


def test_no_page_or_notebook_is_without_its_lab():
    slugs = set(Course().slugs)
    tracks = {slug.split("/")[0] for slug in slugs}

    pages = {page(path) for track in tracks for path in (ROOT / "docs" / track).glob("*.md")}
    books = {path.parent.name + "/" + path.stem for path in (ROOT / "notebooks").glob("*/*.ipynb")}

    assert pages - {f"{track}/index" for track in tracks} == slugs
    assert books == slugs


def page(path):
    return f"{path.parent.name}/{path.stem}"


def test_content_imports_no_other_content_and_the_kit_imports_none():
    imports = re.compile(r"^\s*(?:from|import) labs\.(?!kit\b)", re.M)
    for path in (ROOT / "labs").rglob("*.py"):
        assert not imports.search(path.read_text(encoding="utf-8")), path


def test_no_file_of_a_lab_hides_a_module_of_the_standard_library(lab):
    """A notebook beside a `queue.py` would import that."""
    stems = {path.stem for path in lab.folder.rglob("*.py")}

    assert not stems & set(sys.stdlib_module_names)


@pytest.mark.parametrize("name", RUNS)
def test_what_the_lesson_says_holds_of_the_recorded_run(name):
    found = experiments.find(name)

    found.holds(found.recorded.data)


@pytest.mark.parametrize("name", RUNS)
def test_what_the_lesson_says_holds_of_a_fresh_run(name):
    found = experiments.find(name)
    data = json.loads(json.dumps(found.measure()))

    found.holds(data)
    assert all(len(line) <= 72 for line in found.report(data).splitlines())


def execute(notebook, work, monkeypatch):
    monkeypatch.setenv("GROUND_SCHOOL_WORK", str(work))
    monkeypatch.setenv("PATH", f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}")  # noqa: PTH120
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    return client.execute(cwd=str(ROOT / "notebooks"))


def test_the_notebook_runs_as_the_learner_gets_it(lab, tmp_path, monkeypatch):
    notebook = nbformat.read(lab.notebook, as_version=4)
    nbformat.validate(notebook)

    execute(notebook, tmp_path, monkeypatch)


def test_the_notebook_runs_with_the_solutions_in_and_every_card_says_pass(
    lab, tmp_path, monkeypatch
):
    notebook = nbformat.read(lab.notebook, as_version=4)
    solutions = {exercise.slug: exercise.solution.text for exercise in lab.exercises}
    checked = []
    for cell in notebook.cells:
        slug = cell.source.removeprefix("%exercise ").strip()
        if slug in solutions:
            cell.source = f"%%check {slug}\n{solutions[slug]}"
            checked.append(cell)

    execute(notebook, tmp_path, monkeypatch)

    assert len(checked) == len(lab.exercises)
    for cell in checked:
        shown = "".join(output["data"]["text/plain"] for output in cell.outputs if "data" in output)
        assert "✓" in shown, shown
        assert "✗" not in shown, shown
