"""The `lab` command."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from labs.kit.cli.terminal import Terminal
from labs.kit.course import ROOT, Course
from labs.kit.trouble import Trouble

if TYPE_CHECKING:
    from labs.kit.check.worker import Worker

COURSE = "GROUND_SCHOOL_ROOT"
DEBUG = "GROUND_SCHOOL_DEBUG"

PASSED, NOT_PASSED, TROUBLE, OURS = 0, 1, 2, 70
INTERRUPTED, NOBODY_READS = 130, 141


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0 passed, 1 not passed, 2 trouble, 70 a fault of ours."""
    terminal = Terminal()
    try:
        status = dispatch(arguments, terminal)
        sys.stdout.flush()
        return status
    except Trouble as trouble:
        terminal.complain(str(trouble))
        return TROUBLE
    except KeyboardInterrupt:
        return INTERRUPTED
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


def dispatch(arguments: list[str] | None, terminal: Terminal) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    with contextlib.ExitStack() as stack:
        # What takes longest comes first: the worker starts while the rest is imported and read.
        worker = stack.enter_context(warm()) if words[:1] in (["check"], ["watch"]) else None
        from labs.kit.cli.arguments import COMMANDS, parser, unknown_command

        if words and not words[0].startswith("-") and words[0] not in COMMANDS:
            raise Trouble(unknown_command(words[0]))
        options = parser().parse_args(words)
        if options.command is None:
            parser().print_help()
            return PASSED
        from importlib import import_module

        options.worker = worker
        course = Course(Path(os.environ.get(COURSE) or ROOT).absolute())
        run = getattr(import_module(f"labs.kit.cli.{options.module}"), options.command)
        return run(course, options, terminal)


def warm() -> "Worker":
    from labs.kit.check.worker import Worker, start

    worker = Worker()
    worker.process = start()
    return worker


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
