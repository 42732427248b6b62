"""What tests of servers share: a place for their folders, and eyes for their processes."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def stack_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Where servers of this test put their folders, so that the logs of failures are not left.

    Not below `tmp_path`, which is root's alone, and PostgreSQL does not run as root.
    """
    # pytest makes its own when it is first asked for it, and that is not to be in ours.
    tmp_path_factory.getbasetemp()
    with tempfile.TemporaryDirectory(prefix="stack-", dir="/tmp") as name:
        place = Path(name).resolve()
        place.chmod(0o1777)
        monkeypatch.setattr(tempfile, "tempdir", str(place))
        yield place


def alive(pid: int) -> bool:
    """A zombie is dead; who has to notice is not the guard."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return state.stdout.strip()[:1] not in ("", "Z")


def until(fact: Callable[[], bool], patience: float = 20) -> bool:
    deadline = time.monotonic() + patience
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
