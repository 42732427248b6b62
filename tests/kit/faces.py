"""Names in the small course, for tests of the faces."""

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
