"""A term explains itself: to a pointer, to the keyboard and to a finger."""

import pytest

LESSON = "networking/retries/"


@pytest.fixture
def term(visit):
    page, _ = visit(LESSON)
    return page.locator("a.term", has_text="deadline")


def tip(page):
    return page.get_by_role("tooltip")


def test_a_pointer_sees_what_a_term_means(term):
    term.hover()

    assert "The moment at which an answer stops being useful" in tip(term.page).inner_text()


def test_the_words_stay_while_the_pointer_is_on_them(term):
    term.hover()
    tip(term.page).hover()
    # Longer than it takes to hide.
    term.page.wait_for_timeout(300)
    assert tip(term.page).is_visible()

    term.page.mouse.move(5, 5)
    tip(term.page).wait_for(state="hidden")


def test_the_keyboard_sees_it_too_and_hears_it(term):
    page = term.page
    term.evaluate(
        "term => { const before = document.createElement('button');"
        "term.before(before); before.focus(); }"
    )
    page.keyboard.press("Tab")

    assert tip(page).is_visible()
    assert term.get_attribute("aria-describedby") == tip(page).get_attribute("id")


def test_escape_takes_it_away(term):
    term.hover()

    term.page.keyboard.press("Escape")

    assert tip(term.page).is_hidden()
    assert term.get_attribute("aria-describedby") is None


def test_a_finger_reads_first_and_follows_next(visit):
    page, _ = visit(LESSON, width=390, has_touch=True, is_mobile=True)
    term = page.locator("a.term", has_text="deadline")

    term.tap()
    assert tip(page).is_visible()
    assert page.url.endswith(LESSON)

    term.tap()
    page.wait_for_url("**/glossary/#deadline")


def test_a_click_leads_to_the_glossary(term):
    term.click()

    term.page.wait_for_url("**/glossary/#deadline")


def test_without_a_script_the_browser_shows_the_meaning_as_a_title(visit):
    page, _ = visit(LESSON, java_script_enabled=False)
    term = page.locator("a.term", has_text="deadline")

    assert term.get_attribute("title").startswith("The moment")
    assert term.get_attribute("href") == "../../glossary/#deadline"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_words_stay_in_the_window(visit, width):
    page, _ = visit("oncall/first-page/", width=width)

    for term in page.locator("a.term").all():
        term.hover()
        box = tip(page).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert 0 <= box["y"] <= 900 - box["height"]
        page.keyboard.press("Escape")
