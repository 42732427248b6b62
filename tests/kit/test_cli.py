"""The `lab` command as a learner meets it, on a small course and with the real worker."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from faces import CAPPED, RIGHT, SQUARE, TWICE, full

from labs.kit import desk
from labs.kit.cli.arguments import COMMANDS
from labs.kit.progress import Progress
from labs.kit.stack import installation
from labs.kit.work import Work


@pytest.fixture
def progress(small):
    return Progress(Work(small).folder / "progress.db")


def test_a_right_answer_passes_with_status_zero_and_names_what_is_next(lab, answer):
    answer(RIGHT)

    ran = lab("check", TWICE)

    assert ran.status == 0
    assert ran.out.startswith(f"✓ {TWICE} passes: 3 of 3 checks pass.")
    assert f"Compare: `lab solution {TWICE}`" in ran.out
    assert f"Next: `lab watch {SQUARE}`" in ran.out


def test_a_wrong_answer_fails_with_status_one_and_names_the_hint(lab, answer):
    answer("return number")

    ran = lab("check", TWICE)

    assert ran.status == 1
    assert "expected" in ran.out
    assert f"Next: `lab hint {TWICE}`" in ran.out


def test_the_same_mistake_again_says_more(lab, answer):
    answer(CAPPED)

    first, second = lab("check", TWICE), lab("check", TWICE)

    assert "No double is more than five." in first.out
    assert "There is no largest fare" not in first.out
    assert "There is no largest fare" in second.out


def test_a_check_before_anything_makes_the_copy_and_fails(lab, mine, twice):
    ran = lab("check", TWICE)

    assert ran.status == 1
    assert mine.read_text(encoding="utf-8") == twice.starter.text


def test_without_a_slug_the_next_unfinished_is_checked(lab, answer):
    answer(RIGHT)
    first, second = lab("check"), lab("check")

    assert TWICE in first.out.splitlines()[0]
    assert SQUARE in second.out.splitlines()[0]


@pytest.mark.parametrize("slug", ["twice", "doubling/twice", TWICE, f"/{TWICE}/"])
def test_the_end_of_a_slug_is_enough(lab, answer, slug):
    answer(RIGHT)

    assert lab("check", slug).out.startswith(f"✓ {TWICE}")


def test_an_end_that_fits_twice_names_both(lab, small):
    other = small.root / "labs/oncall/doubling"
    other.mkdir(parents=True)
    text = (small.root / "labs/networking/doubling/lab.toml").read_text(encoding="utf-8")
    (other / "lab.toml").write_text(text, encoding="utf-8")

    ran = lab("check", "doubling")

    assert ran.status == 2
    assert "`networking/doubling`" in ran.err
    assert "`oncall/doubling`" in ran.err


@pytest.mark.parametrize("command", ["check", "open", "hint", "solution", "reset", "watch", "run"])
def test_an_unknown_slug_gets_the_nearest(lab, command):
    ran = lab(command, "networking/doubling/twise")

    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert f"The nearest is `{TWICE}`" in ran.err


def test_an_unknown_command_gets_the_nearest(lab):
    ran = lab("chek")

    assert (ran.status, ran.err) == (
        2,
        "There is no command `chek`. The nearest is `lab check`.\n",
    )


def test_a_lab_is_checked_as_a_whole(lab, answer):
    answer(RIGHT)

    ran = lab("check", "doubling")

    assert ran.status == 1
    assert f"✓ {TWICE}" in ran.out
    assert f"✗ {SQUARE}" in ran.out
    assert f"Next: `lab hint {SQUARE}`" in ran.out


def test_the_result_as_json_is_the_result(lab, answer):
    answer(CAPPED)

    ran = lab("check", TWICE, "--json")

    data = json.loads(ran.out)
    assert ran.status == 1
    assert (data["schema"], data["exercise"], data["verdict"]) == (1, TWICE, "fail")
    assert data["mistake"]["name"] == "capped"


def test_the_seed_is_the_learners_to_choose(lab, answer):
    answer("return number")

    assert json.loads(lab("check", TWICE, "--json", "--seed", "77").out)["seed"] == 77


def test_every_version_that_was_checked_is_kept(lab, answer, small):
    for body in ("return 1", "return 2"):
        answer(body)
        lab("check", TWICE)

    kept = [path.read_text(encoding="utf-8") for path in Work(small).versions(TWICE)]
    assert [text.split()[-1] for text in kept] == ["1", "2"]


def test_an_answer_that_is_not_utf8_is_one_sentence(lab, mine, answer):
    answer("pass")
    mine.write_bytes(b"x = '\xff'")

    ran = lab("check", TWICE)

    assert ran.status == 2
    assert "is not UTF-8: byte 5 is 0xff" in ran.err
    assert mine.read_bytes() == b"x = '\xff'"


def test_a_deleted_answer_is_one_sentence_and_comes_back(lab, mine, answer):
    answer(RIGHT)
    lab("check", TWICE)
    mine.unlink()

    ran = lab("check", TWICE)
    lab("open", TWICE)

    assert ran.status == 2
    assert "is gone" in ran.err
    assert RIGHT in mine.read_text(encoding="utf-8")


def test_a_folder_in_the_place_of_an_answer_is_one_sentence(lab, mine):
    mine.mkdir(parents=True)

    ran = lab("check", TWICE)

    assert (ran.status, ran.err) == (2, f"{mine}: Is a directory.\n")


def test_a_broken_record_hides_no_verdict(lab, answer, progress):
    answer(RIGHT)
    progress.path.write_bytes(b"no database" * 100)

    ran = lab("check", TWICE)

    assert ran.out.startswith(f"✓ {TWICE}")
    assert ran.err.count("Progress is not remembered") == 1
    assert ran.status == 2


def test_a_history_that_cannot_be_kept_hides_no_verdict(lab, answer, small):
    answer(RIGHT)
    (Work(small).folder / ".history").write_text("in the way", encoding="utf-8")

    ran = lab("check", TWICE)

    assert ran.out.startswith(f"✓ {TWICE}")
    assert "cannot be written" in ran.err
    assert ran.status == 2


def test_a_disk_that_takes_no_more_is_a_sentence_and_loses_nothing(command, answer, mine):
    answer(RIGHT)

    checking = command("check", TWICE, preexec_fn=full)
    out, err = checking.communicate()

    assert "No folder for temporary files can be written" in out
    assert "Traceback" not in out + err
    assert checking.returncode == 2
    assert RIGHT in mine.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [["open"], ["check"], ["watch"], ["reset", "--yes"]])
def test_a_work_folder_that_cannot_be_written_is_one_sentence(lab, small, words):
    Work(small).folder.write_text("in the way", encoding="utf-8")

    ran = lab(*words, TWICE)

    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "cannot be written" in ran.err
    assert "`GROUND_SCHOOL_WORK` names another folder" in ran.err


@pytest.mark.parametrize("words", [["check", TWICE], ["check", "doubling"]], ids=["one", "a lab"])
def test_a_server_that_is_missing_is_one_line(lab, small, monkeypatch, words):
    toml = small.root / "labs/networking/doubling/lab.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8")
        .replace("needs = []", 'needs = ["prometheus"]')
        .replace('["twice", "square"]', '["twice"]'),
        encoding="utf-8",
    )
    (small.root / "labs" / TWICE / "checks.py").write_text(
        'def it_is_measured(solution, prometheus):\n    """It is."""\n    prometheus()\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(installation, "TOOLS", small.root)
    monkeypatch.setenv("PATH", str(small.root))

    ran = lab(*words)

    said = "`prometheus` is not installed. `make start` brings it."
    assert (ran.status, ran.err) == (2, "")
    assert ran.out == f"! {TWICE} could not be judged. {said}\n"


def test_a_check_that_is_broken_is_ours(lab, answer, small):
    answer(RIGHT)
    checks = small.root / "labs" / TWICE / "checks.py"
    checks.write_text('def holds(solution):\n    """It holds."""\n    1 / 0\n', encoding="utf-8")

    ran = lab("check", TWICE)

    assert ran.status == 2
    assert "The fault is ours" in ran.out
    assert "`lab verify networking/doubling`" in ran.out
    assert "✗" not in ran.out


def test_a_broken_lab_is_named_by_the_list_which_shows_the_others(lab, small):
    other = small.root / "labs/oncall/torn"
    other.mkdir(parents=True)
    (other / "lab.toml").write_text("minutes = ", encoding="utf-8")

    ran = lab("list")

    assert ran.status == 2
    assert "twice" in ran.out
    assert str(other / "lab.toml") in ran.err
    assert lab("check", "oncall/torn/x").err == ran.err


def test_the_list_shows_where_one_is(lab, answer):
    answer(RIGHT)
    lab("check", TWICE)

    ran = lab("list")

    assert ran.status == 0
    assert "✓ twice" in ran.out
    assert "· square  ← next" in ran.out
    assert "20 min  1/2  How to double" in ran.out


def test_open_makes_copies_of_a_lab_and_says_where(lab, small):
    ran = lab("open", "doubling")

    work = Work(small)
    for path in ("networking/doubling/twice.py", "networking/doubling/square.py"):
        assert f"{work.folder / path}\n" in ran.out
        assert (work.folder / path).exists()
    assert (work.folder / "networking/doubling.ipynb").exists()


def test_after_a_lab_was_opened_its_first_exercise_is_next(lab):
    ran = lab("open", "doubling")

    assert TWICE in lab("check").out.splitlines()[0]
    assert ran.out.index("twice.py") < ran.out.index("square.py")


def test_open_never_overwrites(lab, mine, answer):
    answer(RIGHT)

    lab("open", TWICE)

    assert RIGHT in mine.read_text(encoding="utf-8")


def test_hints_come_one_at_a_time_and_the_last_names_the_solution(lab):
    shown = [lab("hint", TWICE).out for _ in range(4)]

    assert [out.splitlines()[0].split("  ")[0] for out in shown] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint 3 of 3",
    ]
    assert "Add it to itself." in shown[1]
    assert f"`lab solution {TWICE}`" in shown[3]


def test_hints_can_be_seen_again(lab):
    before = lab("hint", TWICE, "--again")
    lab("hint", TWICE)
    lab("hint", TWICE)

    again = lab("hint", TWICE, "--again")

    assert before.status == 2
    assert again.out.count("Hint ") == 2
    assert "Hint 3" not in lab("hint", TWICE, "--again").out


def test_a_reset_without_anybody_to_ask_is_refused(lab, mine, answer):
    answer(RIGHT)

    ran = lab("reset", TWICE)

    assert ran.status == 2
    assert "`--yes`" in ran.err
    assert RIGHT in mine.read_text(encoding="utf-8")


def test_a_reset_says_where_the_old_version_is_and_can_be_undone(lab, mine, answer, twice):
    answer(RIGHT)

    ran = lab("reset", TWICE, "--yes")
    reset = mine.read_text(encoding="utf-8")
    kept = Path(next(line for line in ran.out.splitlines() if "kept: " in line).split("kept: ")[1])
    undone = lab("reset", TWICE, "--undo")

    assert (ran.status, undone.status) == (0, 0)
    assert reset == twice.starter.text
    assert RIGHT in kept.read_text(encoding="utf-8")
    assert RIGHT in mine.read_text(encoding="utf-8")


def test_a_lab_is_not_reset_by_one_word(lab):
    ran = lab("reset", "doubling", "--yes")

    assert ran.status == 2
    assert f"`{TWICE}`" in ran.err


def test_the_solution_is_asked_for_before_the_pass_and_offered_after_it(lab, answer, progress):
    answer("return number")
    before = lab("solution", TWICE)
    answer(RIGHT)
    lab("check", TWICE)

    after = lab("solution", TWICE)

    assert (before.status, before.out) == (2, "")
    assert "has not passed yet" in before.err
    assert after.status == 0
    assert "solution.py" in after.out.splitlines()[0]
    assert "-    return number + number" in after.out
    assert progress.events(TWICE)[-1].facts == {"passed": True}


def test_the_solution_before_the_pass_is_recorded(lab, progress):
    assert lab("solution", TWICE, "--yes").status == 0
    assert progress.events(TWICE)[-1].facts == {"passed": False}


def test_progress_as_json_counts_attempts_hints_and_mistakes(lab, answer):
    answer(CAPPED)
    lab("check", TWICE)
    lab("hint", TWICE)

    data = json.loads(lab("progress", "--json").out)

    first = data["exercises"][0]
    assert (first["exercise"], first["state"]) == (TWICE, "tried")
    assert (first["attempts"], first["hints"], first["mistakes"]) == (1, 1, ["capped"])
    assert data["exercises"][1]["state"] == "untouched"
    assert data["passed"] == 0


def test_when_all_is_passed_that_is_said(lab, answer, small):
    answer(RIGHT)
    square = Work(small).path(small.exercise(SQUARE))
    square.write_text("def power(number):\n    return number * number\n", encoding="utf-8")
    lab("check", "doubling")

    assert "You have passed every exercise." in lab("list").out
    assert lab("check").status == 2


def test_a_fault_of_ours_is_one_sentence_and_the_trace_is_kept(lab, small, monkeypatch):
    def fail(self, exercise, seed=None):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr(desk.Desk, "check", fail)

    ran = lab("check", TWICE)

    assert ran.status == 70
    assert "Traceback" not in ran.err
    faults = list((Work(small).folder / ".faults").iterdir())
    assert str(faults[0]) in ran.err
    assert "ZeroDivisionError: ours" in faults[0].read_text(encoding="utf-8")


def test_a_fault_of_ours_shows_its_trace_to_who_asks(lab, monkeypatch):
    monkeypatch.setenv("GROUND_SCHOOL_DEBUG", "1")
    monkeypatch.setattr(desk.Desk, "check", lambda self, exercise, seed=None: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        lab("check", TWICE)


def test_help_names_every_command_and_every_exit_status(lab):
    ran = lab("--help")

    assert ran.status == 0
    assert all(f"\n    {name} " in ran.out for name in COMMANDS)
    assert "\n  70  a fault of ours" in ran.out


def test_a_closed_pipe_is_quiet(command, small):
    listing = command("list", stdout=subprocess.PIPE)
    listing.stdout.close()

    assert listing.stderr.read() == ""
    assert listing.wait() in (0, 141)


def test_an_interrupt_is_quiet_and_leaves_nothing(command, mine, tmp_path):
    marker = tmp_path / "running"
    os.mkfifo(marker)
    mine.parent.mkdir(parents=True)
    # Opening a FIFO waits for a reader: then, and only then, the check is known to run.
    mine.write_text(
        f"open({str(marker)!r}, 'w').write(str(__import__('os').getpid()))\nwhile True: pass\n",
        encoding="utf-8",
    )
    checking = command("check", TWICE)
    child = int(marker.read_text())

    checking.send_signal(signal.SIGINT)
    out, err = checking.communicate()

    assert (checking.returncode, out, err) == (130, "", "")
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_terminal_that_knows_no_marks_is_no_obstacle(command, answer):
    answer(RIGHT)
    plain = os.environ | {"PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}

    out, err = command("check", TWICE, env=plain).communicate()

    assert f"? {TWICE} passes" in out
    assert err == ""
