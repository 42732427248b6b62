"""Find and end the processes that an answer left behind, wherever they hid.

Every process that a run starts inherits a mark in its environment; a server's guard takes the mark
off, because guards end their servers themselves, and gently.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

MARK = "GROUND_SCHOOL_RUN"


def end(mark, looks=1):
    """Kill every process with this mark, until as many looks in a row have found none.

    A process that was being started when its parent was killed shows its mark a moment later.
    """
    quiet = 0
    while quiet < looks:
        found = find(mark)
        for process in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
        quiet = 0 if found else quiet + 1
        if quiet < looks:
            time.sleep(0.01)


def find(mark):
    wanted = f"{MARK}={mark}"
    return in_proc(wanted.encode()) if sys.platform == "linux" else in_ps(wanted)


def in_proc(wanted):
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                if wanted in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
    return found


def in_ps(wanted):
    """macOS shows a process's environment to its owner through `ps -E`."""
    shown = subprocess.run(["ps", "-axEww", "-o", "pid=,command="], capture_output=True, text=True)
    lines = (line.split() for line in shown.stdout.splitlines())
    return [int(words[0]) for words in lines if wanted in words]
