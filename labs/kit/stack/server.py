"""What all servers have in common: a folder, a port, a log, being waited for, and being ended."""

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from pwd import struct_passwd
from types import TracebackType
from typing import Self

from labs.kit.stack.guard import Guard
from labs.kit.trouble import Trouble


class NotReady(Trouble):
    """A server could not be started."""


class PortTaken(NotReady):
    """Somebody else was faster; another port may be free."""


class Refused(NotReady):
    """The server has something against its configuration, and said it all: no log is kept."""


class Server:
    """A real server, which answers inside the `with` block and is gone after it.

    A driver says how it is started (`command`) and whether it answers (`answers`). Nothing outlives
    this process, however it ends. `start` and `stop` are for notebooks, where a block is too small.
    """

    name = "server"
    # How long it may take to answer, and to end once it is told so by this signal.
    patience = 30.0
    ending = "TERM"
    grace = 10.0

    def command(self) -> list[str]:
        raise NotImplementedError

    def answers(self) -> bool:
        raise NotImplementedError

    def user(self) -> struct_passwd | None:
        """Who it runs as, if not us."""
        return None

    def environment(self) -> Mapping[str, str]:
        # English and UTC, so that logs read alike everywhere.
        return {**os.environ, "LC_ALL": "C", "TZ": "UTC"}

    def refusal(self, log: str) -> str | None:
        """What it has against its configuration, in its own words, if that is why it ended."""
        return None

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.entered = 0
        self.guard: Guard | None = None

    def __enter__(self) -> Self:
        with self.lock:
            if self.entered == 0:
                self.start()
            self.entered += 1
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self.lock:
            self.entered -= 1
            if self.entered == 0:
                self.stop()

    def start(self) -> Self:
        """Return when it answers."""
        with self.lock:
            if self.guard is None:
                for _ in range(2):
                    try:
                        self.launch()
                        return self
                    except PortTaken:
                        shutil.rmtree(self.folder, ignore_errors=True)
                self.launch()
        return self

    def stop(self) -> None:
        """Return when it is gone, with its folder."""
        guard, self.guard = self.guard, None
        # A forked child has a copy of this object, but the server is its parent's.
        if guard is not None and self.owner == os.getpid():
            guard.end()

    @property
    def pid(self) -> int:
        if self.guard is None:
            raise Trouble(f"{self.name} is not running. It runs inside its `with` block.")
        return self.guard.pid

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return (self.folder / "log.txt").read_text(errors="replace")

    def launch(self) -> None:
        self.owner = os.getpid()
        try:
            place = self.place()
            self.folder = Path(tempfile.mkdtemp(prefix="ground-school-", dir=place)).resolve()
        except OSError as error:
            raise NotReady(unwritable(self.name, error)) from error
        try:
            self.guard = self.guarded()
            self.wait()
        except OSError as error:
            self.give_up(keep=False)
            raise NotReady(unwritable(self.name, error)) from error
        except BaseException as error:
            told = isinstance(error, NotReady) and not isinstance(error, Refused)
            self.give_up(keep=self.guard is not None and told)
            raise

    def place(self) -> str:
        """The temporary folder, or, for who could not use that one, the one for everybody."""
        place = Path(tempfile.gettempdir())
        shared = reachable(place) and place.stat().st_mode & 0o002
        return str(place) if self.user() is None or shared else "/tmp"

    def guarded(self) -> Guard:
        user = self.user()
        with (self.folder / "log.txt").open("xb") as log:
            if user is not None:
                os.chown(self.folder, user.pw_uid, user.pw_gid)
            return Guard(
                self.command(),
                folder=self.folder,
                log=log,
                ending=self.ending,
                grace=self.grace,
                user=user,
                environment=self.environment(),
            )

    def give_up(self, *, keep: bool) -> None:
        guard, self.guard = self.guard, None
        if guard is not None:
            guard.end(keep=keep)
        # The log is kept for who reads the message; what it is about is large, and is not.
        shutil.rmtree(self.folder / "data" if keep else self.folder, ignore_errors=True)

    def wait(self) -> None:
        deadline = time.monotonic() + self.patience
        pause = 0.002
        while not self.reached():
            status = self.guard.status() if self.guard else -signal.SIGKILL
            if status is not None:
                raise self.died(status)
            if time.monotonic() > deadline:
                raise NotReady(
                    f"{self.name} still runs, but has not answered in {self.patience:g} s. "
                    + self.evidence()
                )
            time.sleep(pause)
            pause = min(pause * 1.1, 0.05)

    def reached(self) -> bool:
        try:
            return self.answers()
        except OSError:
            return False

    def died(self, status: int) -> NotReady:
        log = self.log
        if "ddress already in use" in log:
            return PortTaken(f"{self.name} found its port taken. {self.evidence()}")
        if refusal := self.refusal(log):
            return Refused(f"{self.name} refuses its configuration: {refusal}")
        how = f"exited with status {status}"
        if status < 0:
            how = f"was ended by {signal.Signals(-status).name}"
        text = f"{self.name} {how} before it answered. "
        if "No space left on device" in log or shutil.disk_usage(self.folder).free < 1 << 20:
            text += f"The disk that holds {self.folder.parent} is full: free some of it. "
        return NotReady(text + self.evidence())

    def evidence(self) -> str:
        last = self.log.strip().splitlines()[-5:]
        if not last:
            return f"It wrote nothing to its log. {self.where()}"
        return "\n    ".join(["Its log ends with:", *last]) + f"\n{self.where()}"

    def where(self) -> str:
        return f"All of it: {self.folder / 'log.txt'}"


def reachable(place: Path) -> bool:
    """Can everybody get there? What is below /root, for one, is not for `nobody`."""
    return all(each.stat().st_mode & 0o001 for each in [place, *place.resolve().parents])


def unwritable(name: str, error: OSError) -> str:
    place = error.filename or tempfile.gettempdir()
    return (
        f"{name} was not started, because {place} cannot be written: {error.strerror}. "
        "TMPDIR names another folder to use."
    )
