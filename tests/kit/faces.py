"""Names in the small course, for tests of the faces."""

import resource
from pathlib import Path

SMALL = Path(__file__).parent / "course"
TWICE = "networking/doubling/twice"
SQUARE = "networking/doubling/square"
HINTS = "What is added?\nAdd it to itself.\n`number + number` is one way.\n"

RIGHT, CAPPED = "return number + number", "return min(number * 2, 5)"


def answered(path, body):
    """Write an answer to `twice` as a learner would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"def twice(number):\n    {body}\n", encoding="utf-8")


def full():
    """Called in a new process: whatever it writes to a file is refused, as by a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
