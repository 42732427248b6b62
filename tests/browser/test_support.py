"""The way to somebody who helps, with what they would ask for already in it."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from test_browser_exercises import PURE, WRONG, Bench

from labs.kit.course import Course

COMPANY = yaml.safe_load((Course().root / "tests/kit/company/support.yml").read_text())
TRACKER = COMPANY["extra"]["support"]["url"]


@pytest.fixture
def supported(chromium, site):
    """A lesson of a company that has set where its people ask."""
    context = chromium.new_context()

    def with_support(route):
        answer = route.fetch()
        meta = f'<meta name="support" content="{TRACKER}"><meta name="support-name" content="us">'
        html = answer.text().replace("<head>", f"<head>{meta}".replace("&", "&amp;"))
        route.fulfill(response=answer, body=html)

    context.route(re.compile(r"/networking/retries/(\?.*)?$"), with_support)
    page = context.new_page()
    page.goto(f"{site}networking/retries/")
    yield page
    context.close()


def sent(link):
    address = urlsplit(link.get_attribute("href"))
    assert address.hostname == "tracker.example.com"
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def test_a_page_offers_help_with_what_it_is(supported):
    supported.wait_for_function("document.querySelector('.stuck a').host.startsWith('tracker')")

    asked = sent(supported.get_by_role("link", name="Something wrong, or stuck?"))

    assert asked["title"] == "Ground School: How a retry becomes an attack on ourselves"
    assert "Address: http" in asked["body"]
    assert "Browser: Mozilla" in asked["body"]
    assert "Course version: 0." in asked["body"]


def test_a_failed_check_offers_help_with_the_verdict(supported):
    place = Bench(supported, PURE)
    place.write(WRONG)
    place.checked()

    asked = sent(place.place.get_by_role("link", name="Stuck? Ask us"))

    assert asked["title"] == f"Stuck in {PURE}"
    for words in (f"Exercise: {PURE}", "Verdict: fail", "Seed: 407", "Smallest failing case:"):
        assert words in asked["body"]


def test_an_address_is_never_longer_than_trackers_take(supported):
    link = supported.evaluate(
        """async () => {
            const support = await import(new URL('../../assets/support.js', location));
            return support.supportLink(support.template(), 'x', {Card: '\\u{1F600}é'.repeat(5000)});
        }"""
    )

    assert len(link) <= 2000
    assert unquote(link).endswith(" …")


def test_the_token_of_the_local_server_is_not_sent(supported):
    supported.goto(f"{supported.url}?token=secret&hops=3")
    supported.wait_for_function("document.querySelector('.stuck a').host.startsWith('tracker')")

    asked = sent(supported.get_by_role("link", name="Something wrong, or stuck?"))

    assert "hops=3" in asked["body"]
    assert "secret" not in asked["body"]


def test_half_a_character_and_an_end_of_line_can_be_sent(supported):
    link = supported.evaluate(
        """async () => {
            const support = await import(new URL('../../assets/support.js', location));
            const facts = {Card: 'one\\ntwo \\ud83d'};
            return support.supportLink('mailto:us@example.com?body={body}', 'x', facts);
        }"""
    )

    assert unquote(link).endswith("Card: one\r\ntwo \N{REPLACEMENT CHARACTER}")


def test_where_no_company_has_set_anything_it_is_the_page_help(visit):
    page, _ = visit("networking/retries/")

    page.get_by_role("link", name="Something wrong, or stuck?").click()

    page.wait_for_url("**/help/")


def test_an_old_page_says_so_however_long_ago_it_was_built(chromium, site):
    context = chromium.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2031-01-01")

    page.goto(f"{site}help/")

    assert page.get_by_text("That day has passed").is_visible()
    context.close()
