"""The same pages from the server of `make start`: checks run on the learner's machine."""

import os
import re
import subprocess
import sys

import pytest
from test_browser_exercises import PURE, RIGHT, WRONG, Bench

from labs.kit.course import Course

ROOT = Course().root
SERVED = "networking/retries/budget"


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """The address with its token, and the folder of the learner's work."""
    folder = tmp_path_factory.mktemp("local")
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder / "site")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    places = {"GROUND_SCHOOL_SITE": str(folder / "site"), "GROUND_SCHOOL_WORK": str(folder / "w")}
    process = subprocess.Popen(
        [sys.executable, "-m", "labs.kit.site.serve"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PORT"} | places,
        stdout=subprocess.PIPE,
        text=True,
    )
    said = ""
    while not (found := re.search(r"The course:  (\S+/course/)(\?\S+)", said)):
        line = process.stdout.readline()
        assert line, said
        said += line
    yield *found.groups(), folder / "w"
    process.terminate()
    process.wait(30)
    process.stdout.close()


@pytest.fixture
def bench(local, visit):
    base, token, _ = local

    def open_bench(slug):
        page, seen = visit(token, base=base)
        page.goto(f"{base}{slug.rpartition('/')[0]}/")
        place = Bench(page, slug)
        place.seen = seen
        place.place.get_by_role("button", name="Check", exact=True).wait_for()
        return place

    return open_bench


def test_what_needs_envoy_is_checked_by_the_same_button(bench):
    place = bench(SERVED)

    card = place.checked()

    assert f"{SERVED}: 0 of 5 checks pass" in card
    assert not place.seen.elsewhere


def test_a_canary_fails_and_the_right_answer_passes(bench, local):
    place = bench(PURE)
    place.write(WRONG)
    assert "✗" in place.checked()

    place.write(RIGHT)

    assert "passes: 5 of 5" in place.checked()
    assert (local[2] / f"{PURE}.py").read_text() == RIGHT
    place.press("Solution")
    place.place.get_by_role("heading", name="The solution").wait_for()


def test_the_learners_file_is_what_the_page_shows(bench, local):
    path = local[2] / "networking/retries/deadline.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("def call(send, clock, waits, deadline):\n    return 'mine'\n")

    place = bench("networking/retries/deadline")

    place.place.get_by_text("return 'mine'").wait_for()


def test_a_file_that_changed_elsewhere_is_offered_first(bench, local):
    place = bench("shipping/rollout/bucket")
    place.write("def bucket(rider, salt):\n    return 1\n")
    place.checked()
    path = local[2] / "shipping/rollout/bucket.py"
    path.write_text("# elsewhere\n")
    place.write("def bucket(rider, salt):\n    return 2\n")

    place.press("Check")
    place.place.get_by_text("changed elsewhere").wait_for()
    assert path.read_text() == "# elsewhere\n"
    place.press("Show it")

    assert "# elsewhere" in place.editor.inner_text()


def test_its_notebook_is_one_click_away(bench, local):
    page = bench(PURE).page

    page.get_by_role("link", name="Open its notebook").click()

    page.wait_for_url("**/lab/tree/networking/retries.ipynb*")
