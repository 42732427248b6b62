"""Paths and the home page: where one is, and what is next; and nothing false without a script."""

import http.server
import json
import threading
import urllib.error
import urllib.request

import pytest
from test_browser_exercises import PURE, bench
from test_browser_progress import entry, record, store
from test_every_page import ANNOUNCED, AXE

from labs.kit.course import Course
from labs.kit.paths import paths

__all__ = ["bench"]
COURSE = Course()
PATHS = {path.slug: path for path in paths(COURSE)}
FIRST = PATHS["first-week"]
ALL = COURSE.exercise_slugs()
WEEK = [exercise.slug for exercise in FIRST.exercises]
KEEP = "text => localStorage.setItem('ground-school', text)"
PREFIX = "/deep/below/"


def passed(slugs):
    return record(**{slug: entry() for slug in slugs})


@pytest.fixture
def visit_with(visit):
    """`visit_with("path/", record)`: the page, as somebody with this record meets it."""

    def open_page(path, text, **options):
        page, _ = visit(path, **options)
        page.evaluate(KEEP, text)
        page.reload()
        page.locator(".ticks").first.wait_for(state="attached")
        return page

    return open_page


def standing(page):
    """What it says, once the script has said it."""
    page.locator(".standing .where").first.wait_for()
    return page.locator(".standing").first.inner_text()


def test_a_first_visit_begins_with_the_first_lab(visit):
    page, _ = visit("")

    page.get_by_role("link", name="Begin with the first lab").click()

    assert page.url.endswith(f"/{COURSE.slugs[0]}/")


def test_a_first_visit_is_not_told_where_it_is(visit):
    page, _ = visit("")
    page.wait_for_load_state("networkidle")

    assert not page.locator(".you-are-here").is_visible()


def test_the_home_page_says_where_one_is_and_leads_on(visit_with):
    page = visit_with("", passed(ALL[:1]))

    assert f"You are here: 1 of {len(ALL)} exercises passed" in standing(page)
    page.get_by_role("link", name="Go on").click()
    assert page.url.endswith(f"/{COURSE.slugs[0]}/#exercise-{ALL[1].split('/')[-1]}")
    page.locator(f"#exercise-{ALL[1].split('/')[-1]}").wait_for()


def test_what_is_next_goes_on_from_what_was_done_last(visit_with):
    later = entry("tried", last="2026-11-21T10:00:00.000Z")
    page = visit_with("", record(**{ALL[0]: entry(), ALL[4]: later}))

    assert f"Next: {ALL[4].split('/')[-1]}, in" in standing(page)


def test_who_has_passed_everything_is_told_so(visit_with):
    page = visit_with("", passed(ALL))

    assert f"{len(ALL)} of {len(ALL)} exercises passed." in standing(page)
    assert "Nothing is left to pass here" in standing(page)


def test_a_path_that_is_followed_is_where_the_home_page_goes_on(visit_with):
    page = visit_with("paths/before-on-call/", passed(WEEK))
    path = PATHS["before-on-call"]

    page.get_by_role("button", name="Follow this path").click()
    page.goto(page.url.replace("paths/before-on-call/", ""))

    total = len(path.exercises)
    both = sum(exercise.slug in WEEK for exercise in path.exercises)
    assert f"on {path.title}, {both} of {total} exercises passed" in standing(page)
    assert f"in {path.labs[1].title}" in standing(page)


def test_a_path_says_how_many_exercises_and_minutes_are_left(visit_with):
    lab = FIRST.labs[0]
    page = visit_with("paths/first-week/", passed(exercise.slug for exercise in lab.exercises))

    left = FIRST.minutes - lab.minutes
    done = f"{len(lab.exercises)} of {len(WEEK)} exercises passed, about {left} minutes left."
    assert done in standing(page)


def test_a_lab_whose_exercises_are_passed_is_done_whoever_read_its_lesson(visit_with):
    lab = FIRST.labs[1]
    page = visit_with("paths/first-week/", passed(exercise.slug for exercise in lab.exercises))

    done = page.locator(".stops > .done")
    assert done.count() == 1
    assert done.get_attribute("data-lab") == lab.slug
    assert "Done" in done.inner_text()


@pytest.mark.parametrize("slug", PATHS)
def test_who_knows_a_lab_already_is_led_to_its_exercises(visit, slug):
    page, _ = visit(f"paths/{slug}/")
    links = [link.get_attribute("href") for link in page.locator(".try a").all()]

    assert len(links) == len(PATHS[slug].exercises)
    for lab in PATHS[slug].labs:
        page.goto(page.url.split("paths/")[0] + f"{lab.slug}/")
        for exercise in lab.exercises:
            assert f"../../{lab.slug}/#exercise-{exercise.name}" in links
            assert page.locator(f"#exercise-{exercise.name}").count() == 1
        page.go_back()


def test_a_pass_in_another_tab_shows_at_once(visit_with):
    page = visit_with("paths/first-week/", passed(WEEK[:1]))
    other = page.context.new_page()
    other.goto(page.url)

    store(other, f"progress.note('{WEEK[1]}', {{verdict: 'pass'}});")

    page.get_by_text(f"2 of {len(WEEK)} exercises passed").wait_for()


def test_paths_that_have_begun_show_how_far(visit_with):
    page = visit_with("paths/", passed(["oncall/first-page/triage"]))

    for path in PATHS.values():
        begun = "oncall/first-page" in [lab.slug for lab in path.labs]
        card = page.locator(f"[data-path='{path.slug}'] .standing")
        assert card.is_visible() == begun, path.slug


def test_with_make_start_what_the_terminal_knows_counts(visit):
    page, seen = visit("paths/first-week/")
    here = "document.documentElement.dataset.server = '/';"
    page.context.route("**/assets/local.js", lambda route: route.fulfill(body=here))
    known = json.dumps({"states": {WEEK[0]: "passed", WEEK[1]: "tried"}})
    page.context.route("**/course/-/progress", lambda route: route.fulfill(body=known))

    page.reload()

    page.get_by_text(f"1 of {len(WEEK)} exercises passed").wait_for()
    assert not seen.complaints


def test_a_record_that_the_local_server_cannot_read_is_said(visit):
    page, _ = visit("progress/")
    here = "document.documentElement.dataset.server = '/';"
    page.context.route("**/assets/local.js", lambda route: route.fulfill(body=here))
    page.context.route(
        "**/course/-/progress", lambda route: route.fulfill(status=500, body="It is locked.")
    )

    page.reload()

    page.get_by_text("The record of this machine was not read: It is locked.").wait_for()


class Below(http.server.BaseHTTPRequestHandler):
    """The site again, below a prefix."""

    site = ""

    def do_GET(self):
        try:
            with urllib.request.urlopen(self.site + self.path.removeprefix(PREFIX)) as answer:
                self.send_response(200 if self.path.startswith(PREFIX) else 404)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.end_headers()
                self.wfile.write(answer.read())
        except urllib.error.HTTPError as wrong:
            self.send_error(wrong.code)

    def log_message(self, *_):
        """Requests are not worth a line."""


def test_below_a_prefix_it_is_the_same(visit, site):
    handler = type("BelowSite", (Below,), {"site": site})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}{PREFIX}"
        page, seen = visit("", base=base)
        page.evaluate(KEEP, passed(ALL[:1]))
        page.reload()
        page.get_by_role("link", name="Go on").click()
        page.wait_for_load_state()
        server.shutdown()

    assert page.url.startswith(f"{base}{COURSE.slugs[0]}/#exercise-")
    assert not seen.elsewhere


def test_an_exercise_that_passes_in_the_page_is_passed_on_the_path(bench):
    wrong = COURSE.exercise(PURE).mistakes[0]
    place = bench(PURE)
    place.write(wrong.text)
    assert place.checked()
    place.press("Hint")
    place.write(COURSE.exercise(PURE).solution.text)
    assert place.checked()

    found = store(place.page, f"return progress.seen('{PURE}');")
    assert (found["state"], found["checks"], found["hints"]) == ("passed", 2, 1)
    assert found["mistakes"] == {wrong.name: 1}
    place.page.reload()
    place.place.get_by_role("button", name="Solution").wait_for()
    place.page.goto(place.page.url.split("networking")[0] + "paths/first-week/")
    place.page.get_by_text(f"1 of {len(WEEK)} exercises passed").wait_for()


@pytest.mark.parametrize("path", ["", "paths/", "paths/first-week/"])
def test_without_a_script_nobody_is_told_how_far_they_are(visit, path):
    page, _ = visit(path, java_script_enabled=False)

    assert not any(each.is_visible() for each in page.locator(".standing").all())
    assert page.get_by_role("heading", level=1).is_visible()


def test_the_run_on_the_home_page_goes_on_after_a_guess(visit):
    page, _ = visit("")
    drawn = ".opening .drawn > div"
    veil = f"getComputedStyle(document.querySelector('{drawn}'), '::after').content"
    assert page.evaluate(veil) != "none"

    page.locator(".opening .prediction input").first.check()

    assert page.evaluate(veil) == "none"
    assert page.locator(".opening .prediction details p").first.is_visible()


def test_without_a_script_the_run_on_the_home_page_is_whole(visit):
    page, _ = visit("", java_script_enabled=False)

    assert page.locator(".opening .drawn svg").is_visible()
    assert page.locator(".opening .drawn details").is_visible()


def test_who_is_paged_finds_the_runbooks_on_the_first_screen_of_a_phone(visit):
    page, _ = visit("", width=390)
    box = page.locator(".paged a").bounding_box()

    assert box["y"] + box["height"] <= 664


def test_the_home_page_is_light(site):
    with urllib.request.urlopen(site) as answer:
        assert len(answer.read()) < 60_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("known", [ALL[:8], ALL], ids=["half", "full"])
@pytest.mark.parametrize("path", ["", "paths/", "paths/from-a-runbook/", "progress/"])
def test_axe_finds_nothing_in_what_progress_adds(visit_with, path, known, scheme):
    page = visit_with(path, passed(known), scheme=scheme, width=390)
    page.add_script_tag(path=AXE)

    found = page.evaluate(ANNOUNCED)["violations"]

    assert not [(wrong["id"], node["html"]) for wrong in found for node in wrong["nodes"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
