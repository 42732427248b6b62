"""A canary that must fail is reported as failing by every face: a green that means nothing dies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from labs.kit.course import ROOT

SMALL = ROOT / "tests" / "kit" / "course"
WRONG = "def twice(number):\n    return int(number) * 2\n"
TWICE = "networking/doubling/twice"


@pytest.fixture
def canary(tmp_path, monkeypatch):
    """A right course, and a learner whose answer is wrong."""
    shutil.copytree(SMALL, tmp_path / "course")
    work = tmp_path / "work"
    answer = work / f"{TWICE}.py"
    answer.parent.mkdir(parents=True)
    answer.write_text(WRONG)
    monkeypatch.setenv("GROUND_SCHOOL_ROOT", str(tmp_path / "course"))
    monkeypatch.setenv("GROUND_SCHOOL_WORK", str(work))
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path / "course"


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_the_terminal_reports_it(canary):
    ran = run(sys.executable, "-m", "labs.kit.cli", "check", TWICE)

    assert ran.returncode == 1
    assert "✗ A number with a fraction is doubled." in ran.stdout
    assert "The half is lost." in ran.stdout


def test_the_notebook_reports_it(canary):
    cells = [
        nbformat.v4.new_code_cell("%load_ext labs"),
        nbformat.v4.new_code_cell(f"%%check {TWICE}\n{WRONG}"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)

    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()

    shown = [output["data"] for output in notebook.cells[1].outputs if "data" in output]
    assert any(
        "✗" in data["text/plain"] and "The half is lost." in data["text/plain"] for data in shown
    )
    assert any("The half is lost." in data.get("text/html", "") for data in shown)


def test_the_author_is_told(canary):
    mistake = canary / "labs/networking/doubling/twice/mistakes/whole.py"
    mistake.write_text(mistake.read_text().replace("int(number)", "number"))

    ran = run(sys.executable, "-m", "labs.kit.cli", "verify")

    assert ran.returncode == 1
    assert "A mistake must fail." in ran.stdout


def test_ci_reports_it(canary):
    """The contract's own tests, held against a course in which a mistake passes."""
    mistake = canary / "labs/networking/doubling/twice/mistakes/whole.py"
    mistake.write_text(mistake.read_text().replace("int(number)", "number"))
    contract = Path(__file__).parent / "test_exercises.py"

    ran = run(sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", str(contract),
              "-k", "diagnosed_as_itself and twice")  # fmt: skip

    assert ran.returncode == 1, ran.stdout
    assert "1 failed" in ran.stdout


def test_ci_is_green_on_the_course_before_the_canary(canary):
    """Or else the test above could fail for another reason."""
    contract = Path(__file__).parent / "test_exercises.py"

    ran = run(sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", str(contract),
              "-k", "diagnosed_as_itself and twice")  # fmt: skip

    assert os.environ["GROUND_SCHOOL_ROOT"] == str(canary)
    assert ran.returncode == 0, ran.stdout
    assert "1 passed" in ran.stdout
