"""Single keys from a terminal, and the moment that a file was saved."""

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

# By eye, at once; and cheaper than a watcher of the system's, which also sleeps between looks,
# and which sees nothing on many network and virtual disks.
LOOK = 0.015


class Keys:
    """Keys come without Enter inside the `with` block; where nobody sits, none ever come."""

    def __init__(self, *, interactive: bool):
        self.descriptor = sys.stdin.fileno() if interactive else None
        self.before: list[Any] = []

    def __enter__(self) -> "Keys":
        if self.descriptor is not None:
            import termios

            self.before = termios.tcgetattr(self.descriptor)
            self._listen()
            # After Ctrl-Z and `fg` the shell has put the terminal back as it was.
            signal.signal(signal.SIGCONT, self._listen)
        return self

    def _listen(self, *signalled: object) -> None:
        import tty

        assert self.descriptor is not None
        tty.setcbreak(self.descriptor)

    def __exit__(self, *raised: object) -> None:
        if self.descriptor is not None:
            import termios

            signal.signal(signal.SIGCONT, signal.SIG_DFL)
            termios.tcsetattr(self.descriptor, termios.TCSADRAIN, self.before)

    def wait(self, seconds: float | None) -> str:
        """The key that was pressed meanwhile, or nothing. A terminal that is gone says `q`."""
        descriptors = [] if self.descriptor is None else [self.descriptor]
        if not select.select(descriptors, [], [], seconds)[0]:
            return ""
        pressed = os.read(descriptors[0], 1)
        return "q" if pressed in (b"", b"\x04") else pressed.decode(errors="replace").lower()


class Saves:
    """Tells when a file has become another one, and is no longer being written."""

    def __init__(self, path: Path):
        self.path = path
        self.seen = self.now()

    def now(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def happened(self, keys: Keys) -> tuple[bool, str]:
        """Look once: was it saved, or else a key pressed?"""
        pressed = keys.wait(LOOK)
        before, now = self.seen, self.now()
        while now != self.seen:
            # Some editors empty a file first: what stands there for a moment is no answer.
            self.seen = now
            time.sleep(LOOK)
            now = self.now()
        return self.seen != before, pressed
