"""The record: only ever added to, by many at a time, and never in the way."""

import sqlite3
import subprocess
import sys

import pytest

from labs.kit.check.result import Mistake, Result, Verdict
from labs.kit.progress import Progress
from labs.kit.trouble import Trouble


@pytest.fixture
def progress(tmp_path):
    return Progress(tmp_path / "my work" / "progress.db", patience=0.2)


def test_a_record_without_events_is_empty_and_makes_no_file(progress):
    assert progress.events() == []
    assert not progress.passed("a/b/c")
    assert not progress.path.exists()


def test_events_come_back_in_order_with_their_facts(progress):
    progress.record("opened", "a/b/c")
    progress.record("hinted", "a/b/c", hint=2)
    progress.record("checked", "a/b/d", verdict="fail", mistake="x", seed=7, seconds=0.5)

    events = progress.events()

    assert [event.kind for event in events] == ["opened", "hinted", "checked"]
    assert events[1].facts == {"hint": 2}
    assert (events[2].verdict, events[2].mistake, events[2].seed) == ("fail", "x", 7)


def test_a_check_is_recorded_with_what_its_verdict_depends_on(progress, twice):
    result = Result(twice.slug, Verdict.FAIL, 7, mistake=Mistake("whole", "Words."))

    progress.record_check(twice, result, 0.25)

    event = progress.events(twice.slug)[0]
    assert (event.kind, event.verdict, event.mistake, event.seed) == ("checked", "fail", "whole", 7)
    assert set(event.facts["versions"]) == {"checks", "python"}


def test_an_unknown_kind_of_event_is_refused(progress):
    with pytest.raises(ValueError, match="`cheated` is not a kind"):
        progress.record("cheated", "a/b/c")


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'passed'", "DELETE FROM events"])
def test_what_was_recorded_cannot_be_changed(progress, change):
    progress.record("checked", "a/b/c")

    with (
        sqlite3.connect(progress.path) as database,
        pytest.raises(sqlite3.IntegrityError, match="only ever added"),
    ):
        database.execute(change)

    assert [event.kind for event in progress.events()] == ["checked"]


def test_what_passed_once_has_passed(progress):
    progress.record("passed", "a/b/c", verdict="pass")
    progress.record("checked", "a/b/c", verdict="fail")

    assert progress.passed("a/b/c")
    assert progress.attempts("a/b/c") == 2
    assert progress.states() == {"a/b/c": "passed"}


def test_a_mistake_is_counted_for_its_exercise(progress):
    progress.record("checked", "a/b/c", mistake="no_jitter")
    progress.record("checked", "a/b/c", mistake="no_jitter")
    progress.record("checked", "a/b/d", mistake="no_jitter")

    assert progress.times("a/b/c", "no_jitter") == 2
    assert progress.times("a/b/c", "linear") == 0


def test_the_next_exercise_is_the_first_of_all_at_the_start(progress, small):
    assert progress.next_exercise(small).slug == "networking/doubling/twice"


def test_the_next_exercise_is_the_current_one_until_it_passes(progress, small):
    progress.record("opened", "networking/doubling/square")
    assert progress.next_exercise(small).slug == "networking/doubling/square"

    progress.record("passed", "networking/doubling/square")
    assert progress.next_exercise(small).slug == "networking/doubling/twice"


def test_there_is_no_next_exercise_after_the_last(progress, small):
    for slug in small.exercise_slugs():
        progress.record("passed", slug)

    assert progress.next_exercise(small) is None


def test_an_exercise_that_the_course_no_longer_has_is_no_obstacle(progress, small):
    progress.record("opened", "networking/gone/away")

    assert progress.next_exercise(small).slug == "networking/doubling/twice"


def test_a_file_that_is_no_database_is_one_sentence_and_stays(progress):
    progress.path.parent.mkdir()
    progress.path.write_bytes(b"no database at all" * 100)

    with pytest.raises(Trouble, match="file is not a database"):
        progress.record("opened", "a/b/c")

    assert progress.path.read_bytes() == b"no database at all" * 100


def test_a_locked_database_is_one_sentence(progress):
    progress.record("opened", "a/b/c")
    other = sqlite3.connect(progress.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Trouble, match="database is locked"):
        progress.record("opened", "a/b/c")

    other.close()
    assert len(progress.events()) == 1


def test_a_record_of_a_newer_course_is_left_alone(progress):
    progress.record("opened", "a/b/c")
    with sqlite3.connect(progress.path) as database:
        database.execute("PRAGMA user_version = 99")

    with pytest.raises(Trouble, match="newer Ground School: its schema is 99"):
        progress.record("opened", "a/b/c")


WRITER = """
import sys
from pathlib import Path
from labs.kit.progress import Progress
progress = Progress(Path(sys.argv[1]), patience=60)
for number in range(25):
    progress.record("checked", f"a/b/{sys.argv[2]}", number=number)
"""


def test_many_writers_at_a_time_lose_nothing_even_the_first_time(progress):
    command = [sys.executable, "-c", WRITER, str(progress.path)]
    writers = [subprocess.Popen([*command, str(number)]) for number in range(8)]

    assert [writer.wait() for writer in writers] == [0] * 8
    for number in range(8):
        seen = [event.facts["number"] for event in progress.events(f"a/b/{number}")]
        assert seen == list(range(25))
