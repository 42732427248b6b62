"""Says which step of how many is being done, what it is at, and how long it took."""

import contextlib
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from labs.kit.trouble import Trouble

# Between two lines of a step that takes long, where the output is kept and not watched.
QUIET = 15.0


class Screen:
    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0
        self.live = sys.stdout.isatty()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.number += 1
        self.title = f"[{self.number}/{self.total}] {name}"
        self.detail, self.result = "", ""
        self.began = time.monotonic()
        ended = threading.Event()
        ticking = threading.Thread(target=self.tick, args=(ended,), daemon=True)
        ticking.start()
        try:
            yield
        finally:
            ended.set()
            ticking.join()
            self.line(f"{self.title}{': ' if self.result else ''}{self.result}", self.seconds())
            if not self.live or sys.exc_info()[0] is None:
                print(flush=True)

    def found(self, words: str) -> None:
        """What the step's last line will say."""
        self.result = words

    def at(self, words: str) -> None:
        """What it is doing at this moment."""
        self.detail = " ".join(words.split())[:60]

    def run(
        self,
        command: Sequence[str],
        failing: str,
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Run a program whose last lines are worth reading only when it fails."""
        last: deque[str] = deque(maxlen=8)
        with subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                last.append(line.rstrip())
                self.at(line)
        if process.returncode:
            evidence = "\n".join(f"    {line}" for line in last if line)
            advice = ""
            if "No space left on device" in evidence or "Disk quota exceeded" in evidence:
                advice = "\nThe disk is full. Free some of it; `make start` then goes on from here."
            raise Trouble(f"{failing}. It ended with:\n{evidence}{advice}")

    def seconds(self) -> float:
        return time.monotonic() - self.began

    def tick(self, ended: threading.Event) -> None:
        due = 1.0
        while not ended.wait(0.2):
            if self.live:
                self.line(f"{self.title} ... {self.detail}", self.seconds())
            elif self.seconds() > due:
                due = self.seconds() + QUIET
                print(f"{self.title} ... {self.detail}".rstrip(), flush=True)

    def line(self, words: str, seconds: float) -> None:
        text = f"{words:<70} {seconds:6.1f} s"
        # Over the line before, and clear what is left of it.
        print(f"\r{text}\x1b[K" if self.live else text, end="", flush=True)
