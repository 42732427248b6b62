"""`kill -9` of whoever started servers, at random moments. `make orphans` does it 100 times."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import orphans
import pytest
import watching
from watching import alive, until

from labs.kit.stack import Postgres
from labs.kit.stack.initdb import programs, template

stack_folder = watching.stack_folder

LONG = os.environ.get("GROUND_SCHOOL_LONG") == "1"
KILLS = 20 if LONG else 2  # of every scene
SEED = int(os.environ.get("GROUND_SCHOOL_SEED") or random.SystemRandom().randrange(10**6))


@pytest.fixture(scope="session", autouse=True)
def warm(pytestconfig: pytest.Config) -> None:
    """What is made once only is made before, or every kill would fall on it."""
    if reporter := pytestconfig.pluginmanager.get_plugin("terminalreporter"):
        reporter.write_line(f"GROUND_SCHOOL_SEED={SEED}")
    programs()
    template()


def test_whatever_works_in_a_folder_is_found(stack_folder: Path):
    with Postgres() as db, db.connect() as connection:
        session = connection.info.backend_pid

        assert {db.pid, session} <= set(orphans.left(stack_folder))


@pytest.mark.parametrize("kill", range(KILLS))
@pytest.mark.parametrize("scene", orphans.SCENES)
def test_nothing_outlives_an_owner_that_is_killed(scene: str, kill: int, stack_folder: Path):
    delay = random.Random(f"{SEED} {scene} {kill}").uniform(0, 0.6)

    with killed(scene, stack_folder, after=delay) as owner:
        pids = told(owner, "pid")

        gone = until(lambda: not orphans.left(stack_folder) and not any(map(alive, pids)))

    assert gone, (
        f"{orphans.left(stack_folder)} outlived {scene}, which was killed after {delay:.3f} s. "
        f"GROUND_SCHOOL_SEED={SEED} does it again."
    )


@pytest.mark.parametrize("scene", orphans.SCENES)
def test_nothing_is_left_on_the_disk_by_an_owner_that_is_killed(scene: str, stack_folder: Path):
    with killed(scene, stack_folder, after=0.2):
        until(lambda: not orphans.left(stack_folder))

    assert list(stack_folder.iterdir()) == []


@pytest.mark.parametrize("scene", ["launching", "a thread"])
def test_nothing_outlives_ctrl_c(scene: str, stack_folder: Path):
    with killed(scene, stack_folder, after=0.15, by=signal.SIGINT):
        gone = until(lambda: not orphans.left(stack_folder))

    assert gone
    assert list(stack_folder.iterdir()) == []


@contextlib.contextmanager
def killed(
    scene: str, stack_folder: Path, *, after: float, by: signal.Signals = signal.SIGKILL
) -> Iterator[list[str]]:
    """What an owner had said when it was killed; its own children end with the block."""
    with tempfile.NamedTemporaryFile(dir="/tmp") as words:
        owner = subprocess.Popen(
            [sys.executable, orphans.__file__, scene],
            stdout=words,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(stack_folder)},
        )
        assert until(lambda: "ready" in Path(words.name).read_text().split())
        # Not for luck: the moment is what is random.
        time.sleep(after)
        owner.send_signal(by)
        owner.wait(timeout=60)
        said = Path(words.name).read_text().splitlines()
    try:
        yield said
    finally:
        for child in told(said, "child"):
            os.kill(child, signal.SIGKILL)


def told(said: list[str], what: str) -> list[int]:
    return [int(line.split()[1]) for line in said if line.startswith(what)]
