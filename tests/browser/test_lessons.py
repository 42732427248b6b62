"""A lesson in a browser: predictions, hints, and the way to the notebook."""

import gzip

import pytest

from labs.kit.course import Course

LABS = [lab for lab in Course().labs() if lab.page.exists()]
every_lesson = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


@every_lesson
def test_an_answer_waits_for_a_prediction(visit, lab):
    page, _ = visit(f"{lab.slug}/")

    for asked in page.locator(".prediction").all():
        assert not asked.locator("details").is_visible()
        asked.locator("input").first.check()
        assert asked.locator("details p").first.is_visible()


@every_lesson
def test_only_the_right_prediction_is_called_right(visit, lab):
    page, _ = visit(f"{lab.slug}/")

    for asked in page.locator(".prediction").all():
        choices = asked.locator("input")
        for place in range(choices.count()):
            choices.nth(place).check()
            right = str(place) == asked.get_attribute("data-right")
            assert asked.locator(".chosen-right").count() == right
            assert asked.locator(".chosen-wrong").count() == (not right)


@every_lesson
def test_without_a_script_the_answer_is_one_click_away(visit, lab):
    page, _ = visit(f"{lab.slug}/", java_script_enabled=False)

    for asked in page.locator(".prediction").all():
        asked.locator("summary").click()
        assert asked.locator("details p").first.is_visible()


@every_lesson
def test_a_prediction_is_made_with_the_keyboard(visit, lab):
    page, _ = visit(f"{lab.slug}/")

    asked = page.locator(".prediction").first
    asked.locator("input").first.focus()
    page.keyboard.press("ArrowDown")

    assert asked.locator("details p").first.is_visible()


@every_lesson
def test_without_a_script_hints_open_one_at_a_time(visit, lab):
    page, _ = visit(f"{lab.slug}/", java_script_enabled=False)

    hints = page.locator(".exercise").first.locator("details.hint")
    hints.first.locator("summary").click()

    assert hints.first.locator("p").is_visible()
    assert not any(hints.nth(n).locator("p").is_visible() for n in range(1, hints.count()))


@every_lesson
def test_a_static_page_offers_no_notebook_that_it_cannot_open(visit, lab):
    page, _ = visit(f"{lab.slug}/")

    assert not page.locator("a.here").is_visible()


@every_lesson
def test_a_lesson_is_light_until_an_exercise_is_touched(chromium, site, lab):
    """As a host sends it that compresses text, which all do."""
    context = chromium.new_context()
    page, sent = context.new_page(), []
    page.on("response", lambda answer: sent.append(len(gzip.compress(answer.body()))))

    page.goto(f"{site}{lab.slug}/")
    page.wait_for_load_state("networkidle")

    assert 0 < sum(sent) < 300_000
    context.close()


@every_lesson
def test_a_command_is_copied_without_its_prompt(visit, lab):
    page, _ = visit(f"{lab.slug}/", permissions=["clipboard-read", "clipboard-write"])

    page.locator(".lab .md-code__button").first.click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.length > 0)")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == f"lab open {lab.slug}"
