"""Exercises inside a notebook: the magics, in a shell and in a real kernel."""

import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import matplotlib
import nbformat
import pytest
from faces import CAPPED, RIGHT, SQUARE, TWICE
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbclient import NotebookClient

import labs
from labs.kit.progress import Progress
from labs.kit.work import Work

CHECK = f"%%check {TWICE}\ndef twice(number):\n    "


@pytest.fixture
def shell(small, tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False
    shell.replaced = []
    shell.set_next_input = lambda text, replace: shell.replaced.append((text, replace))
    labs.load_ipython_extension(shell)
    yield shell
    shell.magics_manager.registry["Exercises"].desk.close()
    InteractiveShell.clear_instance()


@pytest.fixture
def run(shell):
    """Run a cell; what it displays and prints, and whether it went well."""

    def cell(source):
        with capture_output() as captured:
            ended = shell.run_cell(source)
        data = [output.data for output in captured.outputs]
        plain = "\n".join(each["text/plain"] for each in data)
        html = "\n".join(each["text/html"] for each in data)
        return SimpleNamespace(well=ended.success, plain=plain, html=html, out=captured.stdout)

    return cell


def test_an_exercise_becomes_its_starter_under_a_check(run, shell, twice):
    ran = run(f"%exercise {TWICE}")

    assert shell.replaced == [(f"%%check {TWICE}\n{twice.starter.text.strip()}", True)]
    assert "Say what twice a number is." in ran.plain
    assert "Say what twice a number is." in ran.html


def test_an_exercise_brings_back_what_was_written_already(run, shell, answer):
    answer(RIGHT)

    run(f"%exercise {TWICE}")

    assert RIGHT in shell.replaced[0][0]


def test_a_right_answer_shows_a_card_in_both_forms_and_names_what_is_next(run):
    ran = run(CHECK + RIGHT)

    assert ran.well
    assert f"✓ {TWICE} passes" in ran.plain
    assert "✗" not in ran.plain
    assert f"%exercise {SQUARE}" in ran.plain
    assert 'role="group"' in ran.html


def test_a_wrong_answer_is_answered_with_the_words_of_its_mistake(run):
    first, second = run(CHECK + CAPPED), run(CHECK + CAPPED)

    assert "No double is more than five." in first.plain
    assert "No double is more than five." in first.html
    assert "There is no largest fare" not in first.plain
    assert "There is no largest fare" in second.plain
    assert first.well


def test_the_answer_becomes_the_learners_file_and_the_one_before_is_kept(run, small, mine, answer):
    answer("return 'in the editor'")

    run(CHECK + RIGHT)

    kept = [path.read_text(encoding="utf-8") for path in Work(small).versions(TWICE)]
    assert RIGHT in mine.read_text(encoding="utf-8")
    assert "in the editor" in kept[0]


def test_a_check_is_recorded(run, small):
    run(CHECK + RIGHT)

    assert Progress(Work(small).folder / "progress.db").passed(TWICE)


def test_the_seed_is_the_learners_to_choose(run):
    assert "Seed 77." in run(CHECK.replace(TWICE, f"{TWICE} --seed 77") + "return 1").plain


def test_hints_come_one_at_a_time(run):
    shown = [run(f"%hint {TWICE}").plain for _ in range(4)]

    assert [text.split("  ")[0] for text in shown] == [
        "· Hint 1 of 3",
        "· Hint 2 of 3",
        "· Hint 3 of 3",
        "· Hint 3 of 3",
    ]
    assert "%solution" in shown[3]
    assert run(f"%hint {TWICE} --again").plain.count("Hint ") == 3


def test_the_solution_is_kept_back_until_the_pass_or_a_second_word(run):
    before, told = run(f"%solution {TWICE}"), run(f"%solution {TWICE} --yes")
    run(CHECK + RIGHT)
    after = run(f"%solution {TWICE}")

    assert "has not passed yet" in before.plain
    assert "solution.py" not in before.plain
    assert "solution.py" in told.plain
    assert "-    return number + number" in after.plain


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("%exercise networking/doubling/twise", f"The nearest is `{TWICE}`"),
        ("%exercise networking/doubling", "is a lab. Name an exercise of it"),
        ("%exercise", "Type a slug after it"),
        (f"%%check {TWICE} --seed x\npass", "`x` is not a whole number"),
        ("%hint nothing-like-it-at-all", "`lab list` shows what there is"),
    ],
)
def test_trouble_is_its_sentence_and_no_traceback(run, cell, words):
    ran = run(cell)

    assert not ran.well
    assert words in ran.out
    assert "Traceback" not in ran.out
    assert ran.out.count("\n") <= 2


def test_a_record_that_is_broken_is_a_card_of_its_own(run, small):
    folder = Work(small).folder
    folder.mkdir()
    (folder / "progress.db").write_bytes(b"no database" * 100)

    ran = run(CHECK + RIGHT)

    assert f"✓ {TWICE} passes" in ran.plain
    assert "Progress is not remembered" in ran.plain


def test_an_interrupted_check_says_so_and_the_next_one_is_right(run, small, tmp_path):
    fifo = tmp_path / "running"
    os.mkfifo(fifo)
    # A check that is known to run, because somebody opened the other end, interrupts its kernel.
    reader = f"open({str(fifo)!r}).read(); os.kill({os.getpid()}, {int(signal.SIGINT)})"
    interrupting = subprocess.Popen([sys.executable, "-c", f"import os; {reader}"])

    stopped = run(CHECK + f"open({str(fifo)!r}, 'w').write('x')\n    while True: pass")
    after = run(CHECK + RIGHT)

    interrupting.wait()
    assert "The check was stopped." in stopped.plain
    assert f"✓ {TWICE} passes" in after.plain


def test_the_kernels_process_is_never_forked(run, monkeypatch):
    """It has threads; a fork of it may hang."""

    def refuse():
        raise AssertionError("forked")

    monkeypatch.setattr(os, "fork", refuse)

    assert f"✓ {TWICE} passes" in run(CHECK + RIGHT).plain


@pytest.fixture
def book(small):
    return nbformat.read(small.root / "notebooks/networking/doubling.ipynb", as_version=4)


def executed(book, folder):
    return NotebookClient(book, timeout=60, kernel_name="python3").execute(cwd=str(folder))


def test_a_real_kernel_runs_the_notebook_as_it_is_committed(book, small):
    executed(book, small.root)

    shown = [o for cell in book.cells for o in cell.outputs if o.output_type == "display_data"]
    assert [f"· {slug}" in output.data["text/plain"] for output, slug in
            zip(shown, (TWICE, SQUARE), strict=True)] == [True, True]  # fmt: skip


def test_a_real_kernel_checks_and_leaves_no_worker(book, small):
    book.cells[1].source = CHECK + RIGHT
    book.cells[
        2
    ].source = "get_ipython().magics_manager.registry['Exercises'].desk.worker.process.pid"

    executed(book, small.root)

    worker = int(book.cells[2].outputs[0].data["text/plain"])
    assert "✓" in book.cells[1].outputs[0].data["text/plain"]
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_plots_get_the_style_of_the_pages(run):
    with matplotlib.rc_context():
        run("import matplotlib")
        run("1")

        assert matplotlib.rcParams["figure.facecolor"] == "none"
