"""The steps, in order, and what can go wrong with the disk below all of them."""

import contextlib
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from labs.kit.setup import npm, packages, tools, uv
from labs.kit.setup.screen import Screen
from labs.kit.site import build
from labs.kit.trouble import Trouble

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / ".cache"
PYTHON = ROOT / ".venv" / "bin" / "python"


def start() -> None:
    """Set up what is missing, and become the server."""
    with alone():
        screen = Screen(6)
        common(screen, development=False)
        with screen.step("Site"):
            if build.fresh():
                screen.found("as it was")
            else:
                screen.run([str(PYTHON), "-m", "labs.kit.site.build"], "The site was not built")
        with screen.step("Server"):
            pass
    # This process, not a child of it: then a Ctrl-C has one place to go.
    os.execv(PYTHON, [str(PYTHON), "-m", "labs.kit.site.serve"])


def ready() -> None:
    """Set up what the tests need."""
    with alone():
        common(Screen(4), development=True)


def common(screen: Screen, *, development: bool) -> None:
    with screen.step("uv"):
        program = uv.find_or_bring(screen, CACHE / "uv")
    with screen.step("Python packages"):
        packages.sync(screen, program, ROOT, development=development)
    with screen.step("JavaScript packages"):
        npm.find_or_bring(screen, ROOT)
    with screen.step("Prometheus and Alertmanager"):
        tools.find_or_bring(screen, CACHE / "tools")


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time, on a disk that can be written to."""
    try:
        CACHE.mkdir(exist_ok=True)
        with (CACHE / "setup.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another set-up is at work here; this one waits for it.", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
            # The system frees the lock when this process ends, however it ends.
            lock.write(str(os.getpid()))
            lock.flush()
            sweep()
            yield
    except OSError as wrong:
        raise Trouble(unwritable(wrong)) from None


def sweep() -> None:
    """What a killed set-up was making. Nobody makes it now: we are alone."""
    left = [*CACHE.glob("site-*"), *CACHE.glob("tools-*"), *ROOT.glob("docs/assets/.npm-*")]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)


def unwritable(wrong: OSError) -> str:
    if wrong.errno in (errno.ENOSPC, errno.EDQUOT):
        free = shutil.disk_usage(ROOT).free >> 20
        return (
            f"The disk that holds {ROOT} is full: {free} MB are free. "
            "Free some; `make start` then goes on from here."
        )
    if wrong.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            f"{wrong.filename or ROOT} cannot be written: {wrong.strerror}. "
            "Clone Ground School to a folder that is yours."
        )
    print(f"{type(wrong).__name__} under {sys.version.split()[0]}", file=sys.stderr)
    return f"{wrong.strerror}: {wrong.filename or ROOT}."
