"""One run of the `lab` command: its words, and what every failure comes to."""

import argparse
import contextlib
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from labs.kit.check.worker import Worker
from labs.kit.cli.arguments import COMMANDS, parser, unknown_command
from labs.kit.cli.terminal import Terminal
from labs.kit.course import ROOT, Course
from labs.kit.trouble import Trouble

if TYPE_CHECKING:
    from subprocess import Popen

COURSE = "GROUND_SCHOOL_ROOT"
DEBUG = "GROUND_SCHOOL_DEBUG"

PASSED, TROUBLE, OURS, NOBODY_READS = 0, 2, 70, 141


def run(words: list[str], process: "Popen[bytes] | None") -> int:
    """The exit status: 0 passed, 1 not passed, 2 trouble, 70 a fault of ours."""
    terminal = Terminal()
    try:
        with Worker(process) as worker:
            status = dispatch(words, worker, terminal)
        sys.stdout.flush()
        return status
    except Trouble as trouble:
        terminal.complain(str(trouble))
        return TROUBLE
    except BrokenPipeError:
        # Whoever read has enough; what is buffered must not fail again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except OSError as wrong:
        if os.environ.get(DEBUG) or not wrong.filename:
            return unforeseen(terminal)
        terminal.complain(f"{wrong.filename}: {wrong.strerror}.")
        return TROUBLE
    except Exception:
        return unforeseen(terminal)


def dispatch(words: list[str], worker: Worker, terminal: Terminal) -> int:
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        raise Trouble(unknown_command(words[0]))
    options = parser().parse_args(words, argparse.Namespace(worker=worker))
    if options.command is None:
        parser().print_help()
        return PASSED
    course = Course(Path(os.environ.get(COURSE) or ROOT).absolute())
    # Only this one: a command starts no slower because there are others.
    act = getattr(import_module(f"labs.kit.cli.{options.module}"), options.command)
    return act(course, options, terminal)


def unforeseen(terminal: Terminal) -> int:
    """A fault of ours: where the trace is, and no trace."""
    if os.environ.get(DEBUG):
        raise
    import traceback

    said = traceback.format_exc()
    path = saved(f"{sys.version}\n{sys.argv}\n\n{said}")
    terminal.complain(
        f"`lab` itself has failed: {said.splitlines()[-1]}. Your work is as it was. "
        f"All of it: {path}. That file is what its makers need."
    )
    return OURS


def saved(said: str) -> Path:
    import tempfile

    with contextlib.suppress(Exception):
        from labs.kit.work import Work

        folder = Work(Course(Path(os.environ.get(COURSE) or ROOT))).folder / ".faults"
        folder.mkdir(parents=True, exist_ok=True)
        return kept(said, folder)
    return kept(said, Path(tempfile.gettempdir()))


def kept(said: str, folder: Path) -> Path:
    import tempfile

    descriptor, name = tempfile.mkstemp(prefix="lab-", suffix=".txt", dir=folder)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(said)
    return Path(name)
