"""What this machine remembers of a learner: events that are only ever added. Nothing leaves it."""

import json
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from labs.kit.check.result import Result
from labs.kit.course import Course, Exercise
from labs.kit.trouble import Trouble

SCHEMA = 1
KINDS = ("opened", "checked", "passed", "hinted", "solution", "reset", "predicted")
TABLE = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    exercise TEXT NOT NULL,
    verdict TEXT,
    mistake TEXT,
    seed INTEGER,
    seconds REAL,
    facts TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_exercise ON events (exercise, kind);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'events are only ever added'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON events
BEGIN SELECT raise(ABORT, 'events are only ever added'); END;
"""


@dataclass(frozen=True)
class Event:
    """Something that a learner did. `facts` holds what only some kinds have."""

    time: str
    kind: str
    exercise: str
    verdict: str | None
    mistake: str | None
    seed: int | None
    seconds: float | None
    facts: dict[str, Any]


class Progress:
    """The record, in one SQLite file. Made at the first event; many may write at a time."""

    def __init__(self, path: Path, patience: float = 5.0):
        self.path, self.patience = path, patience

    def record(self, kind: str, exercise: str, **facts: Any) -> None:
        """Add an event. When this returns it is on the disk, whatever happens next."""
        if kind not in KINDS:
            raise ValueError(f"`{kind}` is not a kind of event")
        columns = [facts.pop(name, None) for name in ("verdict", "mistake", "seed", "seconds")]
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        row = (now, kind, exercise, *columns, json.dumps(facts))
        with self._opened(writing=True) as database:
            self._prepare(database)
            # Taken at once: a lock that is upgraded later can fail without waiting.
            database.execute("BEGIN IMMEDIATE")
            database.execute(f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            database.execute("COMMIT")

    def record_check(self, exercise: Exercise, result: Result, seconds: float) -> None:
        mistake = result.mistake.name if result.mistake else None
        self.record(
            "passed" if result.passed else "checked",
            exercise.slug,
            verdict=str(result.verdict),
            mistake=mistake,
            seed=result.seed,
            seconds=round(seconds, 4),
            failing=[o.name for o in result.checks if str(o.verdict) not in ("pass", "skipped")],
            versions=versions(exercise),
        )

    def events(self, exercise: str | None = None) -> list[Event]:
        """All of them, oldest first; of one exercise, if it is named."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM events WHERE ?1 IS NULL OR exercise = ?1 ORDER BY id", exercise
        )
        names = COLUMNS.split(", ")
        found = [dict(zip(names, row, strict=True)) for row in rows]
        return [Event(**event | {"facts": json.loads(event["facts"])}) for event in found]

    def passed(self, exercise: str) -> bool:
        return self._count("kind = 'passed' AND exercise = ?", exercise) > 0

    def attempts(self, exercise: str) -> int:
        """How often it was checked, passes included."""
        return self._count("kind IN ('checked', 'passed') AND exercise = ?", exercise)

    def times(self, exercise: str, mistake: str) -> int:
        """How often this mistake was seen before."""
        return self._count("exercise = ? AND mistake = ?", exercise, mistake)

    def hints(self, exercise: str) -> int:
        """How many hints were shown, counted from the vaguest."""
        shown = [e.facts.get("hint", 0) for e in self.events(exercise) if e.kind == "hinted"]
        return max(shown, default=0)

    def states(self) -> dict[str, str]:
        """For each exercise that was touched: `passed` once is for good; else `tried`, `opened`."""
        rows = self._rows(
            "SELECT exercise, max(kind = 'passed'), max(kind = 'checked') FROM events "
            "GROUP BY exercise"
        )
        return {
            exercise: "passed" if passed else "tried" if tried else "opened"
            for exercise, passed, tried in rows
        }

    def current(self) -> str | None:
        """The exercise that was last worked on."""
        rows = self._rows("SELECT exercise FROM events ORDER BY id DESC LIMIT 1")
        return rows[0][0] if rows else None

    def next_exercise(self, course: Course) -> Exercise | None:
        """The one worked on last, until it passes; then the next unfinished; None after all."""
        slugs, states, current = course.exercise_slugs(), self.states(), self.current()
        place = slugs.index(current) if current in slugs else 0
        ahead = [s for s in slugs[place:] + slugs[:place] if states.get(s) != "passed"]
        return course.exercise(ahead[0]) if ahead else None

    def examine(self) -> int:
        """How many events there are. Trouble where the file is damaged, or cannot be added to."""
        if not self.path.exists():
            return 0
        with self._opened(writing=True) as database:
            self._prepare(database)
            damage = database.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                raise Trouble(self._said(sqlite3.DatabaseError(f"malformed: {damage}")))
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
            return database.execute("SELECT count(*) FROM events").fetchone()[0]

    def _count(self, condition: str, *values: Any) -> int:
        rows = self._rows(f"SELECT count(*) FROM events WHERE {condition}", *values)
        return rows[0][0] if rows else 0

    def _rows(self, query: str, *values: Any) -> list[tuple]:
        if not self.path.exists():
            return []
        with self._opened(writing=False) as database:
            if not self._version(database):
                return []
            return database.execute(query, values).fetchall()

    def _version(self, database: sqlite3.Connection) -> int:
        found = database.execute("PRAGMA user_version").fetchone()[0]
        if found > SCHEMA:
            raise Trouble(
                f"{self.path} was written by a newer Ground School: its schema is {found}, and "
                f"this one knows {SCHEMA}. `git pull` brings the newer one."
            )
        return found

    def _prepare(self, database: sqlite3.Connection) -> None:
        """The table, once; every writer may come first."""
        if self._version(database) == SCHEMA:
            return
        # Changing to WAL does not wait for others as all else does.
        deadline = time.monotonic() + self.patience
        while True:
            try:
                database.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        database.executescript(f"BEGIN IMMEDIATE;{TABLE}PRAGMA user_version = {SCHEMA};COMMIT;")

    @contextmanager
    def _opened(self, *, writing: bool) -> Iterator[sqlite3.Connection]:
        """A connection of its own: nothing is held between two events."""
        database = None
        try:
            if writing:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self.path, timeout=self.patience, isolation_level=None)
            # FULL: a commit has reached the disk when it returns. On macOS that takes one more.
            database.execute("PRAGMA synchronous = FULL")
            database.execute("PRAGMA fullfsync = ON")
            yield database
        except (sqlite3.Error, OSError) as wrong:
            raise Trouble(self._said(wrong)) from None
        finally:
            if database is not None:
                database.close()

    def _said(self, wrong: Exception) -> str:
        what = str(wrong)
        if "locked" in what:
            remedy = "Another program holds it; end that one, and check again."
        elif "malformed" in what or "not a database" in what:
            remedy = "Move it away: a new one is begun, and your answers are not in the old one."
        else:
            what += why_not(self.path.parent)
            remedy = "`lab doctor` looks at the folder."
        return f"Progress is not remembered: {self.path}: {what}. {remedy}"


def why_not(folder: Path) -> str:
    """What SQLite does not say of a disk."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return ""
    if disk.f_flag & os.ST_RDONLY:
        return ", because its disk is read-only"
    return ", because its disk is full" if disk.f_bavail * disk.f_frsize < LEAST else ""


# What SQLite needs for its files beside the record, whatever is in it.
LEAST = 64 << 10
COLUMNS = "time, kind, exercise, verdict, mistake, seed, seconds, facts"


def versions(exercise: Exercise) -> dict[str, str]:
    """What the verdict depends on, so that a later course can tell whether it still holds."""
    checks = f"{zlib.crc32(exercise.checks.read_bytes()):08x}"
    return {"checks": checks, "python": ".".join(map(str, sys.version_info[:3]))}
