"""Every page in a browser: readable, reachable, and nobody else's business."""

from pathlib import Path

import pytest

from labs.kit.course import Course

ROOT = Course().root
AXE = Path(__file__).parent / "axe" / "axe.min.js"
DOCS = ROOT / "docs"


def address(path):
    """Where MkDocs puts a page."""
    name = path.relative_to(DOCS).with_suffix("").as_posix()
    name = name.removesuffix("index").rstrip("/")
    return name + "/" if name else ""


ADDRESSES = [*(address(path) for path in sorted(DOCS.rglob("*.md"))), "404.html"]
every_page = pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: path or "home")
ANNOUNCED = """
    () => { for (const hidden of document.querySelectorAll("details")) hidden.open = true;
            return axe.run(); }
"""


def barriers(page):
    """What axe-core has to say of a page, with all that folds away folded out."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(ANNOUNCED)["violations"]
    return [(wrong["id"], node["html"]) for wrong in found for node in wrong["nodes"]]


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_bars_nobody_asks_nobody_else_and_complains_of_nothing(read, path, scheme):
    page, seen = read(path, scheme=scheme)
    page.wait_for_load_state("networkidle")

    assert not seen.elsewhere
    assert not seen.complaints
    assert not barriers(page)


@every_page
def test_a_page_fits_a_phone_and_bars_nobody_there(read, path):
    page, _ = read(path, width=390)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not barriers(page)


def test_search_finds_a_page(visit):
    page, seen = visit("")

    page.locator(".md-search__input").click()
    page.get_by_text("Type to start searching").wait_for()
    page.keyboard.type("doctor")
    page.locator(".md-search-result__link").first.wait_for()

    assert not seen.elsewhere


def test_the_reader_chooses_light_or_dark(visit):
    page, _ = visit("", scheme="light")
    shown = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(shown)

    page.get_by_title("Switch to dark").click()
    page.wait_for_function(f"{shown} !== '{light}'")

    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_an_unmoving_page_is_read_without_a_script(visit):
    page, _ = visit("", java_script_enabled=False)

    assert page.get_by_role("heading", level=1).is_visible()


RUNBOOKS = [path for path in sorted((DOCS / "runbooks").glob("*.md")) if path.stem != "index"]


@pytest.mark.parametrize("path", RUNBOOKS, ids=lambda path: path.stem)
def test_a_runbook_answers_on_the_first_screen_of_a_phone_without_a_script(visit, path):
    page, _ = visit(address(path), width=390, java_script_enabled=False)
    page.set_viewport_size({"width": 390, "height": 664})

    answered = page.locator(".incident li")

    for number, word in enumerate(("Look", "Stop it", "Call")):
        place = answered.nth(number).bounding_box()
        assert answered.nth(number).inner_text().startswith(word)
        assert place["y"] + place["height"] <= 664, word
