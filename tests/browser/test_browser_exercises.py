"""Exercises done in the page, in a browser, with nothing behind it but files."""

import json

import pytest

from labs.kit.check.worker import Worker
from labs.kit.course import Course
from labs.kit.site.exercises import runs_in_a_page

COURSE = Course()
HERE = [e for lab in COURSE.labs() for e in lab.exercises if runs_in_a_page(e)]
LONG = 60_000
PURE = "networking/retries/backoff"
RIGHT = """
def wait(attempt, rng):
    return rng.uniform(0, min(20, 0.1 * 2 ** min(attempt, 8)))
"""
WRONG = RIGHT.replace("0.1", "0.2")
ENDLESS = "def wait(attempt, rng):\n    while True:\n        pass\n"
every_exercise = pytest.mark.parametrize("exercise", HERE, ids=lambda exercise: exercise.slug)


class Bench:
    """One exercise on an open page."""

    def __init__(self, page, slug):
        self.page = page
        self.place = page.locator(f'[data-exercise="{slug}"]')

    def press(self, name):
        self.place.get_by_role("button", name=name, exact=True).click()

    def write(self, text):
        if not self.editor.count():
            self.press("Edit")
        self.editor.fill(text)

    @property
    def editor(self):
        return self.place.locator(".cm-content")

    def checked(self):
        """The card, once there is one for what is in the editor now."""
        self.place.evaluate("place => place.querySelector('.verdict').replaceChildren()")
        self.press("Check")
        return self.card()

    def card(self):
        card = self.place.locator(".verdict section")
        card.wait_for(timeout=LONG)
        return card.inner_text()


@pytest.fixture
def bench(visit):
    """`bench(slug)`: the bench of that exercise, on its lesson's page."""

    def open_bench(slug, **options):
        page, seen = visit(f"{slug.rpartition('/')[0]}/", **options)
        place = Bench(page, slug)
        place.seen = seen
        place.place.get_by_role("button", name="Check", exact=True).wait_for()
        return place

    return open_bench


def test_a_right_answer_passes_and_the_solution_is_offered(bench):
    place = bench(PURE)

    place.write(RIGHT)

    assert "passes: 5 of 5" in place.checked()
    place.press("Solution")
    place.place.get_by_role("heading", name="The solution").wait_for()
    place.place.get_by_text("How it differs from yours").click()
    assert "+    ceiling" in place.place.locator(".diff").inner_text()


def test_the_solution_waits_for_a_pass(bench):
    place = bench(PURE)

    assert "1 of 5 checks pass" in place.checked()
    assert not place.place.get_by_role("button", name="Solution").is_visible()


def test_a_mistake_is_answered_with_its_words_and_more_at_the_second_time(bench):
    exercise = COURSE.exercise(PURE)
    mistake = next(m for m in exercise.mistakes if m.words.count("\n\n") >= 2)
    last = mistake.words.split("\n\n")[-1].split()[:4]
    place = bench(PURE)
    place.write(mistake.text)

    first, second = place.checked(), place.checked()

    assert mistake.words.splitlines()[0] in first
    assert " ".join(last) not in " ".join(first.split())
    assert " ".join(last) in " ".join(second.split())


def test_an_endless_loop_is_ended_and_the_next_check_works(bench):
    place = bench(PURE)
    place.write(ENDLESS)

    assert "did not come to an end" in place.checked()
    place.write(RIGHT)
    assert "passes" in place.checked()


def test_the_page_does_not_freeze_while_an_answer_runs(bench):
    place = bench(PURE)
    place.write(ENDLESS)
    place.press("Check")

    place.press("Hint")

    assert place.place.locator("details.hint p").first.is_visible()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def wait(",
        "import sys\nsys.exit()",
        "import os\nos._exit(0)",
        "import os\nos.abort()",
        "def wait(attempt, rng):\n    return wait(attempt, rng)",
        "x = []\nwhile True:\n    x.append(' ' * 10**7)",
        "import math, random\nrandom.Random.uniform = lambda *a: 1\ndef wait(a, rng): return 1",
        "import js",
        "print('x' * 10**7)\ndef wait(attempt, rng): return 0",
        "raise KeyboardInterrupt",
    ],
)
def test_whatever_an_answer_does_there_is_a_verdict_and_the_next_one_is_judged(bench, text):
    place = bench(PURE)
    place.write(text)

    assert "✗" in place.checked()
    place.write(RIGHT)
    assert "passes" in place.checked()


def test_what_an_answer_changes_in_python_is_put_back(bench):
    place = bench(PURE)
    changes = "import fractions, zlib\nzlib.crc32 = lambda data: 1\nfractions.Fraction = None\n"
    place.write(changes + RIGHT)
    place.checked()

    place.write(
        f"import fractions, zlib\nassert fractions.Fraction and zlib.crc32(b'a') != 1{RIGHT}"
    )

    assert "passes" in place.checked()


def test_hints_come_one_at_a_time(bench):
    place = bench(PURE)
    hints = place.place.locator("details.hint")

    place.press("Hint")

    assert [hints.nth(n).is_visible() for n in range(hints.count())].count(True) == 1
    place.place.get_by_role("button", name="Hint 2").click()
    assert hints.nth(1).locator("p").is_visible()


def test_what_was_written_is_there_after_a_reload(bench):
    place = bench(PURE)
    place.write(WRONG)

    place.page.reload()

    place.place.get_by_text("0.2 * 2").wait_for()
    assert "1 of 5" not in place.checked()


def test_a_reset_is_undone(bench):
    place = bench(PURE)
    place.write(WRONG)

    place.press("Reset")
    assert "TODO" in place.editor.inner_text()
    place.press("Undo reset")

    assert "0.2 * 2" in place.editor.inner_text()


def test_the_keyboard_is_enough(bench):
    place = bench(PURE)
    place.place.get_by_role("button", name="Edit").focus()
    place.page.keyboard.press("Enter")
    place.editor.wait_for()

    place.page.keyboard.press("Control+a")
    place.page.keyboard.insert_text(RIGHT)
    place.page.keyboard.press("Control+Enter")

    assert "passes" in place.card()
    place.page.keyboard.press("Escape")
    place.page.keyboard.press("Tab")
    assert place.page.evaluate("document.activeElement.textContent") == "Check"


def test_a_screen_reader_hears_the_verdict(bench):
    place = bench(PURE)
    place.checked()

    status = place.place.get_by_role("status")

    assert "1 of 5 checks pass" in status.inner_text()
    assert place.place.get_by_role("group", name="1 of 5 checks pass").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_an_exercise_that_was_tried(bench, scheme):
    from test_every_page import AXE

    place = bench(PURE, width=390, scheme=scheme)
    place.write(RIGHT)
    place.checked()
    place.press("Solution")
    place.place.get_by_role("heading", name="The solution").wait_for()
    place.page.add_script_tag(path=AXE)

    found = place.page.evaluate("axe.run()")["violations"]

    assert not [(wrong["id"], node["html"]) for wrong in found for node in wrong["nodes"]]
    assert place.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_is_loaded_before_the_first_touch(bench):
    place = bench(PURE)
    place.page.wait_for_load_state("networkidle")

    loaded = place.page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")

    assert not [name for name in loaded if "/npm/" in name or "/made/" in name]


def test_an_exercise_asks_nobody_else(bench):
    place = bench(PURE)
    place.write(RIGHT)
    place.checked()

    assert not place.seen.elsewhere
    assert not place.seen.complaints


def test_what_needs_a_server_says_how_it_runs(visit):
    page, _ = visit("networking/retries/")
    place = page.locator('[data-exercise="networking/retries/budget"]')

    assert place.get_by_text("It needs Envoy, on your own machine").is_visible()
    assert not place.get_by_role("button", name="Check").count()


def test_a_browser_without_webassembly_is_told_what_to_do(bench, chromium, site):
    context = chromium.new_context()
    context.add_init_script("delete globalThis.WebAssembly")
    page = context.new_page()
    page.goto(f"{site}networking/retries/")
    place = Bench(page, PURE)

    place.press("Check")
    said = place.place.get_by_role("status")
    said.get_by_text("WebAssembly").wait_for()

    assert f"lab check {PURE}" in said.inner_text()
    context.close()


def test_files_that_are_missing_are_a_sentence(visit):
    page, _ = visit("networking/retries/")
    page.route("**/npm/pyodide/**", lambda route: route.abort())
    place = Bench(page, PURE)

    place.press("Check")
    place.place.get_by_role("status").get_by_text("could not be checked here").wait_for()


def test_a_browser_that_keeps_nothing_checks_all_the_same(chromium, site):
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    page = context.new_page()
    page.goto(f"{site}networking/retries/")
    place = Bench(page, PURE)
    place.write(RIGHT)

    assert place.place.get_by_text("keeps nothing for this page").is_visible()
    assert "passes" in place.checked()
    context.close()


def verdicts(result):
    """What must be the same in the page as in the terminal. `got` may hold a random hash."""
    mistake = result["mistake"] and result["mistake"]["name"]
    checks = [[c["name"], c["verdict"], c["what"], c["expected"]] for c in result["checks"]]
    return [result["verdict"], result["seed"], mistake, checks]


def test_postgresql_in_the_page_plans_with_an_index_and_counts_its_buffers(visit):
    page, seen = visit("datastores/double-booking/")

    lines = page.evaluate(
        """async () => {
            const place = '../../assets/npm/@electric-sql/pglite/dist/index.js';
            const { PGlite } = await import(new URL(place, location));
            const database = await PGlite.create();
            await database.exec(`CREATE TABLE t AS SELECT generate_series(1, 10000) AS id;
                CREATE INDEX ON t (id); ANALYZE t`);
            const asked = 'EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM t WHERE id = 77';
            return (await database.query(asked)).rows.map((row) => row['QUERY PLAN']);
        }"""
    )

    assert "Index Only Scan" in lines[0] or "Index Scan" in lines[0]
    assert any("Buffers: shared" in line for line in lines)
    assert not seen.elsewhere


@every_exercise
def test_pyodide_and_cpython_say_the_same(visit, exercise):
    page, seen = visit(f"{exercise.lab}/")
    others = [*exercise.alternatives, *exercise.mistakes]
    answers = [exercise.starter, exercise.solution, *others]
    with Worker() as worker:
        expected = {str(a.path): worker.check(exercise, a).as_json() for a in answers}
    judged = """async ([slug, texts]) => {
        const judge = await import(new URL('assets/judge.js', document.baseURI + '../../'));
        const said = [];
        for (const text of texts) said.push((await judge.check(slug, text, [])).result);
        return said;
    }"""

    came = page.evaluate(judged, [exercise.slug, [answer.text for answer in answers]])

    assert not seen.elsewhere
    for answer, result in zip(answers, came, strict=True):
        there = json.loads(json.dumps(expected[str(answer.path)]))
        assert verdicts(result) == verdicts(there), answer.path
