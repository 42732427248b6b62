"""`lab watch`, through a pipe and at a terminal."""

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time

import pytest
from faces import RIGHT, SQUARE, TWICE, answered, full

from labs.kit.progress import Progress
from labs.kit.work import Work

PATIENCE = 60


class Watched:
    """A running `lab watch`, and what it has said so far."""

    def __init__(self, process, descriptor):
        self.process, self.descriptor, self.said = process, descriptor, ""

    def until(self, words):
        """Read on until it says this; what it said up to there is read no more."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.said:
            left = deadline - time.monotonic()
            assert left > 0, f"no {words!r} in: {self.said}"
            if select.select([self.descriptor], [], [], left)[0]:
                read = b""
                with contextlib.suppress(OSError):  # A terminal whose other side is closed.
                    read = os.read(self.descriptor, 1 << 16)
                assert read, f"it ended without {words!r}: {self.said}"
                self.said += re.sub(r"\x1b\[[0-9;]*[A-Za-z]|\r", "", read.decode(errors="replace"))
        before, _, self.said = self.said.partition(words)
        return before

    def press(self, key):
        os.write(self.descriptor, key.encode())

    def ended(self):
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def piped(command):
    """A watch whose output somebody reads, and that nobody types to."""
    started = []

    def start(*words, **options):
        process = command("watch", *words, stderr=subprocess.STDOUT, **options)
        started.append(process)
        return Watched(process, process.stdout.fileno())

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def seated(command):
    """A watch at a terminal of its own."""
    started = []

    def start(*words):
        ours, theirs = pty.openpty()
        before = termios.tcgetattr(ours)
        stdio = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        process = command("watch", *words, **stdio, start_new_session=True)
        started.append((process, ours, theirs))
        watched = Watched(process, ours)
        watched.terminal = before
        return watched

    yield start
    for process, ours, theirs in started:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def test_it_says_what_it_checks_before_the_verdict(piped, answer):
    answer("return number")

    watch = piped(TWICE)

    assert watch.until(f"Checking {TWICE} …") == ""
    watch.until(f"✗ {TWICE}")


def test_it_checks_again_when_the_answer_is_saved(piped, answer):
    answer("return number")
    watch = piped(TWICE)
    watch.until("Next: `lab hint")

    answer(RIGHT)

    watch.until(f"✓ {TWICE} passes")


def test_it_notices_an_editor_that_puts_a_new_file_in_the_place_of_the_old(piped, answer, mine):
    answer("return number")
    watch = piped(TWICE)
    watch.until("Next: `lab hint")

    answered(mine.with_suffix(".new"), RIGHT)
    mine.with_suffix(".new").replace(mine)

    watch.until(f"✓ {TWICE} passes")


def test_an_answer_that_is_gone_or_unreadable_is_a_sentence_and_the_watch_goes_on(
    piped, answer, mine
):
    answer("return number")
    watch = piped(TWICE)
    watch.until("Next: `lab hint")

    mine.unlink()
    watch.until("is gone.")
    mine.write_bytes(b"\xff")
    watch.until("is not UTF-8")
    answer(RIGHT)

    watch.until(f"✓ {TWICE} passes")


def test_a_disk_that_takes_no_more_ends_no_watch(piped, answer):
    answer("return number")
    watch = piped(TWICE, preexec_fn=full)
    watch.until(f"! {TWICE} could not be judged. No folder for temporary files")

    answer(RIGHT)

    watch.until(f"! {TWICE} could not be judged. No folder for temporary files")


def test_two_watches_on_one_exercise_are_one_too_many(piped, command):
    first = piped(TWICE)
    first.until("Next: ")

    out, err = command("watch", TWICE).communicate(timeout=PATIENCE)

    assert out == ""
    assert err.startswith(f"{TWICE} is watched already, by process {first.process.pid}.")
    assert err.count("\n") == 1


def test_a_watch_that_was_killed_is_no_obstacle(piped):
    first = piped(TWICE)
    first.until("Next: ")
    first.process.kill()
    first.process.wait()

    second = piped(TWICE)

    second.until(f"✗ {TWICE}")


def test_two_exercises_can_be_watched_side_by_side(piped):
    first, second = piped(TWICE), piped(SQUARE)

    first.until(f"✗ {TWICE}")
    second.until(f"✗ {SQUARE}")


def test_an_interrupt_is_quiet(piped):
    watch = piped(TWICE)
    watch.until("Next: ")

    watch.process.send_signal(signal.SIGINT)

    assert watch.ended() == 130
    assert "Traceback" not in watch.said + watch.process.stdout.read()


def test_the_keys_are_shown_in_one_line_and_q_ends_it(seated):
    watch = seated(TWICE)
    watch.until("n next   h hint   s solution   r reset   l list   q quit")

    watch.press("q")

    assert watch.ended() == 0


def test_the_terminal_is_left_as_it_was(seated):
    watch = seated(TWICE)
    watch.until("q quit")
    during = termios.tcgetattr(watch.descriptor)

    watch.press("q")
    watch.ended()

    assert termios.tcgetattr(watch.descriptor) == watch.terminal
    assert not during[3] & termios.ICANON


def test_h_shows_one_hint_after_another(seated):
    watch = seated(TWICE)
    watch.until("q quit")

    watch.press("h")
    watch.until("Hint 1 of 3")
    watch.press("h")

    watch.until("Hint 2 of 3")


def test_after_a_pass_it_stays_until_n_is_pressed(seated, answer, small):
    answer(RIGHT)
    watch = seated(TWICE)
    watch.until(f"`n` goes on to {SQUARE}.")
    watch.until("q quit")

    answer("return number")
    watch.until(f"✗ {TWICE}")
    watch.press("n")

    watch.until(f"Checking {SQUARE}")
    assert Work(small).path(small.exercise(SQUARE)).exists()


def test_n_after_the_last_says_so_and_stays(seated, answer, small):
    Progress(Work(small).folder / "progress.db").record("passed", SQUARE)
    answer(RIGHT)
    watch = seated(TWICE)
    watch.until("q quit")

    watch.press("n")

    watch.until("You have passed every exercise.")
    watch.press("l")
    watch.until("✓ square")


def test_r_asks_and_begins_again_and_says_where_the_old_version_is(seated, answer, mine, twice):
    answer(RIGHT)
    watch = seated(TWICE)
    watch.until("q quit")

    watch.press("r")
    watch.until("[y/N]")
    watch.press("n")
    watch.until("q quit")
    unchanged = mine.read_text(encoding="utf-8")
    watch.press("r")
    watch.until("[y/N]")
    watch.press("y")

    watch.until("The version that it replaces is kept")
    assert RIGHT in unchanged
    assert mine.read_text(encoding="utf-8") == twice.starter.text


def test_s_shows_the_solution_at_once_only_after_the_pass(seated, answer):
    answer("return number")
    watch = seated(TWICE)
    watch.until("q quit")

    watch.press("s")
    watch.until("has not passed yet. Show its solution? [y/N]")
    watch.press("n")
    answer(RIGHT)
    watch.until("`s` shows the solution.")
    watch.press("s")

    watch.until("twice/solution.py")
