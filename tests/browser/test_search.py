"""Search finds by symptom as well as by topic."""

from urllib.parse import urlsplit

import pytest

SYMPTOM = "symptoms/#"
RETRIES, STORM = "networking/retries/", "runbooks/retry-storm/"
BOOKING, BOOKED = "datastores/double-booking/", "runbooks/double-booking/"
BROKEN, NOT_SERVED = "observability/ok-but-broken/", "runbooks/riders-not-served/"
FIRST_PAGE, FLOOD = "oncall/first-page/", "runbooks/alert-flood/"
ROLLOUT, BAD_ROLLOUT = "shipping/rollout/", "runbooks/bad-rollout/"

# What is typed, and what has to be among the first three results. With an anchor it is the section.
WANTED = {
    # As a log or a program writes it.
    "503 UH": SYMPTOM + "503-uh-no-healthy-upstream",
    "UO": SYMPTOM + "503-uo-reset-reason-overflow",
    "no healthy upstream": SYMPTOM + "503-uh-no-healthy-upstream",
    "upstream request timeout": SYMPTOM + "504-ut-upstream-request-timeout",
    "upstream connect error": SYMPTOM + "upstream-connect-error-or-disconnectreset-before-headers",
    "FATAL: sorry, too many clients already": SYMPTOM + "sorry-too-many-clients-already",
    "too many clients already": SYMPTOM + "sorry-too-many-clients-already",
    "could not serialize access": "symptoms/",
    "deadlock detected": SYMPTOM + "deadlock-detected",
    "OOM command not allowed": SYMPTOM + "oom-command-not-allowed-when-used-memory-maxmemory",
    "context deadline exceeded": SYMPTOM + "context-deadline-exceeded",
    "No space left on device": SYMPTOM + "no-space-left-on-device",
    "40001": BOOKING,
    "upstream_rq_retry": RETRIES,
    "retry_overflow": STORM,
    "pg_stat_activity": BOOKED,
    "retry_on": RETRIES,
    "RidersNotServed": NOT_SERVED,
    # As the field calls it.
    "forty pages": FIRST_PAGE,
    "retry budget": RETRIES,
    "metastable": RETRIES,
    "burn rate": BROKEN,
    "canary": ROLLOUT,
    "jitter": "glossary/#jitter",
    "inhibition": FIRST_PAGE,
    "lost update": BOOKING,
    # As people on call ask.
    "service returns 200 but broken": BROKEN,
    "alerts flood": FLOOD,
    "rollback": BAD_ROLLOUT,
    "how do I roll back": BAD_ROLLOUT,
    "double booking": BOOKING,
    "two riders same driver": BOOKED,
    "who do I call": SYMPTOM + "who-do-i-call",
    "pager keeps ringing": "symptoms/",
    "database is slow": SYMPTOM + "it-is-slow-and-nobody-knows-where",
    "write an update": SYMPTOM + "what-do-i-write-in-an-update",
    "riders are not served": NOT_SERVED,
    "lab doctor": "help/",
}
SHOWN = """() => [...document.querySelectorAll(".md-search-result__item")].slice(0, 3).flatMap(
    (item) => [...item.querySelectorAll("a")].filter((link) => link.checkVisibility()).map(
        (link) => link.href))"""


@pytest.fixture(scope="module")
def searched(chromium, site):
    """`searched("503 UH")`: where the first three results lead, page or section."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site)
    page.locator(".md-search__input").click()

    def search(words):
        page.locator(".md-search__input").select_text()
        page.keyboard.press("Delete")
        page.get_by_text("Type to start searching").wait_for()
        page.locator(".md-search__input").fill(words[:-1])
        # The search listens to keys.
        page.keyboard.type(words[-1])
        page.locator(".md-search-result__link").first.wait_for()
        found = [urlsplit(address) for address in page.evaluate(SHOWN)]
        return [f"{each.path[1:]}#{each.fragment}".rstrip("#") for each in found]

    yield search
    context.close()


@pytest.mark.parametrize("words", WANTED)
def test_the_first_three_results_lead_to_the_right_page(searched, words):
    wanted = WANTED[words]
    found = searched(words)

    assert wanted in found or wanted in {each.partition("#")[0] for each in found}


def test_a_result_leads_to_the_symptom_itself(visit):
    page, _ = visit("")

    page.locator(".md-search__input").click()
    page.keyboard.type("too many clients already")
    page.locator(".md-search-result__link").nth(1).click()
    page.wait_for_url("**/symptoms/**")

    assert page.locator("#sorry-too-many-clients-already").is_visible()
