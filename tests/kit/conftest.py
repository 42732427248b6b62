"""What tests of the faces share: a small course of one's own, and the command pointed at it."""

import os
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest
from faces import HINTS, SMALL, TWICE, answered

from labs.kit import cli
from labs.kit.course import Course
from labs.kit.work import Work


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The small course, in a folder with a space in its name, for this test alone."""
    root = tmp_path / "a course"
    shutil.copytree(SMALL, root)
    (root / "labs" / TWICE / "hints.md").write_text(HINTS, encoding="utf-8")
    monkeypatch.setenv("GROUND_SCHOOL_ROOT", str(root))
    monkeypatch.delenv("GROUND_SCHOOL_WORK", raising=False)
    return Course(root)


@pytest.fixture
def twice(small):
    return small.exercise(TWICE)


@pytest.fixture
def mine(small, twice):
    """Where the learner's answer to `twice` is."""
    return Work(small).path(twice)


@pytest.fixture
def lab(small, capsys):
    """`lab("check", "twice")`: the command in this process; its status, stdout and stderr."""

    def run(*words):
        capsys.readouterr()
        try:
            status = cli.main(list(words))
        except SystemExit as ended:
            status = ended.code
        printed = capsys.readouterr()
        return SimpleNamespace(status=status, out=printed.out, err=printed.err)

    return run


@pytest.fixture
def command(small):
    """The same as a process of its own, for what depends on being one."""

    def start(*words, **options):
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        environment = os.environ | {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
        return subprocess.Popen(
            [sys.executable, "-m", "labs.kit.cli", *words],
            **given | {"env": environment, "stdin": subprocess.DEVNULL} | options,
        )

    return start


@pytest.fixture
def answer(mine):
    return lambda body: answered(mine, body)
