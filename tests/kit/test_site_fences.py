"""What the fences of ours make of a small course, and what they say of a wrong name."""

import logging
import re
from pathlib import Path

import pytest
from markdown import Markdown

COURSE = Path(__file__).parent / "site_course"
PAGE = "# A retry is load\n\n```lab\nnetworking/retries\n```\n\n"


@pytest.fixture
def page():
    """Renders the lesson of the small course with this text below its card."""

    def render(text, before=PAGE):
        extensions = ["pymdownx.superfences", "pymdownx.highlight", "tables", "labs.kit.site"]
        settings = {"labs.kit.site": {"root": str(COURSE)}}
        return Markdown(extensions=extensions, extension_configs=settings).convert(before + text)

    return render


def fence(kind, body):
    return f"```{kind}\n{body}\n```\n"


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_lab_card_says_what_lab_toml_says(page):
    card = text_of(page(""))

    for words in ("30 minutes", "Envoy, PostgreSQL", "edge-team", "lab open networking/retries"):
        assert words in card


def test_a_lab_card_links_to_what_comes_before_it_by_its_title(page):
    assert '<a href="../../datastores/locks/">Locks</a>' in page("")


def test_an_exercise_shows_its_task_as_text_and_its_starter_without_it(page):
    html = page(fence("exercise", "networking/retries/backoff"))

    assert "returns <strong>seconds</strong>" in html
    assert "TODO: double it" in html
    assert text_of(html).count("Say how long to wait") == 1


def test_an_exercise_in_yaml_shows_its_leading_comment_as_the_task(page):
    html = page(fence("exercise", "networking/retries/budget"))

    assert "<p>It is 20 %.</p>" in html
    assert text_of(html).count("It is 20 %") == 1
    assert "retry_budget" in html


def test_hints_are_closed_and_come_one_by_one(page):
    html = page(fence("exercise", "networking/retries/backoff"))

    hints = re.findall(r"<details class=\"hint\"><summary>(.*?)</summary><p>(.*?)</p>", html)
    assert hints == [("Hint 1 of 2", "What grows?"), ("Hint 2 of 2", "How does it grow?")]


def test_a_solution_is_never_on_the_page(page):
    assert "2**attempt" not in text_of(page(fence("exercise", "networking/retries/backoff")))


def test_an_output_is_the_recorded_one_below_its_command(page):
    words = text_of(page(fence("output", "storm")))

    assert "lab run networking/retries storm 0 s 0 requests/s" in words
    assert "Recorded on 23 November 2026 with Envoy 1.40.0 and PostgreSQL 18.4." in words


def test_a_figure_is_drawn_in_the_colours_of_the_page(page):
    html = page(fence("figure", "networking/retries/storm"))

    assert "var(--figure-teal)" in html
    assert not re.findall(r"#[0-9a-f]{6}", html[html.index("<svg") :])


def test_a_figure_says_in_words_what_it_shows(page):
    html = page(fence("figure", "storm"))

    assert 'aria-label="One failing request in ten becomes three times the load."' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)[1]
    assert f'<p id="{described}">The rate rises to 800 requests a second.</p>' in html


def test_a_figure_is_the_same_every_time(page):
    assert page(fence("figure", "storm")) == page(fence("figure", "storm"))


def test_ids_of_a_figure_are_its_own(page):
    found = re.findall(r'\bid="([^"]+)"', page(fence("figure", "storm")))
    drawn = [name for name in found if "figure" in name or "axes" in name or "patch" in name]

    assert drawn
    assert all(name.startswith("networking-retries-storm-") for name in drawn)
    assert len(found) == len(set(found))


ASKED = "question: How many?\nanswer: storm.edge\nunit: requests/s\noptions: {}\n"


def test_the_right_answer_of_a_prediction_is_the_one_that_the_run_gives(page):
    html = page(fence("prediction", ASKED.format("[400, 480, 1300, 4000]")))

    assert 'data-right="2"' in html
    assert "<strong>1\u202f300\u00a0requests/s</strong>" in html


def test_an_explanation_may_use_the_numbers_of_the_run(page):
    asked = ASKED.format("[400, 1300]") + "explanation: It was [[storm.edge:.0f]].\n"

    assert "It was 1280" in text_of(page(fence("prediction", asked)))


def test_a_question_may_have_a_colon_in_it(page):
    asked = ASKED.format("[1, 1300]").replace("How many?", "The rule says `a: b`: how many?")

    assert "The rule says a: b" in re.sub("<[^>]+>", "", page(fence("prediction", asked)))


def test_a_prediction_of_a_name_has_names_to_choose_from(page):
    asked = "question: Who?\nanswer: storm.first\noptions: [rides, payments]\n"

    assert 'data-right="1"' in page(fence("prediction", asked))


def test_two_predictions_of_a_page_are_two_choices(page):
    first = "question: Who?\nanswer: storm.first\noptions: [rides, payments]\n"
    html = page(fence("prediction", first) + "\n" + fence("prediction", ASKED.format("[1, 1300]")))

    assert len(set(re.findall(r'type="radio" name="([^"]+)"', html))) == 2


def test_an_alert_shows_what_the_rules_file_has(page):
    words = text_of(page(fence("alert", "rules.yaml RidersNotServed")))

    for part in ("RidersNotServed", "severity: page", "for: 2m", "rides_refused_total"):
        assert part in words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[[storm.edge:.1f]]", "1280.0"),
        ("[[storm.rows.2.rate]]", "800"),
        ("[[networking/retries/storm.edge:,.0f]]", "1,280"),
        ("| a |\n| --- |\n| [[storm.first]] |", "payments"),
        ("## Rises to [[storm.edge:.0f]]", "Rises to 1280"),
    ],
)
def test_a_number_in_prose_comes_from_the_recorded_run(page, written, shown):
    assert shown in text_of(page(written))


@pytest.mark.parametrize("code", ["`[[storm.edge]]`", "```python\nx = [[storm.edge]]\n```"])
def test_code_is_left_as_it_is(page, code):
    assert "[[storm.edge]]" in re.sub(r"<[^>]+>", "", page(code))


def test_a_fence_within_a_fence_is_text(page):
    assert "nothing/real" in page("````markdown\n```exercise\nnothing/real\n```\n````\n")


def test_a_fence_stands_in_a_list_and_in_a_box(page):
    assert page("- item\n\n    ```output\n    storm\n    ```\n").count("<figure") == 1


WRONG = [
    ("exercise", "networking/retries/backof", "The nearest is `networking/retries/backoff`"),
    ("lab", "networking/retry", "The nearest is `networking/retries`"),
    ("output", "networking/retries/strom", "The nearest is `networking/retries/storm`"),
    ("alert", "rules.yaml RidersServed", "The nearest is `RidersNotServed`"),
    ("alert", "../outside.yaml RidersServed", "does not exist"),
    ("alert", "rules.yaml", "names a rules file and an alert"),
    ("prediction", ASKED.format("[700, 2300]"), "lies between two of the options"),
    ("prediction", "answer: [", "It is not YAML"),
    ("prediction", "question: Who?", "A prediction has `question`"),
    ("prediction", ASKED.format("[rides, 7]"), "the options must be numbers"),
    ("prediction", ASKED.replace("edge", "egde").format("[1, 2]"), "The nearest is `edge`"),
]


@pytest.mark.parametrize(("kind", "body", "said"), WRONG)
def test_what_is_wrong_is_one_sentence_in_the_log_and_on_the_page(page, caplog, kind, body, said):
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        html = page(fence(kind, body))

    assert said in caplog.text
    assert said in text_of(html.replace("&#x27;", "'"))
    assert 'class="fault"' in html


def test_an_unknown_number_is_said_with_the_nearest(page, caplog):
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        page("It was [[storm.egde]].")

    assert "There is no value `egde`. The nearest is `edge`." in caplog.text


def test_a_short_name_needs_a_page_that_names_its_lab(page, caplog):
    with caplog.at_level(logging.WARNING, logger="mkdocs"):
        page("It was [[storm.edge]].", before="# A runbook\n\n")

    assert "needs its lab: track/lab/storm" in caplog.text
