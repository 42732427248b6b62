"""When a lab was last proven, and with what: written only by a run of `lab verify` that passed."""

import datetime
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labs.kit.course import Course, Lab
from labs.kit.trouble import Trouble
from labs.kit.work import write

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


def record(course: Course, slugs: list[str]) -> Path:
    """Keep that these labs were proven today, with what is installed here."""
    from labs.kit.stack import versions

    python = ".".join(map(str, sys.version_info[:3]))
    kept = {slug: facts for slug, facts in records(course.root).items() if slug in course.slugs}
    for slug in slugs:
        lab, installed = course.lab(slug), versions()
        used = {name: installed[name] for name in lab.needs if name in installed}
        kept[slug] = {
            "date": datetime.date.today().isoformat(),
            "content": content(lab),
            "versions": {"python": python, **used},
        }
    path = course.root / FILE
    write(path, (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    return path


def content(lab: Lab) -> str:
    """A mark of all that a proof is about: exercises, and the data that their checks use."""
    seen = hashlib.sha256()
    for path in sorted(proven_files(lab)):
        seen.update(f"{path.relative_to(lab.folder)}\0".encode() + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def proven_files(lab: Lab) -> Iterator[Path]:
    for folder in ("data", *lab.names):
        for path in (lab.folder / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                yield path


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
