"""Builds the site when something that it is made of has changed. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SITE = ROOT / "site"
STAMP = ROOT / ".cache" / "site.stamp"
SOURCES = (
    "mkdocs.yml", "uv.lock", "package-lock.json", "links.toml", "docs", "overrides", "labs",
)  # fmt: skip
# What a build makes of them, or `make ready` brings, in docs/: see .gitignore.
MADE = ("docs/go", "docs/assets/made", "docs/assets/npm", "docs/links.json", "docs/pages.json")


def fresh() -> bool:
    """Is the site what its sources say?"""
    try:
        return (SITE / "index.html").is_file() and STAMP.read_text() == stamp()
    except OSError:
        return False


def stamp() -> str:
    """Another one when a source was added, removed or changed."""
    seen = hashlib.sha256()
    for path in sources():
        found = path.stat()
        seen.update(f"{path.relative_to(ROOT)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def sources() -> Iterator[Path]:
    for name in SOURCES:
        for folder, folders, files in os.walk(ROOT / name):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            paths = [Path(folder, file) for file in sorted(files)]
            yield from (path for path in paths if not made(path))
        if (ROOT / name).is_file():
            yield ROOT / name


def made(path: Path) -> bool:
    place = path.relative_to(ROOT)
    return any(place.is_relative_to(folder) for folder in MADE)


def build() -> int:
    """Made beside its place and then exchanged, so that nobody is ever served half of it."""
    made_of = stamp()
    making = Path(tempfile.mkdtemp(prefix="site-", dir=STAMP.parent))
    environment = os.environ | {
        "NO_MKDOCS_2_WARNING": "1",
        "MPLCONFIGDIR": str(STAMP.parent / "matplotlib"),
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(making / "new")]
    try:
        status = subprocess.run(command, cwd=ROOT, env=environment).returncode
        if status == 0:
            STAMP.unlink(missing_ok=True)
            if SITE.exists():
                SITE.rename(making / "old")
            (making / "new").rename(SITE)
            STAMP.write_text(made_of)
        return status
    finally:
        shutil.rmtree(making, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(build())
