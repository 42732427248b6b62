"""A browser, and the site behind a plain web server, as a host of static pages serves it."""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading

import pytest
from playwright.sync_api import sync_playwright

from labs.kit.course import Course

ROOT = Course().root

BROWSERS = (
    "chromium",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Requests are not worth a line."""

    def copyfile(self, source, outputfile):
        """A page that is left early hangs up on what it had asked for."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            super().copyfile(source, outputfile)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the built site."""
    place = tmp_path_factory.mktemp("site") / "the site"
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={**os.environ})
    return place


@pytest.fixture(scope="session")
def site(built):
    """The address of the built site."""
    with serving(built) as address:
        yield address


@contextlib.contextmanager
def serving(folder):
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def below(built, tmp_path_factory):
    """The address of the same site on a host that has other things at its root."""
    host = tmp_path_factory.mktemp("host")
    (host / "some").mkdir()
    (host / "some" / "prefix").symlink_to(built, target_is_directory=True)
    with serving(host) as address:
        yield address + "some/prefix/"


@pytest.fixture(scope="session")
def chromium():
    """The system's, because Playwright's own is a download. Each has a profile of its own."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("There is no Chromium or Chrome. On Debian, `apt-get install chromium`.")
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        # There is no other host: what is asked of one fails at once.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


class Seen:
    """What a page asked of others, and what it complained of."""

    def __init__(self):
        self.elsewhere, self.complaints = [], []


@pytest.fixture
def visit(chromium, site):
    """`visit("path/", width=390)`: the page, and what was seen of it."""
    contexts = []

    def open_page(path, width=1280, scheme="light", base=site, **options):
        given = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, **options}
        context = chromium.new_context(**given)
        contexts.append(context)
        return opened(context, base, path)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def read(chromium, site):
    """As `visit`, for tests that leave nothing behind: one profile for all, which is quicker."""
    contexts = {}

    def open_page(path, width=1280, scheme="light"):
        chosen = width, scheme
        if chosen not in contexts:
            contexts[chosen] = chromium.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
            )
        context = contexts[chosen]
        for left in context.pages:
            left.close()
        return opened(context, site, path)

    yield open_page
    for context in contexts.values():
        context.close()


def opened(context, base, path):
    """A page of the context, and what is seen of it."""
    page, seen = context.new_page(), Seen()

    def asked(request):
        if not request.url.startswith((base, "data:", "blob:")):
            seen.elsewhere.append(request.url)

    # Those of workers are heard as well.
    page.on("request", asked)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda m: m.type == "error" and seen.complaints.append(m.text))
    page.goto(base + path)
    return page, seen
