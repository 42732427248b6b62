"""What a page may ask of the local server, and what is refused."""

import json
import shutil
from http.cookies import SimpleCookie

import pytest
from test_site_server import Local

from labs.kit.course import Course

SLUG = "networking/retries/backoff"
RIGHT = "def wait(attempt, rng):\n    return rng.uniform(0, min(20, 0.1 * 2 ** min(attempt, 8)))\n"
WRONG = RIGHT.replace("0.1", "0.2")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Local(tmp_path_factory.mktemp("api"), "--ServerApp.base_url=/user/ada/")
    yield server
    server.end()


@pytest.fixture
def local(server):
    """The server, of a learner who has done nothing yet."""
    for path in server.work.glob("*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return server


def send(local, question, **options):
    status, _, body = local.ask(
        "course/-/check", method="POST", body=json.dumps(question).encode(), **options
    )
    return status, json.loads(body) if body.startswith("{") else body


def asked(text, slug=SLUG, began=""):
    return {"exercise": slug, "text": text, "began": began}


def written(local):
    return local.work / f"{SLUG}.py"


def test_an_answer_is_judged_and_becomes_the_learners_file(local):
    status, said = send(local, asked(RIGHT))

    assert (status, said["result"]["verdict"]) == (200, "pass")
    assert "5 of 5" in said["card"]
    assert written(local).read_text() == RIGHT


def test_the_canary_fails_here_too(local):
    assert send(local, asked(WRONG))[1]["result"]["verdict"] == "fail"


def test_what_was_begun_elsewhere_is_shown(local):
    written(local).parent.mkdir(parents=True)
    written(local).write_text(WRONG)

    assert json.loads(local.ask(f"course/-/exercise/{SLUG}")[2]) == {"text": WRONG, "passed": False}


def test_where_nothing_was_begun_nothing_is_made(local):
    assert json.loads(local.ask(f"course/-/exercise/{SLUG}")[2])["text"] is None
    assert not written(local).exists()


def test_a_file_that_was_changed_elsewhere_is_not_replaced_unasked(local):
    send(local, asked(WRONG))
    written(local).write_text("# from another editor\n")

    said = send(local, asked(RIGHT, began=WRONG))[1]

    assert said == {"changed": "# from another editor\n"}
    assert written(local).read_text() == "# from another editor\n"
    assert send(local, asked(RIGHT, began=said["changed"]))[1]["result"]["verdict"] == "pass"


def test_the_solution_waits_for_a_pass(local):
    refused = local.ask(f"course/-/solution/{SLUG}")
    send(local, asked(RIGHT))
    given = local.ask(f"course/-/solution/{SLUG}")

    assert refused[0] == 409
    assert "has not passed yet" in refused[2]
    assert json.loads(given[2])["code"].startswith("def wait")


@pytest.mark.parametrize("slug", ["networking/retries/nothing", "../../etc/passwd", "", "a/b/c"])
def test_only_exercises_that_exist_are_judged(local, slug):
    status, said = send(local, asked(RIGHT, slug))

    assert status == 404
    assert said["message"].startswith("There is no exercise")
    assert not list(local.work.rglob("*.py"))


@pytest.mark.parametrize(
    "question", [{}, [], {"exercise": SLUG}, {"exercise": SLUG, "text": 1, "began": ""}]
)
def test_a_question_that_is_none_is_refused(local, question):
    assert send(local, question)[0] == 400


def test_an_answer_is_not_as_long_as_a_book(local):
    assert send(local, asked("#" * (1 << 20)))[0] == 413


@pytest.mark.parametrize("path", ["check", f"exercise/{SLUG}", f"solution/{SLUG}"])
def test_nobody_without_the_token_is_answered(local, path):
    method = "POST" if path == "check" else "GET"
    status, _, body = local.ask(f"course/-/{path}", token=None, method=method, body=None)

    assert status in (302, 403)
    assert "text" not in body


def signed_in(local):
    headers = local.ask("course/assets/local.js")[1]
    cookies = SimpleCookie()
    for line in headers.get_all("Set-Cookie") or []:
        cookies.load(line)
    return cookies


def test_a_cookie_alone_sends_nothing(local):
    """Another site can make a browser send its cookies, and cannot read the token in them."""
    cookies = signed_in(local)
    carried = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    own = {"Cookie": carried, "Content-Type": "application/json"}

    refused = send(local, asked(RIGHT), token=None, **own)[0]

    assert refused == 403
    assert not written(local).exists()


def test_another_origin_is_refused(local):
    status = send(local, asked(RIGHT), Origin="https://elsewhere.example")[0]

    assert status in (403, 404)
    assert not written(local).exists()


def test_a_server_that_an_exercise_needs_runs_here(local):
    exercise = Course().exercise("datastores/double-booking/find")

    said = send(local, asked(exercise.solution.text, exercise.slug))[1]

    assert said["result"]["verdict"] == "pass"
