"""The local server: the course behind Jupyter's login, at its own address and below a prefix."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import psutil
import pytest

from labs.kit.course import Course
from labs.kit.progress import Progress

ROOT = Course().root
PAGES = {
    "index.html": "<title>Home</title>",
    "404.html": '<a href="/runbooks/">x</a> {"base": "/", "search": "/assets/w.js"}',
    "networking/retries/index.html": "<title>Retries</title>",
    "assets/course.css": "body {}",
    "assets/local.js": "// nothing here",
}


class Local:
    """A server of `make start`, asked over HTTP."""

    def __init__(self, folder, *options, owner=()):
        for path, text in PAGES.items():
            place = folder / "the site" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        self.site = folder / "the site"
        self.work = folder / "the work"
        places = {"GROUND_SCHOOL_SITE": str(self.site), "GROUND_SCHOOL_WORK": str(self.work)}
        environment = {n: v for n, v in os.environ.items() if n != "PORT"} | places
        self.process = subprocess.Popen(
            [*owner, sys.executable, "-m", "labs.kit.site.serve", *options],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = ""
        while not (found := re.search(r"JupyterLab:  (http://.*/)lab\?token=(\w+)", said)):
            line = self.process.stdout.readline()
            assert line, said
            said += line
        self.base, self.token = found.groups()

    def ask(self, path, token="ours", method="GET", body=None, **headers):
        if token:
            headers["Authorization"] = f"token {self.token if token == 'ours' else token}"
        request = urllib.request.Request(self.base + path, method=method, headers=headers)
        request.data = body
        try:
            with urllib.request.build_opener(Stay).open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def end(self):
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()


class Stay(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *_):
        return None


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    server = Local(tmp_path_factory.mktemp("local"))
    yield server
    server.end()


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    server = Local(tmp_path_factory.mktemp("hub"), "--ServerApp.base_url=/user/ada/")
    yield server
    server.end()


def test_the_address_itself_leads_to_the_course(local):
    status, headers, _ = local.ask("")

    assert (status, headers["Location"].rstrip("?")) == (302, "/course/")


def test_the_course_and_jupyterlab_are_one_server(local):
    assert "<title>Home</title>" in local.ask("course/")[2]
    assert "jupyter-config-data" in local.ask("lab")[2]


@pytest.mark.parametrize(
    "path",
    ["course/", "course/assets/local.js", "course/-/open/a/b", "course/-/progress", "lab"],
)
@pytest.mark.parametrize("token", [None, "0123456789abcdef"])
def test_nobody_is_served_without_the_token(local, path, token):
    status, headers, body = local.ask(path, token=token)

    assert status in (302, 403)
    assert "Home" not in body
    assert status == 403 or "/login?" in headers["Location"]


def test_a_page_without_its_last_slash_is_found(local):
    status, headers, _ = local.ask("course/networking/retries")

    assert (status, headers["Location"]) == (301, "/course/networking/retries/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("course/", "text/html; charset=UTF-8"),
        ("course/assets/course.css", "text/css; charset=UTF-8"),
        ("course/assets/local.js", "text/javascript; charset=UTF-8"),
    ],
)
def test_a_file_has_its_type(local, path, kind):
    assert local.ask(path)[1]["Content-Type"] == kind


def test_a_page_that_is_not_there_is_answered_by_the_sites_own(hub):
    status, headers, body = hub.ask("course/nothing/here")

    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=UTF-8"
    assert 'href="/user/ada/course/runbooks/"' in body
    assert '{"base": "/user/ada/course/", "search": "/user/ada/course/assets/w.js"}' in body


@pytest.mark.parametrize("path", ["../secret", "%2e%2e/secret", "..%2fsecret", "/../secret"])
def test_nothing_outside_the_site_is_served(local, path):
    (local.site.parent / "secret").write_text("the secret")

    status, _, body = local.ask(f"course/{path}")

    assert status in (403, 404)
    assert "the secret" not in body


def test_a_page_is_sent_again_only_when_it_has_changed(local):
    page = local.site / "changing.html"
    page.write_text("before")
    mark = {"If-None-Match": local.ask("course/changing.html")[1]["Etag"]}

    assert local.ask("course/changing.html", **mark)[0] == 304
    page.write_text("after it")
    assert local.ask("course/changing.html", **mark)[2] == "after it"


def test_a_page_learns_that_it_is_on_the_learners_machine(hub):
    assert '"/user/ada/"' in hub.ask("course/assets/local.js")[2]


def test_below_a_prefix_all_is_below_it(hub):
    assert hub.ask("")[1]["Location"].rstrip("?") == "/user/ada/course/"
    assert "<title>Retries</title>" in hub.ask("course/networking/retries/")[2]


def test_a_page_may_load_nothing_from_another_host(local):
    assert "default-src 'self'" in local.ask("course/")[1]["Content-Security-Policy"]


def test_opening_a_notebook_makes_the_learners_copy(hub):
    lab = next((lab for lab in Course().labs() if lab.notebook.exists()), None)
    assert lab is not None

    status, headers, _ = hub.ask(f"course/-/open/{lab.slug}")

    assert (status, headers["Location"]) == (302, f"/user/ada/lab/tree/{lab.slug}.ipynb")
    assert (hub.work / f"{lab.slug}.ipynb").exists()


def test_a_notebook_that_nobody_has_is_one_sentence(local):
    status, _, body = local.ask("course/-/open/networking/nothing")

    assert status == 404
    assert body.startswith("There is no lab `networking/nothing`.")


def test_a_page_learns_what_was_tried_and_passed_on_this_machine(hub):
    record = Progress(hub.work / "progress.db")
    record.record("opened", "networking/retries/deadline")
    record.record("checked", "networking/retries/budget", verdict="fail")
    record.record("passed", "networking/retries/backoff", verdict="pass")

    status, headers, body = hub.ask("course/-/progress")

    assert (status, headers["Content-Type"]) == (200, "application/json; charset=UTF-8")
    assert json.loads(body)["states"] == {
        "networking/retries/backoff": "passed",
        "networking/retries/budget": "tried",
    }


def test_the_record_of_this_machine_is_read_and_never_written(local):
    for method in ("POST", "PUT", "DELETE"):
        assert local.ask("course/-/progress", method=method, body=b"{}")[0] == 405

    assert json.loads(local.ask("course/-/progress")[2]) == {"states": {}}


def test_a_record_that_cannot_be_read_is_one_sentence(tmp_path_factory):
    server = Local(tmp_path_factory.mktemp("damaged"))
    server.work.mkdir(exist_ok=True)
    (server.work / "progress.db").write_bytes(b"nothing that SQLite has written" * 99)

    status, _, body = server.ask("course/-/progress")
    server.end()

    assert status == 500
    assert body.startswith("Progress is not remembered: ")
    assert body.count("\n") == 1


def test_jupyterlab_asks_no_other_host_for_news_or_extensions(local):
    page = local.ask("lab")[2]
    found = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)
    config = json.loads(found[1])
    settings = local.ask("lab/api/settings/@jupyterlab/apputils-extension:notification")[2]

    assert config["news"] == {"disabled": True}
    assert config["extensionManager"]["can_install"] is False
    assert json.loads(settings)["schema"]["properties"]["fetchNews"]["default"] == "false"


def kernel_of(server):
    before = set(psutil.Process(server.pid).children(recursive=True))
    status, _, body = server.local.ask("api/kernels", method="POST", body=b"{}")
    assert status == 201, body
    started = set(psutil.Process(server.pid).children(recursive=True)) - before
    assert started
    return started


def gone(processes):
    """Wait until they are; a zombie of an owner that is dead counts as gone."""
    return not psutil.wait_procs(processes, timeout=30)[1]


class Started:
    """A server below an owner, as it is below `make`."""

    def __init__(self, folder):
        # Not `exec`: the shell has to stay, and to be the owner.
        self.local = Local(folder, owner=("sh", "-c", '"$@"; exit $?', "sh"))
        self.owner = psutil.Process(self.local.process.pid)
        (self.server,) = self.owner.children()
        self.pid = self.server.pid


@pytest.fixture
def started(tmp_path):
    below = Started(tmp_path)
    family = [below.owner, below.server]
    yield below
    for process in family:
        if process.is_running():
            process.kill()
    below.local.process.wait()
    below.local.process.stdout.close()


def test_ctrl_c_ends_the_server_and_its_kernels(started):
    kernels = kernel_of(started)

    started.server.send_signal(signal.SIGINT)

    assert gone([started.server, *kernels])


def test_an_owner_killed_takes_the_server_and_its_kernels_with_it(started):
    kernels = kernel_of(started)

    started.owner.kill()

    assert gone([started.server, *kernels])


def test_a_server_killed_takes_its_kernels_with_it(started):
    kernels = kernel_of(started)

    started.server.kill()

    assert gone(kernels)


def test_a_taken_port_is_one_sentence(local):
    port = re.search(r":(\d+)/", local.base)[1]
    ran = subprocess.run(
        [sys.executable, "-m", "labs.kit.site.serve"],
        cwd=ROOT,
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Port {port} cannot be used: Address already in use.")
    assert "Traceback" not in ran.stderr


def test_a_kernel_is_not_told_the_token(started):
    environments = [kernel.environ() for kernel in kernel_of(started)]

    assert not [found for found in environments if started.local.token in found.values()]
