"""The card: what a Result says to a person, in a terminal and in a notebook."""

import re
from html.parser import HTMLParser

import pytest

from labs.kit.card import html, text
from labs.kit.check.result import Mistake, Outcome, Result, Verdict

FAILED = Outcome(
    "stops", "No wait is longer than 20 s.", Verdict.FAIL,
    what="longest of 200 waits", expected="19.5 to 20", got="1e+08 s", case="30",
)  # fmt: skip
SKIPPED = Outcome("spreads", "Waits are spread.", Verdict.SKIPPED, because="stops")
HELD = Outcome("grows", "The wait grows.", Verdict.PASS)
MISTAKE = Mistake("no_ceiling", "Nobody comes back.\n\nStop `wait` at 20 s.", "Look at attempt 30.")
FAIL = Result("a/b/c", Verdict.FAIL, 407, [HELD, FAILED, SKIPPED], mistake=MISTAKE)


def result(verdict, **facts):
    return Result("a/b/c", verdict, 407, **facts)


def test_a_failed_check_says_claim_expected_and_got():
    assert text(FAIL).splitlines()[:7] == [
        "✗ a/b/c: 1 of 3 checks pass.",
        "  ✓ The wait grows.",
        "  ✗ No wait is longer than 20 s.",
        "    longest of 200 waits: expected 19.5 to 20, got 1e+08 s",
        "    smallest failing case: 30",
        "  · Waits are spread.",
        "    not tried: it needs “No wait is longer than 20 s”",
    ]


def test_what_is_too_long_for_a_line_stands_one_below_the_other():
    far = Outcome("far", "It is.", Verdict.FAIL, what="pages", expected="a " * 40, got="b " * 40)

    lines = text(result(Verdict.FAIL, checks=[far])).splitlines()

    assert lines[2] == "    pages:"
    assert lines[3].startswith("    expected  a a")
    assert lines[4].startswith("    got       b b")


def test_the_seed_comes_before_the_words_of_the_mistake_and_the_next_step_last():
    shown = text(FAIL, then=["Next: `lab hint a/b/c`"])

    places = [shown.index(words) for words in ("Seed 407.", "Nobody comes back.", "Next: `lab")]
    assert places == sorted(places)


def test_the_same_mistake_again_says_more():
    assert "Look at attempt 30." not in text(FAIL)
    assert "Look at attempt 30." in text(FAIL, again=True)


def test_the_words_of_a_mistake_fit_a_terminal_of_80_columns():
    long = Mistake("far", "It goes on. " * 20 + "\n\nOne line.", "")

    shown = text(result(Verdict.FAIL, checks=[FAILED], mistake=long))

    assert max(map(len, shown.splitlines())) <= 80
    assert "\n\n  One line." in shown


def test_a_pass_is_one_mark_and_no_cross():
    shown = text(result(Verdict.PASS, checks=[HELD]))

    assert shown.startswith("✓ a/b/c passes: 1 of 1 checks pass.")
    assert "✗" not in shown


def test_what_is_broken_is_said_to_be_ours_and_names_the_commands():
    shown = text(result(Verdict.BROKEN, message="NameError: x", trace="NameError: x"))

    assert "The fault is ours, not your answer's." in shown
    assert "NameError: x" in shown
    assert "`lab doctor`" in shown
    assert "`lab verify a/b`" in shown
    assert "✗" not in shown


@pytest.mark.parametrize("checks", [[], [HELD, SKIPPED]], ids=["none tried", "some tried"])
def test_a_server_that_is_missing_is_one_line(checks):
    missing = "`promtool` is not installed. `make start` brings it."

    shown = text(result(Verdict.BROKEN, message=missing, checks=checks))

    assert shown == f"! a/b/c could not be judged. {missing}"


def test_an_error_says_what_was_raised_once_and_where():
    outcome = Outcome("grows", "It grows.", Verdict.ERROR, what="NameError: x, at line 2")
    trace = '  File "mine.py", line 2, in wait\nNameError: x\n'

    shown = text(result(Verdict.ERROR, checks=[outcome], message=outcome.what, trace=trace))

    assert shown.count("NameError: x, at line 2") == 1
    assert 'File "mine.py", line 2' in shown


def test_an_answer_that_could_not_be_loaded_lists_no_checks():
    shown = text(result(Verdict.ERROR, checks=[SKIPPED], message="line 1 is not Python"))

    assert "line 1 is not Python" in shown
    assert "Waits are spread" not in shown


def test_a_flood_of_output_is_cut():
    shown = text(result(Verdict.FAIL, checks=[FAILED], output="line\n" * 100))

    assert shown.count("    line") == 10
    assert "and 90 more lines" in shown


def test_what_an_answer_printed_does_not_move_the_cursor():
    shown = text(result(Verdict.FAIL, checks=[FAILED], output="\x1b[2J\x07\ud800gone"))

    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", shown)
    assert "gone" in shown


def test_there_is_no_colour_unless_it_is_asked_for():
    assert "\x1b[" not in text(FAIL)
    assert "\x1b[31m" in text(FAIL, colour=True)


class Tags(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], "", []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


HOSTILE = '<script>alert("1")</script> & `<img src=x onerror=alert(1)>`'


def test_the_html_says_what_the_text_says():
    page = Tags(html(FAIL, again=True, then=["Next: `%hint a/b/c`"]))

    for line in text(FAIL, again=True, then=["Next: `%hint a/b/c`"]).splitlines():
        words = line.strip(" ✓✗·").replace("`", "")
        assert words in page.words.replace("`", ""), words
    assert page.open == []


@pytest.mark.parametrize("field", ["message", "trace", "output", "mistake", "got", "claim"])
def test_nothing_that_an_answer_says_becomes_markup(field):
    outcome = Outcome("grows", "It grows.", Verdict.FAIL, "what", "this", "that")
    said = result(Verdict.FAIL, checks=[outcome])
    if field == "mistake":
        said.mistake = Mistake("x", HOSTILE, HOSTILE)
    elif field in ("got", "claim"):
        setattr(outcome, field, HOSTILE)
    else:
        setattr(said, field, HOSTILE)

    page = Tags(html(said, again=True))

    assert not {"script", "img"} & set(page.tags)
    assert '<script>alert("1")</script>' in page.words


def test_the_html_speaks_to_those_who_do_not_see_it():
    source = html(FAIL)
    page = Tags(source)

    assert ("role", "group") in page.attributes
    assert ("aria-label", "a/b/c: 1 of 3 checks pass.") in page.attributes
    assert "does not pass: " in page.words
    assert "not tried: " in page.words


def test_the_html_fetches_nothing():
    assert not re.search(r"https?:|url\(|<link|<script|src=", html(FAIL))
