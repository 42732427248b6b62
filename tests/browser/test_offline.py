"""The built site on any host, below any prefix, and opened as files."""

import re
from urllib.parse import urldefrag, urljoin

import pytest

LINKS = "[...document.querySelectorAll('a[href]')].map((link) => link.href)"


def crawl(page, start, inside):
    """Every page that can be reached by links: what each lacks, and what it complains of."""
    seen, waiting, wrong = set(), [start], []
    page.on("console", lambda said: said.type == "error" and wrong.append((page.url, said.text)))
    page.on("pageerror", lambda error: wrong.append((page.url, str(error))))
    page.on("requestfailed", lambda request: wrong.append((page.url, request.url)))
    page.on("response", lambda got: got.status >= 400 and wrong.append((page.url, got.url)))
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        # Files are there or not; a host is asked for more after the page has come.
        page.goto(address, wait_until="load" if address.startswith("file:") else "networkidle")
        if page.locator("h1").count() == 0:
            wrong.append((address, "is no page"))
        for link in {urldefrag(each)[0] for each in page.evaluate(LINKS)}:
            if link.startswith("https://"):
                continue
            if not link.startswith(inside):
                wrong.append((address, link))
            elif link not in seen and "/-/" not in link:
                waiting.append(link)
    return seen, wrong


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pages(built):
    """All but the permanent links, which only lead to the others."""
    return {path for path in built.rglob("index.html") if "go" not in path.parts}


def test_every_page_works_below_a_prefix(page, below, built):
    seen, wrong = crawl(page, below, below)

    assert not wrong
    places = {path.relative_to(built).parent.as_posix() for path in pages(built)}
    assert {urljoin(below, "" if place == "." else f"{place}/") for place in places} <= seen


def test_search_works_below_a_prefix(page, below):
    page.goto(below)

    page.locator(".md-search__input").click()
    page.get_by_text("Type to start searching").wait_for()
    page.keyboard.type("too many clients already")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"{below}symptoms/**")

    assert page.locator("h1").is_visible()


def test_every_page_is_read_as_a_file(page, built):
    """A link leads to a page, and not to the listing of a folder."""
    home = (built / "index.html").as_uri()

    seen, wrong = crawl(page, home, built.as_uri())

    assert not [each for each in wrong if not module(*each)]
    assert {path.as_uri() for path in pages(built)} <= seen


def module(_, said):
    """Browsers refuse modules to files. What needs them says so; all else is there."""
    return "CORS policy" in said or "ERR_FAILED" in said or re.search(r"/assets/.*\.m?js$", said)


def test_where_search_cannot_work_it_says_so(page, built):
    page.goto((built / "index.html").as_uri())

    search = page.locator(".md-search__input")
    assert search.is_disabled()
    assert "web server" in page.locator(".md-search__form").get_attribute("title")


def test_a_file_shows_its_terms_and_its_code(page, built):
    page.goto((built / "networking" / "retries" / "index.html").as_uri())

    page.locator("a.term", has_text="deadline").hover()

    assert page.get_by_role("tooltip").is_visible()
    assert page.locator("pre code").first.is_visible()
