"""Files of the site that are made, not written: each maker says what they hold.

They stand in `docs/`, ignored by git, so that MkDocs and Zensical copy them as they copy images.
"""

import contextlib
import logging
import os
import tempfile
from importlib import import_module
from pathlib import Path

from labs.kit.trouble import Trouble

# `--strict` counts its warnings, see `page`.
LOG = logging.getLogger("mkdocs.ground_school")
# Modules with a function `files(course)`: pairs of a path below docs/ and its text.
MAKERS: tuple[str, ...] = ("labs.kit.site.exercises", "labs.kit.site.permanent", "labs.kit.site.feed")
# What was made the last time, a path a line: what is not made any more is removed.
LIST = "assets/made/list.txt"


def make(root: Path) -> None:
    """Write those that differ, and remove what nothing makes any more."""
    from labs.kit.course import Course

    docs, course, kept = root / "docs", Course(root), set()
    for maker in MAKERS:
        try:
            for path, text in import_module(maker).files(course):
                kept.add(docs / path)
                write(docs / path, text.encode())
        except Trouble as trouble:
            LOG.warning("%s", trouble)
    before = docs / LIST
    names = before.read_text(encoding="utf-8").splitlines() if before.exists() else []
    for left in {docs / name for name in names} - kept:
        left.unlink(missing_ok=True)
    listed = sorted(path.relative_to(docs).as_posix() for path in kept)
    write(before, "".join(f"{name}\n" for name in listed).encode())


def write(path: Path, content: bytes) -> None:
    """Whole or not at all, and not when it is so already: a server that watches would reload."""
    with contextlib.suppress(OSError):
        if path.read_bytes() == content:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, making = tempfile.mkstemp(dir=path.parent, prefix=".making-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.chmod(making, 0o644)
    os.replace(making, path)
