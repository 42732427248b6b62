"""A folder for what is expensive to make, which nobody else on the machine can tamper with."""

import atexit
import contextlib
import functools
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from pwd import struct_passwd

from labs.kit.stack.server import NotReady, unwritable


def cached(name: str, make: Callable[[Path], None], *, owner: struct_passwd | None = None) -> Path:
    """The folder of this name, made first if it is not there.

    It is made beside its place and renamed, so that it is whole or absent, whoever else makes it
    at the same time. `owner` is who it belongs to, if not us.
    """
    place = root() / name
    expected = os.geteuid() if owner is None else owner.pw_uid
    if trusted(place, expected):
        return place
    try:
        making = Path(tempfile.mkdtemp(prefix="making-", dir=root()))
        try:
            if owner is not None:
                os.chown(making, owner.pw_uid, owner.pw_gid)
            make(making)
            # Somebody else may have been faster, and what they made is as good.
            with contextlib.suppress(OSError):
                making.rename(place)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise NotReady(unwritable(name, error)) from error
    if not trusted(place, expected):
        raise NotReady(f"{place} is in the way: somebody else can write to it. Remove it.")
    return place


@functools.cache
def root() -> Path:
    """Where the machine keeps caches; where that cannot be trusted, a folder for this process."""
    if os.geteuid() == 0:
        # PostgreSQL then runs as somebody else, who has to reach it.
        place, mode = Path("/var/cache/ground-school"), 0o755
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        place, mode = home / "ground-school", 0o700
    with contextlib.suppress(OSError):
        place.mkdir(mode=mode, parents=True, exist_ok=True)
    if trusted(place, os.geteuid()) and os.access(place, os.W_OK):
        return place
    return temporary(mode)


def temporary(mode: int) -> Path:
    place = Path(tempfile.mkdtemp(prefix="ground-school-"))
    place.chmod(mode)
    atexit.register(forget, place, os.getpid())
    return place


def forget(place: Path, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(place, ignore_errors=True)


def trusted(place: Path, owner: int) -> bool:
    """A real folder, its owner's, which nobody else may write to."""
    try:
        found = place.lstat()
    except OSError:
        return False
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & others
