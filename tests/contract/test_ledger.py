"""The ledger of permanent links: it holds, it is whole, and it only grows."""

import subprocess
import tomllib

import pytest

from labs.kit.course import Course
from labs.kit.ledger import FILE, Ledger

ROOT = Course().root
LEDGER = Ledger.read(ROOT)


def test_every_link_leads_somewhere_and_every_page_and_exercise_has_one():
    assert not list(LEDGER.faults())


def versions():
    """Every version of the ledger that git remembers."""

    def git(*words):
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else ""

    for commit in git("log", "--format=%h", "--", FILE).split():
        if text := git("show", f"{commit}:{FILE}"):
            yield commit, tomllib.loads(text)


def test_no_link_that_was_ever_given_is_gone():
    gone = [
        f"{name}, which {commit} had"
        for commit, facts in versions()
        for name in facts["links"]
        if name not in LEDGER.links
    ]

    assert not gone


def test_no_page_that_a_link_ever_led_to_is_gone_without_a_word():
    lost = [
        f"{page}, where {name} led in {commit}"
        for commit, facts in versions()
        for name, address in facts["links"].items()
        if (page := address.partition("#")[0]) not in LEDGER.addresses and page not in LEDGER.moved
    ]

    assert not lost


@pytest.mark.parametrize("kind", ["lab", "exercise", "runbook"])
def test_every_kind_of_thing_has_its_links(kind):
    assert [name for name, address in LEDGER.links.items() if LEDGER.kind(address) == kind]
