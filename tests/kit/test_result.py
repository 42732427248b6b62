"""The documented JSON of a result: the page, the example on it, and what the command prints."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from faces import CAPPED, TWICE

from labs.kit.check.result import Mistake, Outcome, Result, Verdict
from labs.kit.course import ROOT

PAGE = (ROOT / "docs/contribute/result.md").read_text(encoding="utf-8")
EXAMPLE = Path(__file__).parent / "result.json"


def test_the_example_on_the_page_is_what_the_command_prints(lab, answer):
    """After a change on purpose: write what it prints into that file, and read the difference."""
    answer(CAPPED)

    printed = lab("check", TWICE, "--json").out

    assert json.loads(printed) == json.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert printed == EXAMPLE.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [Result, Outcome, Mistake])
def test_the_page_has_a_line_for_every_field_and_no_other(kind):
    heading = {Result: "a result", Outcome: "a check", Mistake: "a mistake"}[kind]
    table = PAGE.partition(f"## Fields of {heading}\n")[2].partition("\n## ")[0]

    named = {
        name
        for line in table.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }

    known = {field.name for field in fields(kind)}
    assert named == known | ({"schema"} if kind is Result else set())


def test_the_page_has_a_line_for_every_verdict():
    table = PAGE.partition("## Verdicts\n")[2]

    assert set(re.findall(r"^\| `(\w+)`", table, re.M)) == set(Verdict)


def test_a_result_comes_back_from_its_json_as_it_was(lab, answer):
    data = json.loads(EXAMPLE.read_text(encoding="utf-8"))

    assert Result.from_json(data).as_json() == data
