"""The contract, line by line, for every exercise of the course. DESIGN.md numbers the lines."""

import ast
import os
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from labs.kit.check.result import Verdict
from labs.kit.check.worker import Worker
from labs.kit.course import ROOT as CLONE
from labs.kit.course import Answer, Course

SURVIVORS = CLONE / "tests" / "contract" / "survivors.toml"


def test_there_are_exercises_in_all_five_tracks():
    """A collector that finds nothing would make every other test here pass."""
    tracks = {slug.split("/")[0] for slug in Course().exercise_slugs()}

    assert tracks == {"networking", "datastores", "observability", "oncall", "shipping"}


def test_the_starter_loads_and_fails_at_one_check(proof):
    assert {str(result.verdict) for result in proof.starter} == {"fail"}
    assert proof.starter_fails


def test_every_right_answer_passes_with_every_seed(proof):
    assert proof.answers_passing == list(proof.answers), proof.faults()
    assert len(proof.answers) >= 2


def test_every_mistake_fails_and_is_diagnosed_as_itself(proof):
    assert proof.mistakes_diagnosed == list(proof.mistakes), proof.faults()
    assert len(proof.mistakes) >= 3


def test_every_mistake_is_answered_with_its_own_words_by_the_one_runner(worker, exercise):
    for mistake in exercise.mistakes:
        result = worker.check(exercise, mistake)

        assert result.mistake, (mistake.name, result)
        assert f"{result.mistake.words}\n\n{result.mistake.more}" == mistake.words


def test_mutants_of_the_solution_are_noticed(proof):
    assert set(proof.survivors) <= set(proof.excused), proof.survivors


def test_every_check_is_the_only_one_to_catch_something(proof):
    assert proof.checks_needed == proof.checks


def test_the_list_of_surviving_mutants_gives_reasons_and_only_shrinks():
    listed = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))

    reasons = [reason for exercise in listed.values() for reason in exercise.values()]
    assert all(len(reason.split()) >= 4 for reason in reasons)
    assert len(reasons) <= ALLOWED
    assert set(listed) <= set(Course().exercise_slugs())


ALLOWED = 0
"""How many there are. Lower it when one goes; nothing raises it."""


HOSTILE = {
    "empty": "",
    "syntax error": "def (:\n",
    "endless loop": "while True:\n    pass\n",
    "sys.exit": "import sys\nsys.exit(0)\n",
    "flood": "for _ in range(20000):\n    print('x' * 1000)\n",
    "recursion": "def deeper():\n    return deeper()\n\n\ndeeper()\n",
    "fork": "import os, time\nif os.fork() == 0:\n    time.sleep(60)\n",
    "patched builtin": "import builtins\nbuiltins.len = lambda *a: 0\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_gets_a_clear_verdict(worker, exercise, name):
    """For configuration these are texts that no server can read."""
    hostile = Answer(Path(f"learner{exercise.starter.suffix}"), HOSTILE[name])
    limit = 2.0 if "loop" in name else exercise.seconds

    result = worker.check(replace(exercise, seconds=limit), hostile)

    assert result.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.TIMEOUT), result
    assert result.message or any(outcome.what for outcome in result.checks), result


ODD = ("None", "''", "-1", "float('nan')", "[]", "{}", "object()", "True", "10 ** 30", "lambda: 0")


@pytest.mark.parametrize("value", ODD)
def test_an_answer_that_returns_nonsense_is_told_so(worker, exercise, value):
    """It fails, and is not broken: checks must not stumble over what a learner gives back."""
    if exercise.starter.suffix != ".py":
        text = value
    else:
        text = "\n\n".join(nonsense(ast.parse(exercise.starter.text), value))

    result = worker.check(exercise, Answer(Path(f"learner{exercise.starter.suffix}"), text))

    assert result.verdict in (Verdict.FAIL, Verdict.ERROR), result


def nonsense(tree, value):
    """The functions of a starter, with the value as the body of each."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"def {node.name}({ast.unparse(node.args)}):\n    return {value}"
        elif isinstance(node, ast.ClassDef):
            yield f"class {node.name}:\n    __init__ = __call__ = lambda *a, **k: None"
        elif not isinstance(node, ast.Expr):
            yield ast.unparse(node)


def test_the_verdict_is_the_same_under_any_hash_seed(exercise):
    """And in any order: these processes have run nothing else before."""
    answers = [exercise.starter, exercise.solution, *exercise.mistakes[:3]]
    before, seen = os.environ.get("PYTHONHASHSEED"), []
    for hash_seed in ("0", "1"):
        os.environ["PYTHONHASHSEED"] = hash_seed
        with Worker() as fresh:
            pairs = [(answer, 7) for answer in answers]
            seen.append([behaviour(result) for result in fresh.batch(exercise, pairs)])
        answers, seen[-1] = answers[::-1], seen[-1][:: 1 if hash_seed == "0" else -1]
    if before is None:
        del os.environ["PYTHONHASHSEED"]
    else:
        os.environ["PYTHONHASHSEED"] = before

    assert seen[0] == seen[1]


def behaviour(result):
    return [(o.name, str(o.verdict), o.what, repr(o.symptom)) for o in result.checks]


def test_starter_and_answers_define_the_same_names(exercise):
    if exercise.starter.suffix != ".py":
        return
    wanted = public(exercise.starter)
    for answer in (exercise.solution, *exercise.alternatives, *exercise.mistakes):
        assert wanted <= public(answer), answer.path


def public(answer):
    names = set()
    for node in ast.parse(answer.text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in names if name[0] != "_"}


def test_hints_do_not_give_the_answer_away(exercise):
    """No hint holds a line of the solution that the starter does not show."""
    shown = {line.strip() for line in exercise.starter.text.splitlines()}
    for line in exercise.solution.text.splitlines():
        if len(line.strip()) > 12 and line.strip() not in shown:
            assert not any(line.strip() in hint for hint in exercise.hints), line


def test_the_runner_needs_nothing_but_the_standard_library():
    """It is what the page runs too, under Pyodide."""
    script = (
        "import sys\n"
        "from labs.kit.check import runner, diagnosis\n"
        "from labs.kit import course\n"
        "foreign = [name for name in sys.modules if '.' not in name and name != 'labs'\n"
        "           and name not in sys.stdlib_module_names and not name.startswith('_')]\n"
        "print(foreign)\n"
    )

    ran = subprocess.run(
        [sys.executable, "-S", "-c", script], cwd=CLONE, capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == "[]"
