"""What the browser remembers of a learner: kept, merged, never lost, and never sent."""

import json

import pytest

from labs.kit.course import Course

BACKOFF, BUDGET = "networking/retries/backoff", "networking/retries/budget"
BLOCKED = """
    Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("blocked", "SecurityError"); }
    });
"""
FULL = 'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }'
NOT_KEPT = "This browser keeps no progress"


def store(page, code, given=None):
    """Runs `code` with the page's own store as `progress`."""
    return page.evaluate(
        f"""async (given) => {{
            const script = document.querySelector("script[src*='assets/course']").src;
            const progress = await import(new URL("progress.js", script));
            return (() => {{ {code} }})();
        }}""",
        given,
    )


def entry(state="passed", **facts):
    at = "2026-11-20T10:00:00.000Z"
    known = {"state": state, "checks": 1, "hints": 0, "first": at, "last": at, "mistakes": {}}
    return known | facts


def record(**entries):
    return json.dumps({"schema": 1, "exercises": entries})


def kept(page):
    return json.loads(page.evaluate("localStorage.getItem('ground-school')"))


@pytest.fixture
def page(visit):
    return visit("progress/")[0]


def test_nothing_is_known_of_a_new_reader(page):
    assert store(page, "return progress.states();") == {}
    assert store(page, f"return progress.seen('{BACKOFF}');") is None
    assert page.evaluate("localStorage.getItem('ground-school')") is None


def test_a_pass_is_for_good(page):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")
    found = store(page, f"return progress.note('{BACKOFF}', {{verdict: 'fail'}});")

    assert (found["state"], found["checks"]) == ("passed", 2)


def test_checks_hints_and_mistakes_are_counted(page):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'fail', mistake: 'no_jitter'}});")
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'fail', mistake: 'no_jitter'}});")
    store(page, f"progress.note('{BACKOFF}', {{hint: 2}});")
    found = store(page, f"return progress.note('{BACKOFF}', {{hint: 1}});")

    assert (found["state"], found["checks"], found["hints"]) == ("tried", 2, 2)
    assert found["mistakes"] == {"no_jitter": 2}
    assert found["first"] <= found["last"]


def test_what_was_noted_is_there_on_the_next_visit(page):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")
    page.reload()

    assert store(page, "return progress.states();") == {BACKOFF: "passed"}


def test_two_tabs_lose_nothing_of_one_another(page):
    other = page.context.new_page()
    other.goto(page.url)
    store(page, "return progress.states();")

    store(other, f"progress.note('{BUDGET}', {{verdict: 'pass'}});")
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'fail'}});")

    assert kept(page)["exercises"].keys() == {BACKOFF, BUDGET}


def test_a_tab_hears_of_what_happens_in_another(page):
    store(page, "window.heard = 0; progress.subscribe(() => { window.heard += 1; });")
    other = page.context.new_page()
    other.goto(page.url)

    store(other, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")

    page.wait_for_function("window.heard > 0")
    assert store(page, "return progress.states();") == {BACKOFF: "passed"}


def test_who_no_longer_listens_hears_nothing(page):
    store(page, "window.heard = 0; progress.subscribe(() => { window.heard += 1; })();")

    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")

    assert page.evaluate("window.heard") == 0


def test_a_record_that_comes_in_loses_nothing_and_counts_nothing_twice(page):
    mine = record(**{BACKOFF: entry(checks=5, mistakes={"linear": 2}), BUDGET: entry("tried")})
    came = record(**{BACKOFF: entry("tried", checks=2, hints=3, mistakes={"linear": 1, "x": 1})})
    store(page, "progress.imported(given);", mine)

    store(page, "progress.imported(given); progress.imported(given);", came)

    found = kept(page)["exercises"]
    assert found[BUDGET]["state"] == "tried"
    assert found[BACKOFF]["state"] == "passed"
    assert (found[BACKOFF]["checks"], found[BACKOFF]["hints"]) == (5, 3)
    assert found[BACKOFF]["mistakes"] == {"linear": 2, "x": 1}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("half a fi", "it is not JSON."),
        ("null", "is not a record of Ground School."),
        ('{"schema": 1, "exercises": []}', "is not a record of Ground School."),
        ('{"schema": 2, "exercises": {}}', "its schema is 2, and this page knows 1."),
        (record(nothing=entry()), "damaged at `nothing`"),
        (record(**{BUDGET: entry("won")}), f"damaged at `{BUDGET}`"),
        (record(**{BUDGET: entry(checks=-1)}), f"damaged at `{BUDGET}`"),
        (record(**{BUDGET: entry(last="never")}), f"damaged at `{BUDGET}`"),
        (record(**{BACKOFF: entry(), BUDGET: entry(mistakes={"x": "y"})}), "nothing was taken"),
    ],
)
def test_nonsense_is_one_sentence_and_changes_nothing(page, text, sentence):
    said = store(
        page, "try { progress.imported(given); } catch (wrong) { return wrong.message; }", text
    )

    assert sentence in said
    assert store(page, "return progress.states();") == {}


def test_what_is_exported_can_be_imported(page):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass', mistake: 'linear'}});")
    before = kept(page)

    text = store(page, "return progress.exported();")
    store(page, "progress.cleared(); progress.imported(given);", text)

    assert kept(page) == before


@pytest.mark.parametrize("obstacle", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_it_works_for_the_visit_and_says_so(page, obstacle):
    page.add_init_script(obstacle)
    page.reload()

    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")
    store(page, f"progress.note('{BUDGET}', {{verdict: 'fail'}});")

    assert store(page, "return progress.states();") == {BACKOFF: "passed", BUDGET: "tried"}
    assert store(page, "return progress.available();") is False
    assert page.get_by_text(NOT_KEPT).count() == 1


def test_a_disk_that_has_room_again_gets_all_that_it_missed(page):
    page.evaluate("() => { window.real = Storage.prototype.setItem; }")
    page.evaluate(f"() => {{ {FULL} }}")
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")

    page.evaluate("() => { Storage.prototype.setItem = window.real; }")
    store(page, f"progress.note('{BUDGET}', {{verdict: 'fail'}});")

    assert kept(page)["exercises"].keys() == {BACKOFF, BUDGET}
    assert store(page, "return progress.available();") is True
    assert page.get_by_text(NOT_KEPT).count() == 0


def test_a_record_of_a_newer_course_is_left_alone(page):
    newer = json.dumps({"schema": 2, "exercises": {"a": "b"}})
    page.evaluate("text => localStorage.setItem('ground-school', text)", newer)
    page.reload()

    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")

    assert page.evaluate("localStorage.getItem('ground-school')") == newer
    assert store(page, "return [progress.available(), progress.states()];") == [
        False,
        {BACKOFF: "passed"},
    ]


def test_a_record_that_cannot_be_read_is_put_aside(page):
    page.evaluate("localStorage.setItem('ground-school', 'half a rec')")
    page.reload()

    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")

    assert page.evaluate("localStorage.getItem('ground-school-damaged')") == "half a rec"
    assert kept(page)["exercises"].keys() == {BACKOFF}


def test_what_the_local_server_knows_is_joined_and_stays_its_own(page):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'fail'}});")
    known = {BACKOFF: "passed", BUDGET: "tried", "networking/retries/deadline": "opened"}

    store(page, "progress.join(given);", known)

    assert store(page, "return progress.states();") == {BACKOFF: "passed", BUDGET: "tried"}
    assert kept(page)["exercises"][BACKOFF]["state"] == "tried"


def test_the_page_shows_each_exercise_as_it_stands(page):
    store(page, "progress.imported(given);", record(**{BACKOFF: entry(checks=3, hints=1)}))

    row = page.locator(f"[data-exercise='{BACKOFF}']")
    assert "passed, 3 checks, 1 hint, 20 Nov 2026" in row.inner_text()
    assert (
        f"1 of {len(Course().exercise_slugs())} exercises passed"
        in page.locator(".standing").inner_text()
    )


def test_a_file_takes_progress_to_another_browser(page, visit, tmp_path):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    other, _ = visit("progress/")

    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name="Import").click()
    chooser.value.set_files(file)

    other.get_by_text("Imported. 1 exercise more passed.").wait_for()
    assert store(other, "return progress.states();") == {BACKOFF: "passed"}


def test_a_file_that_is_no_record_is_refused_in_a_sentence(page, tmp_path):
    file = tmp_path / "holiday.json"
    file.write_text("a photograph")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Import").click()
    chooser.value.set_files(file)

    page.get_by_text("This file is not a record of Ground School: it is not JSON.").wait_for()


@pytest.mark.parametrize("sure", [True, False])
def test_progress_is_forgotten_by_who_means_it(page, sure):
    store(page, f"progress.note('{BACKOFF}', {{verdict: 'pass'}});")
    page.once("dialog", lambda dialog: dialog.accept() if sure else dialog.dismiss())

    page.get_by_role("button", name="Clear all").click()

    assert store(page, "return progress.states();") == ({} if sure else {BACKOFF: "passed"})
    assert (page.evaluate("localStorage.getItem('ground-school')") is None) == sure


def test_without_a_script_the_page_says_what_it_cannot_show(visit):
    page, _ = visit("progress/", java_script_enabled=False)

    assert page.get_by_text("How you stand is shown here where scripts run").is_visible()
    assert not page.get_by_role("button", name="Export").is_visible()
