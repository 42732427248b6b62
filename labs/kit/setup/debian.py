"""Debian's packages without root: downloaded, and unpacked into a folder of ours."""

import tempfile
from pathlib import Path

from labs.kit.setup.screen import Screen
from labs.kit.trouble import Trouble


def unpack(screen: Screen, names: list[str], place: Path) -> None:
    """Put the packages' files below `place`. Nothing is installed, and nothing of theirs is run."""
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        download(screen, names, Path(scratch))
        for package in sorted(Path(scratch).glob("*.deb")):
            screen.at(f"unpacking {package.name}")
            screen.run(["dpkg-deb", "-x", str(package), str(place)], f"{package} did not unpack")


def download(screen: Screen, names: list[str], scratch: Path) -> None:
    # As root, apt would become a user who cannot write here.
    apt = ["apt-get", "-q", "-o", "APT::Sandbox::User=root"]
    failing = f"{' and '.join(names)} could not be downloaded"
    try:
        screen.run([*apt, "download", *names], failing, folder=scratch)
    except Trouble:
        # There are no lists of packages, as in a container, or they are of last month.
        state = scratch / "state"
        (state / "lists" / "partial").mkdir(parents=True)
        (scratch / "cache" / "archives" / "partial").mkdir(parents=True)
        options = {
            "Dir::State::lists": state / "lists",
            "Dir::Cache": scratch / "cache",
            "Debug::NoLocking": "1",
        }
        apt += [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        screen.run([*apt, "update"], f"{failing}: the lists of packages are missing")
        screen.run([*apt, "download", *names], failing, folder=scratch)
