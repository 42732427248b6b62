"""What is printed, where, and in which colours; and what is asked."""

import os
import sys

from labs.kit.trouble import Trouble

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"


class Terminal:
    """Plain text, but for a person at a terminal who has not set NO_COLOR."""

    def __init__(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            # A mark that a terminal cannot show is no reason to end with a traceback.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        self.colour = sys.stdout.isatty() and not plain

    @property
    def interactive(self) -> bool:
        """Is there somebody to answer a question?"""
        return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()

    def say(self, text: str = "") -> None:
        print(text, flush=True)

    def complain(self, text: str) -> None:
        sys.stdout.flush()
        print(text, file=sys.stderr, flush=True)

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def confirm(self, question: str, *, yes: bool) -> bool:
        """Ask, unless `--yes` has answered. Where nobody can answer, that is Trouble."""
        if yes:
            return True
        if not self.interactive:
            raise Trouble(f"{question} Nobody is here to answer. `--yes` does.")
        try:
            return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
        except EOFError:
            self.say()
            return False
