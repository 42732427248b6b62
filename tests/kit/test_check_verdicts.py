"""The runner: what an answer may do, and the verdict that it gets."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from labs.kit.check import strays
from labs.kit.check.result import Result, Verdict
from labs.kit.check.worker import Worker
from labs.kit.course import Answer, Course

COURSE = Course(Path(__file__).parent / "course")
TWICE = COURSE.exercise("networking/doubling/twice")
QUICK = replace(TWICE, seconds=2.0)


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


def judge(worker, text, exercise=QUICK):
    return worker.check(exercise, Answer(Path("learner.py"), text))


def test_a_right_answer_passes_every_check(worker):
    result = judge(worker, "def twice(number):\n    return number * 2\n")

    assert result.verdict is Verdict.PASS
    assert {outcome.verdict for outcome in result.checks} == {Verdict.PASS}


def test_an_answer_may_read_the_time_of_day(worker):
    # In a process that has not: the first `strptime` sets `time.tzname` and others anew.
    text = "import time\n\ndef twice(n):\n    time.strptime('18:07', '%H:%M')\n    return 2 * n\n"

    assert judge(worker, text).passed


def test_a_failing_check_says_what_was_expected_and_what_came(worker):
    result = judge(worker, "def twice(number):\n    return number * 2 if number > 0 else 0\n")

    failed = next(outcome for outcome in result.checks if outcome.verdict is Verdict.FAIL)
    assert (failed.what, failed.expected, failed.got) == ("twice(-4)", "-8", "0")


def test_the_smallest_failing_case_is_the_one_reported(worker):
    result = judge(worker, "def twice(number):\n    return 2 * number + (number > 9)\n")

    assert len(result.checks[0].case) == 2


def test_a_known_mistake_in_other_words_is_answered_with_its_words(worker):
    text = "import math\n\ntwice = lambda fare: 2 * math.trunc(fare)\n"

    result = judge(worker, text)

    assert result.mistake.name == "whole"
    assert result.mistake.words.startswith("The half is lost.")
    assert result.mistake.more == "`int` drops the fraction before anything is doubled."


def test_an_unknown_mistake_gets_no_guess(worker):
    result = judge(worker, "def twice(number):\n    return number * 3\n")

    assert result.verdict is Verdict.FAIL
    assert result.mistake is None


def test_the_untouched_starter_is_not_taken_for_a_mistake(worker):
    result = worker.check(QUICK, QUICK.starter)

    assert result.verdict is Verdict.FAIL
    assert result.mistake is None


HOSTILE = {
    "an empty file": ("", "error", "defines no `twice`"),
    "a syntax error": ("def twice(:\n", "error", "line 1 is not Python"),
    "a null byte": ("def twice(number):\0\n", "error", "null bytes"),
    "an endless loop": ("def twice(n):\n    while True:\n        pass\n", "timeout", "at line "),
    "an endless loop at import": ("while True:\n    pass\n", "timeout", "still running"),
    "an endless sleep": (
        "import time\n\ndef twice(n):\n    time.sleep(99)\n", "timeout", "at line 4",
    ),
    "a loop that swallows everything": (
        "def twice(n):\n    while True:\n        try:\n            while True:\n"
        "                pass\n        except BaseException:\n            pass\n",
        "timeout", "still running",
    ),
    "sys.exit": ("import sys\n\ndef twice(n):\n    sys.exit(0)\n", "error", "sys.exit()"),
    "sys.exit at import": ("import sys\n\nsys.exit(0)\n", "error", "sys.exit()"),
    "os._exit": ("import os\n\ndef twice(n):\n    os._exit(0)\n", "error", "status 0"),
    "deep recursion": ("def twice(n):\n    return twice(n)\n", "error", "RecursionError"),
    "an exception": ("def twice(n):\n    return n / 0\n", "error", "ZeroDivisionError"),
    "an assertion of its own": ("def twice(n):\n    assert n == 1\n", "error", "AssertionError"),
    "a patched builtin": (
        "import builtins\nbuiltins.abs = lambda n: 0\n\ndef twice(n):\n    return 2 * n\n",
        "error", "replaces `builtins.abs`",
    ),
    "a patched random source": (
        "import random\n\ndef twice(n):\n    random.Random.randint = lambda *a: 3\n"
        "    return 2 * n\n",
        "error", "replaces `random.Random.randint`",
    ),
    "all the memory": (
        "def twice(n):\n    return bytearray(1 << 40) and 2 * n\n", "error", "MemoryError",
    ),
    "a kill of itself": (
        "import os, signal\n\ndef twice(n):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
        "error", "SIGKILL",
    ),
    "nothing returned": ("def twice(n):\n    pass\n", "fail", ""),
    "text returned": ("def twice(n):\n    return 'two'\n", "fail", ""),
    "no number returned": ("def twice(n):\n    return float('nan')\n", "fail", ""),
    "an awkward object returned": (
        "class Odd:\n    def __eq__(self, other):\n        raise ValueError('odd')\n\n"
        "def twice(n):\n    return Odd()\n",
        "error", "ValueError",
    ),
    "too few parameters": ("def twice():\n    return 2\n", "fail", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "verdict", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_gets_a_clear_verdict(worker, text, verdict, said):
    result = judge(worker, text)

    assert result.verdict == verdict, result
    whats = [outcome.what for outcome in result.checks]
    assert any(said in words for words in [result.message, *whats]), result


def test_recursion_without_a_bottom_ends(worker):
    text = "import sys\nsys.setrecursionlimit(10**9)\n\n\ndef twice(n):\n    return twice(n)\n"

    assert judge(worker, text).verdict in (Verdict.ERROR, Verdict.TIMEOUT)


def test_the_worker_judges_on_after_every_hostile_answer(worker):
    for text, _, _ in HOSTILE.values():
        judge(worker, text)
        assert worker.check(QUICK, QUICK.solution).passed


def test_a_flood_of_output_is_cut_and_counted(worker):
    text = "def twice(n):\n    print('x' * 1_000_000)\n    return 2 * n\n"

    result = judge(worker, text)

    assert result.passed
    assert len(result.output) < 2100
    assert "more characters" in result.output


def test_a_fork_leaves_nothing_and_changes_no_verdict(worker):
    text = (
        "import os, time\n\n"
        "def twice(n):\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(60)\n"
        "    return 2 * n\n"
    )

    result = judge(worker, text)

    assert result.verdict is Verdict.PASS


def test_a_process_that_hides_in_a_session_of_its_own_is_ended(worker, tmp_path):
    note = tmp_path / "pid"
    text = (
        "import subprocess, pathlib\n\n"
        "def twice(n):\n"
        "    hidden = subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
        f"    with open({str(note)!r}, 'a') as pids:\n"
        "        pids.write(f'{hidden.pid}\\n')\n"
        "    return 2 * n\n"
    )

    judge(worker, text)

    started = [int(line) for line in note.read_text().split()]
    assert started
    assert not [pid for pid in started if alive(pid)]


def alive(pid):
    """A zombie that nobody has collected yet has ended."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(shown.stdout.strip()) and "Z" not in shown.stdout


def test_a_check_that_raises_is_ours_and_not_the_learners(worker, broken_check):
    result = worker.check(broken_check, broken_check.solution)

    assert result.verdict is Verdict.BROKEN
    assert "NameError" in result.checks[0].what


@pytest.mark.parametrize("text", ["def twice(:\n", "def twice(n):\0\n", "x = 1\n"])
def test_what_the_kit_did_is_no_part_of_the_trace(worker, text):
    result = judge(worker, text)

    assert result.verdict is Verdict.ERROR
    assert "runner.py" not in result.trace


@pytest.fixture
def broken_check(tmp_path):

    shutil.copytree(COURSE.root, tmp_path / "course")
    exercise = Course(tmp_path / "course").exercise("networking/doubling/twice")
    exercise.checks.write_text('def is_ours(solution):\n    """Ours."""\n    undefined()\n')
    return exercise


def test_a_check_waits_for_the_one_that_it_needs(worker, broken_check):
    broken_check.checks.write_text(
        "from labs.kit.check import equal, needs\n\n\n"
        "def first(solution):\n"
        '    """The first."""\n'
        "    equal(solution.twice(1), 3, what='twice(1)')\n\n\n"
        "@needs('first')\n"
        "def second(solution):\n"
        '    """The second."""\n'
        "    raise RuntimeError\n"
    )

    result = worker.check(broken_check, broken_check.solution)

    assert [str(outcome.verdict) for outcome in result.checks] == ["fail", "skipped"]
    assert result.checks[1].because == "first"


def test_the_same_seed_gives_the_same_result_twice_and_in_any_order(worker):
    texts = [TWICE.starter, *TWICE.mistakes, TWICE.solution]

    forward = {a.name: worker.check(TWICE, a, 7).as_json() for a in texts}
    backward = {a.name: worker.check(TWICE, a, 7).as_json() for a in reversed(texts)}

    assert forward == backward


def test_a_result_survives_json(worker):
    result = judge(worker, "def twice(number):\n    return int(number) * 2\n")

    again = Result.from_json(json.loads(json.dumps(result.as_json())))

    assert again == result


def test_the_worker_and_the_answer_end_with_their_owner():
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from labs.kit.check.worker import Worker\n"
        "from labs.kit.course import Answer, Course\n"
        f"exercise = Course(Path({str(COURSE.root)!r})).exercise('networking/doubling/twice')\n"
        "text = 'import os, time\\n\\n\\ndef twice(n):\\n'\n"
        "text += f'    open({sys.argv[1]!r}, \"w\").write(str(os.getpid()))\\n    time.sleep(60)'\n"
        "Worker().check(exercise, Answer(Path('learner.py'), text))\n"
    )

    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "pid"
        owner = subprocess.Popen([sys.executable, "-c", script, str(note)])
        until(lambda: note.exists() and note.read_text())
        answer = int(note.read_text())
        owner.kill()
        owner.wait()
        until(lambda: not alive(answer))


def until(condition, seconds=20):

    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.01)


def test_strays_are_found_by_their_mark_alone():
    mark = "0123456789abcdef"
    marked = os.environ | {strays.MARK: mark}
    ours = subprocess.Popen(["sleep", "60"], env=marked)
    other = subprocess.Popen(["sleep", "60"], env=os.environ | {strays.MARK: "other"})
    try:
        strays.end(mark)

        assert ours.wait() < 0
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
