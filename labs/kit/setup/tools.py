"""Prometheus and Alertmanager, which no wheel brings: the system's, or Debian's, unpacked."""

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

from labs.kit.setup.debian import unpack
from labs.kit.setup.screen import Screen
from labs.kit.trouble import Trouble

# Debian's package, by the programs that it has for us; one of them has another name there.
PACKAGES = {
    "prometheus": ["prometheus", "promtool"],
    "prometheus-alertmanager": ["alertmanager", "amtool"],
}
DEBIAN = {"alertmanager": "prometheus-alertmanager"}


def find_or_bring(screen: Screen, place: Path) -> None:
    """Not having them stops nobody: most labs do without, and `lab doctor` says so again."""
    missing = [name for name in PACKAGES if not all(map(on_system, PACKAGES[name]))]
    if all((place / "bin" / p).is_file() for name in missing for p in PACKAGES[name]):
        screen.found("brought before" if missing else "the system's")
        return
    try:
        if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
            raise Trouble(f"missing. {by_hand(missing)}")
        bring(screen, missing, place)
        screen.found("brought")
    except Trouble as trouble:
        screen.found(f"{trouble}\n    The labs that need them wait; the others do not.")


def on_system(program: str) -> bool:
    return any(shutil.which(name) for name in (program, DEBIAN.get(program, program)))


def bring(screen: Screen, names: list[str], place: Path) -> None:
    """Whole or not at all: made beside its place, and renamed."""
    making = Path(tempfile.mkdtemp(prefix="tools-", dir=place.parent))
    try:
        unpack(screen, names, making)
        (making / "bin").mkdir()
        for program in (program for name in names for program in PACKAGES[name]):
            original = f"../usr/bin/{DEBIAN.get(program, program)}"
            (making / "bin" / program).symlink_to(original)
        shutil.rmtree(place, ignore_errors=True)
        making.rename(place)
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(making)


def by_hand(missing: list[str]) -> str:
    if sys.platform == "darwin":
        names = [name.removeprefix("prometheus-") for name in missing]
        return f"`brew install {' '.join(names)}` brings them."
    return "Install prometheus and alertmanager with your system's packages, and put them on PATH."
