"""The `lab` command."""

import sys

from labs.kit import spawn

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """The exit status."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        # Before anything else is imported: it takes longer to begin than all of that.
        process = spawn.judge() if words[:1] in (["check"], ["watch"]) else None
        from labs.kit.cli.command import run

        return run(words, process)
    except KeyboardInterrupt:
        return INTERRUPTED
