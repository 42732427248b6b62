"""What `make start` and `make ready` do before anything is installed, with a uv that is ours."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from watching import alive

from labs.kit.setup import packages, steps
from labs.kit.trouble import Trouble

KIT = Path(steps.__file__).parents[1]
UV = """#!/bin/sh
test "$1" = --version && exec echo "uv 99.0.0"
echo "$@" >> asked
mkdir -p .venv/bin && ln -sf "$REAL_PYTHON" .venv/bin/python
test -p waits || exit 0
echo $$ > waits
exec sleep 600
"""


@pytest.fixture
def clone(tmp_path):
    """A folder with the kit in it; all else that a set-up needs is there, and does nothing."""
    root, programs = tmp_path / "ground school", tmp_path / "bin"
    shutil.copytree(KIT, root / "labs/kit", ignore=shutil.ignore_patterns("__pycache__"))
    programs.mkdir()
    for name in ("uv", "prometheus", "promtool", "alertmanager", "amtool"):
        (programs / name).write_text(UV, encoding="utf-8")
        (programs / name).chmod(0o755)
    return root


@pytest.fixture
def ready(clone):
    def start():
        path = f"{clone.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.Popen(
            [sys.executable, "-m", "labs.kit.setup", "ready"],
            cwd=clone,
            env=os.environ | {"PATH": path, "REAL_PYTHON": sys.executable},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    return start


def asked(clone):
    return (clone / "asked").read_text(encoding="utf-8").splitlines()


def test_an_interrupted_set_up_leaves_nothing_running_and_goes_on_the_next_time(clone, ready):
    os.mkfifo(clone / "waits")
    first = ready()
    uv = int((clone / "waits").read_text())

    os.killpg(first.pid, signal.SIGINT)
    said = first.communicate()[0]
    (clone / "waits").unlink()
    second = ready()
    said_then = second.communicate()[0]

    assert first.returncode == 1
    assert said.endswith("\nStopped. `make start` goes on from here.\n")
    assert "Traceback" not in said
    assert not alive(uv)
    assert second.returncode == 0, said_then
    assert [line.count("--reinstall") for line in asked(clone)] == [0, 1]


def test_a_set_up_that_came_to_its_end_installs_nothing_again(clone, ready):
    for _ in range(2):
        assert ready().wait() == 0

    assert not any("--reinstall" in line for line in asked(clone))


def test_a_server_that_is_gone_from_its_package_is_noticed(tmp_path):
    package = tmp_path / "lib/python3.11/site-packages/envoy"
    (package / "_bin").mkdir(parents=True)

    assert not packages.whole(tmp_path)
    (package / "_bin/envoy").touch()
    assert packages.whole(tmp_path)


def test_a_disk_without_room_is_one_sentence_before_anything_is_brought(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "NEEDED_MB", 1 << 40)

    with pytest.raises(Trouble, match=r"MB free; the first start needs \d+\. Free some of it\."):
        packages.assert_room(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "is full: "), (errno.EROFS, "cannot be written: Read-only file system.")],
)
def test_a_disk_that_takes_nothing_is_one_sentence(monkeypatch, tmp_path, number, words):
    monkeypatch.setattr(steps, "CACHE", tmp_path)

    with pytest.raises(Trouble) as trouble, steps.alone():
        raise OSError(number, os.strerror(number), str(tmp_path / "uv"))

    assert words in str(trouble.value)
    assert "\n" not in str(trouble.value)
