"""When a lab was last proven, and with what: written only by a run of `lab verify` that passed."""

import datetime
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labs.kit.course import Course, Lab
from labs.kit.trouble import Trouble
from labs.kit.work import write

if TYPE_CHECKING:
    from labs.kit.verify import Entry

FILE = "labs/proven.json"
REVIEW_DAYS = 180
"""How long a page may go unread by its owner. A page that is older says so."""


@dataclass(frozen=True)
class Proof:
    """`current`: is what was proven what stands there now?"""

    date: datetime.date
    versions: dict[str, str]
    current: bool


def proof(lab: Lab) -> Proof | None:
    kept = records(lab.root).get(lab.slug)
    if kept is None:
        return None
    current = kept["content"] == content(lab)
    return Proof(datetime.date.fromisoformat(kept["date"]), kept["versions"], current)


def records(root: Path) -> dict[str, Any]:
    path = root / FILE
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as wrong:
        raise Trouble(f"{path} cannot be read: {wrong}. `lab verify --record` writes it.") from None


def record(course: Course, entries: "list[Entry]") -> Path:
    """Keep that these labs were proven today; of one that does not hold, or not any more, nothing.

    What was proven is what stood there when the run began.
    """
    kept = {slug: facts for slug, facts in records(course.root).items() if slug in course.slugs}
    for entry in entries:
        if not entry.faults:
            kept[entry.slug] = facts(course.lab(entry.slug), entry.content)
    path = course.root / FILE
    write(path, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    return path


def facts(lab: Lab, proven: str) -> dict[str, Any]:
    from labs.kit.stack import versions

    if content(lab) != proven:
        raise Trouble(
            f"{lab.folder} changed while it was proven, so nothing is recorded. "
            f"`lab verify --record {lab.slug}` proves what is there now."
        )
    installed = versions()
    used = {name: installed[name] for name in lab.needs if name in installed}
    python = ".".join(map(str, sys.version_info[:3]))
    today = datetime.date.today().isoformat()
    return {"date": today, "content": proven, "versions": {"python": python, **used}}


def content(lab: Lab) -> str:
    """A mark of all that a proof is about: exercises, and the data that their checks use."""
    seen = hashlib.sha256()
    for path in sorted(proven_files(lab)):
        seen.update(f"{path.relative_to(lab.folder)}\0".encode() + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def proven_files(lab: Lab) -> Iterator[Path]:
    for folder in ("data", *lab.names):
        for path in (lab.folder / folder).rglob("*"):
            if path.is_file() and not left_by_a_tool(path.relative_to(lab.folder)):
                yield path


def left_by_a_tool(place: Path) -> bool:
    """No part of the course: what Python, an editor or a file manager leaves beside it."""
    return any(part == "__pycache__" or part.startswith(".") for part in place.parts)


def due(reviewed: datetime.date) -> datetime.date:
    return reviewed + datetime.timedelta(days=REVIEW_DAYS)


def overdue(lab: Lab) -> str:
    """A sentence, where nobody has read the lab through for too long."""
    if lab.reviewed is None:
        return f"{lab.folder}/lab.toml has no `reviewed`: the day when somebody read it through."
    last = due(lab.reviewed)
    if last >= datetime.date.today():
        return ""
    return f"{lab.slug} was due for review by {last:%-d %B %Y}. Its owner is {lab.owner}."


def stale(lab: Lab) -> str:
    """A sentence, where pages do not claim what a run has just shown."""
    last, command = proof(lab), f"`lab verify --record {lab.slug}`"
    if last is None:
        return f"The page of {lab.slug} names no day when it was proven. {command} keeps one."
    if last.current:
        return ""
    since = f"{last.date:%-d %B %Y}"
    return f"{lab.slug} changed since it was last proven, on {since}. {command} renews that day."
