"""uv, which installs everything else: the system's if it is new enough, or one of our own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from labs.kit.setup.screen import Screen
from labs.kit.trouble import Trouble

# What the lock file was written with. An older uv may not read it.
LEAST = (0, 13)
PINNED = "uv==0.13.9"

REMEDY = "Install uv by hand (`sudo apt install python3-venv` may be all it needs)."


def find_or_bring(screen: Screen, place: Path) -> str:
    """The program's path."""
    own = place / "bin" / "uv"
    for program in (shutil.which("uv"), str(own)):
        if program and (version := version_of(program)) >= LEAST:
            screen.found(".".join(map(str, version)))
            return program
    screen.at("from PyPI")
    # What an interrupted start left behind is not worth repairing.
    shutil.rmtree(place, ignore_errors=True)
    install(screen, place)
    screen.found(f"brought, {PINNED.partition('==')[2]}")
    return str(own)


def version_of(program: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    number = re.search(r"(\d+)\.(\d+)\.(\d+)", said.stdout)
    return tuple(map(int, number.groups())) if number else ()


def install(screen: Screen, place: Path) -> None:
    """Into an environment of its own, because the system's Python is not ours to change."""
    venv = [sys.executable, "-m", "venv", "--without-pip", str(place)]
    screen.run(venv, f"Python cannot make an environment. {REMEDY}")
    python = str(place / "bin" / "python")
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        pip = pip_of(screen, Path(scratch))
        environment = os.environ | {"PYTHONPATH": pip} if pip else None
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", PINNED]
        screen.run(command, f"uv was not installed. {REMEDY}", environment=environment)


def pip_of(screen: Screen, scratch: Path) -> str:
    """A wheel of pip to run as it lies; Debian keeps it apart from Python, so it may be missing."""
    try:
        import ensurepip

        bundled = Path(ensurepip.__file__).parent / "_bundled"
        folders = [bundled, Path("/usr/share/python-wheels")]
    except ImportError:
        folders = [Path("/usr/share/python-wheels")]
    for folder in folders:
        for wheel in sorted(folder.glob("pip-*.whl")):
            return str(wheel)
    if shutil.which("apt-get") is None:
        raise Trouble(f"This Python has no pip to install uv with. {REMEDY}")
    from labs.kit.setup.debian import unpack

    unpack(screen, ["python3-pip-whl"], scratch)
    return str(next((scratch / "usr" / "share" / "python-wheels").glob("pip-*.whl")))
