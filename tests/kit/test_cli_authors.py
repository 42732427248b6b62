"""`lab run`, `lab verify` and `lab open --notebook`."""

import json
import os
import webbrowser

import pytest
from faces import TWICE

from labs.kit.cli.jupyter import address
from labs.kit.work import Work

EXPERIMENT = '''"""What adding does to a number.

More words.
"""


def measure():
    return {"sum": 2}


def report(data):
    return f"1 + 1 = {data['sum']}"


def holds(data):
    assert data["sum"] == 2, "The sum is another one."
'''


@pytest.fixture
def adding(small):
    path = small.root / "labs/networking/doubling/experiments/adding.py"
    path.parent.mkdir()
    path.write_text(EXPERIMENT, encoding="utf-8")
    return path


def test_run_lists_the_experiments_of_a_lab(lab, adding):
    ran = lab("run", "doubling")

    assert ran.status == 0
    assert ran.out == "lab run networking/doubling adding\n    What adding does to a number.\n"


def test_run_prints_what_an_experiment_reports_and_records_nothing(lab, adding):
    ran = lab("run", "doubling", "adding")

    assert (ran.status, ran.out) == (0, "1 + 1 = 2\n")
    assert not adding.with_suffix(".json").exists()


def test_run_records_when_it_is_told_to(lab, adding):
    ran = lab("run", "doubling", "adding", "--record")

    recorded = json.loads(adding.with_suffix(".json").read_text(encoding="utf-8"))
    assert ran.status == 0
    assert recorded["data"] == {"sum": 2}


def test_a_run_that_does_not_hold_is_not_recorded(lab, adding):
    adding.write_text(EXPERIMENT.replace('{"sum": 2}', '{"sum": 3}'), encoding="utf-8")

    ran = lab("run", "doubling", "adding", "--record")

    assert (ran.status, ran.out) == (1, "Not recorded. The sum is another one.\n")
    assert not adding.with_suffix(".json").exists()


def test_an_unknown_experiment_gets_the_nearest(lab, adding):
    ran = lab("run", "doubling", "ading")

    assert ran.status == 2
    assert "The nearest is `networking/doubling/adding`" in ran.err


def test_a_lab_without_experiments_says_so(lab):
    assert lab("run", "doubling").err == "networking/doubling has no experiments.\n"


def test_verify_proves_a_lab_and_says_so_in_json(lab, small):
    hints = small.root / "labs" / TWICE / "hints.md"
    hints.write_text("What is added?\n", encoding="utf-8")

    ran = lab("verify", "doubling", "--json")

    data = json.loads(ran.out)
    assert ran.status == 0
    assert [each["lab"] for each in data["labs"]] == ["networking/doubling"]
    assert data["total"]["exercises"] == 2


def test_verify_ends_with_one_where_a_promise_is_not_kept(lab, small):
    (small.root / "labs" / TWICE / "solution.py").unlink()

    ran = lab("verify")

    assert ran.status == 1
    assert "has no solution.* file" in ran.out


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    """Where Jupyter's servers say that they run."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "runtime").mkdir()
    return tmp_path / "runtime"


def running(runtime, root):
    facts = {
        "pid": os.getpid(),
        "url": "http://127.0.0.1:4321/",
        "root_dir": str(root),
        "token": "t",
    }
    (runtime / "jpserver-1.json").write_text(json.dumps(facts), encoding="utf-8")


def test_a_notebook_opens_on_the_server_whose_folder_holds_it(lab, small, runtime, monkeypatch):
    running(runtime, Work(small).folder)
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda place: opened.append(place) or True)

    ran = lab("open", "doubling", "--notebook")

    assert ran.status == 0
    assert opened == ["http://127.0.0.1:4321/lab/tree/networking/doubling.ipynb?token=t"]


def test_where_no_server_runs_the_command_that_starts_one_is_named(lab, runtime):
    ran = lab("open", TWICE, "--notebook")

    assert ran.status == 2
    assert "`make start` starts one" in ran.err


def test_a_server_of_another_folder_is_not_ours(small, runtime, tmp_path):
    running(runtime, tmp_path / "elsewhere")

    assert address(Work(small).folder / "x.ipynb") is None


def test_a_notebook_that_jupyter_cannot_open_is_one_sentence(lab, small, runtime):
    path = Work(small).notebook(small.lab("networking/doubling"))
    path.parent.mkdir(parents=True)
    path.write_text("{", encoding="utf-8")

    ran = lab("open", "doubling", "--notebook")

    assert ran.status == 2
    assert "is not a notebook: it is not JSON" in ran.err
    assert path.read_text(encoding="utf-8") == "{"
