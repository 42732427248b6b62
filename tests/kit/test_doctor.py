"""`lab doctor`: what works, what does not, and what mends it."""

import json
import shutil
from collections import namedtuple

import pytest

from labs.kit import doctor
from labs.kit.site import build
from labs.kit.stack import installation
from labs.kit.work import Work

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def findings(small, monkeypatch):
    """What is found, by name; the servers are started in a test of their own."""

    def examine():
        monkeypatch.setattr(doctor, "SERVERS", {})
        return {finding.what: finding for finding in doctor.examine(small)}

    return examine


@pytest.mark.parametrize("name", doctor.SERVERS)
def test_every_server_starts_and_answers_and_says_its_version(name):
    assert "answers after" in doctor.server(name)
    assert doctor.server(name)[0].isdigit()


def test_a_server_that_is_missing_is_named_with_the_command_that_brings_it(
    small, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(installation, "TOOLS", tmp_path)

    found = doctor.found("promtool", doctor.START, lambda: doctor.tool("promtool"))

    assert not found.well
    assert found.said == "`promtool` is not installed. `make start` brings it."
    assert found.remedy == "make start"


def test_what_works_is_found_to_work(findings):
    found = findings()

    for what in ("Python", "promtool", "amtool", "course", "work folder", "progress", "disk"):
        assert found[what].well, found[what]
    assert found["course"].said.startswith("1 labs with 2 exercises")


def in_the_way(small, monkeypatch):
    Work(small).folder.write_text("a file", encoding="utf-8")


def damaged(small, monkeypatch):
    Work(small).folder.mkdir()
    (Work(small).folder / "progress.db").write_bytes(b"no database" * 100)


def torn(small, monkeypatch):
    (small.root / "labs/networking/doubling/lab.toml").write_text("minutes =", encoding="utf-8")


def full(small, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda place: Usage(1 << 40, 1 << 40, 5 << 20))


def unbuilt(small, monkeypatch):
    monkeypatch.setattr(build, "SITE", small.root / "site")


def outdated(small, monkeypatch):
    monkeypatch.setattr(doctor, "installed_version", lambda name: "0.0.1")


ILLS = {
    "a file where the work folder belongs": (in_the_way, "work folder", "cannot be written"),
    "a damaged record": (damaged, "progress", "file is not a database"),
    "a broken lab": (torn, "course", "lab.toml cannot be read"),
    "a full disk": (full, "disk", "5 MB are free"),
    "no site": (unbuilt, "site", "is not built"),
    "another version of a package": (outdated, "packages", "jupyterlab 0.0.1 (uv.lock has"),
}


@pytest.mark.parametrize(("harm", "what", "words"), ILLS.values(), ids=ILLS)
def test_what_does_not_work_is_said_with_what_mends_it(
    findings, small, monkeypatch, harm, what, words
):
    harm(small, monkeypatch)

    finding = findings()[what]

    assert not finding.well
    assert words in finding.said
    assert finding.remedy


def test_a_surprise_is_a_finding_and_hides_no_other(findings, monkeypatch):
    monkeypatch.setattr(doctor, "site", lambda: 1 / 0)

    found = findings()

    assert found["site"].said == "ZeroDivisionError: division by zero"
    assert found["progress"].well


def test_the_command_says_all_on_one_screen_and_ends_with_one_for_what_is_ill(
    lab, small, monkeypatch
):
    monkeypatch.setattr(doctor, "SERVERS", {})
    unbuilt(small, monkeypatch)

    ran = lab("doctor")

    lines = ran.out.splitlines()
    assert ran.status == 1
    assert any(line.startswith("✗ site ") for line in lines)
    assert "→ make start" in ran.out
    assert len(lines) <= 40
    assert "do not work" in lines[-1]


def test_the_findings_as_json(lab, small, monkeypatch):
    monkeypatch.setattr(doctor, "SERVERS", {})
    unbuilt(small, monkeypatch)

    found = {each["what"]: each for each in json.loads(lab("doctor", "--json").out)["findings"]}

    assert found["disk"]["well"]
    assert found["site"] == {
        "what": "site",
        "well": False,
        "said": f"{small.root / 'site'} is not built.",
        "remedy": "make start",
    }
