"""The process that launches a server, and ends it when its owner is gone."""

import contextlib
import os
import resource
import signal
import subprocess
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from pwd import struct_passwd
from typing import Any, BinaryIO

# A shell, not Python: it adds 1 ms to a start where `python -I -S` adds 19, and is on every system.
SCRIPT = (Path(__file__).parent / "guard.sh").read_text()

# A sandbox finds its strays by this mark in their environment; a server is no stray.
MARK = "GROUND_SCHOOL_RUN"

# The shells' letters for what a sandbox may have limited. Processes are `u` in bash, `p` in dash.
LIMITS = {
    "t": resource.RLIMIT_CPU,
    "f": resource.RLIMIT_FSIZE,
    "d": resource.RLIMIT_DATA,
    "v": resource.RLIMIT_AS,
    "n": resource.RLIMIT_NOFILE,
    "u": resource.RLIMIT_NPROC,
    "p": resource.RLIMIT_NPROC,
}


class Guard:
    """Holds one server, until `end` is called, this object is forgotten, or this process dies."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        log: BinaryIO,
        ending: str,
        grace: float = 10,
        user: struct_passwd | None,
        environment: Mapping[str, str],
    ):
        reading, self.life = lifeline()
        report, reporting = os.pipe()
        self.report = os.fdopen(report, "rb")
        self.ended: int | None = None
        orders = [ending, str(int(grace * 100)), str(folder), limited()]
        try:
            with os.fdopen(reading, "rb") as life, os.fdopen(reporting, "wb") as told:
                self.process = subprocess.Popen(
                    ["/bin/sh", "-c", SCRIPT, "guard", *orders, *command],
                    stdin=life,
                    stdout=told,
                    stderr=log,
                    cwd=folder,
                    **apart(user, environment),
                )
            hurry(self.process.pid)
            self.life.write(b"go\n")
            self.pid = int(self.report.readline() or 0)
        except BaseException:
            # Ctrl-C, for example: a stack trace would hold this object, and so the pipe.
            self.life.close()
            raise
        os.set_blocking(report, False)

    def status(self) -> int | None:
        """None while the server runs, then its exit status, negative for a signal."""
        if self.ended is None and (line := self.report.readline()):
            status = int(line)
            self.ended = 128 - status if status > 128 else status
        if self.ended is None and self.process.poll() is not None:
            self.ended = self.process.returncode or -signal.SIGKILL
        return self.ended

    def end(self, *, keep: bool = False) -> None:
        """Return when the server and its children are gone; its folder too, if not to be kept."""
        if keep:
            self.life.write(b"keep\n")
        self.life.close()
        self.process.wait()
        self.report.close()


def apart(user: struct_passwd | None, environment: Mapping[str, str]) -> dict[str, Any]:
    """What keeps a guard and its server apart from their owner."""
    differently: dict[str, Any] = {
        "env": {name: value for name, value in environment.items() if name != MARK},
        # Away from the terminal's Ctrl-C, and from whoever ends the owner's group.
        "start_new_session": True,
    }
    if user is not None:
        differently |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return differently


def limited() -> str:
    """The letters of the limits that this process could lift, and has not."""
    ranges = {letter: resource.getrlimit(limit) for letter, limit in LIMITS.items()}
    return " ".join(letter for letter, (soft, hard) in ranges.items() if soft != hard)


def hurry(pid: int) -> None:
    """Undo the niceness that a guard got from its owner, where the system lets us."""
    if os.getpriority(os.PRIO_PROCESS, pid) > 0:
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, pid, 0)


# A forked child has copies of these, and would keep every server alive after its owner's death.
lifelines: weakref.WeakSet[BinaryIO] = weakref.WeakSet()
forking = threading.RLock()


def lifeline() -> tuple[int, BinaryIO]:
    """A pipe that ends when this process does: the end to read, and the end to hold."""
    with forking:
        reading, writing = os.pipe()
        life = os.fdopen(writing, "wb", buffering=0)
        lifelines.add(life)
    return reading, life


def cut() -> None:
    for life in list(lifelines):
        life.close()
    forking.release()


os.register_at_fork(before=forking.acquire, after_in_parent=forking.release, after_in_child=cut)
