"""A Jupyter Server extension: the built site at `/course/`, behind Jupyter's own login."""

import html
import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from labs.kit.course import ROOT, Course
from labs.kit.site.api import Begun, Check, Solution, Table
from labs.kit.trouble import Trouble
from labs.kit.work import Work

SITE = "GROUND_SCHOOL_SITE"

# The pages load nothing from elsewhere, so the browser may refuse to.
ORIGIN = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:"
)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "labs.kit.site.server"}]


def _load_jupyter_server_extension(app: Any) -> None:
    course = url_path_join(app.web_app.settings["base_url"], "course")
    root = {"path": os.environ.get(SITE, str(ROOT / "site"))}
    at_work = {"table": Table(Course())}
    handlers: list[tuple[Any, ...]] = [
        (course, web.RedirectHandler, {"url": course + "/", "permanent": False}),
        (course + "/assets/local[.]js", Here),
        (course + "/-/open/(.+)", Open, {"course": Course()}),
        (course + "/-/check", Check, at_work),
        (course + "/-/exercise/(.+)", Begun, at_work),
        (course + "/-/solution/(.+)", Solution, at_work),
        (course + "/(.*)", Pages, root | {"default_filename": "index.html"}),
    ]
    app.web_app.add_handlers(".*$", handlers)


class OurHandler(JupyterHandler):
    auth_resource = "contents"

    @property
    def content_security_policy(self) -> str:
        return super().content_security_policy + "; " + ORIGIN


class Here(OurHandler):
    """Tells a page that it is on the learner's machine; the static site's file says nothing."""

    @web.authenticated
    @authorized
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=UTF-8")
        self.set_header("Cache-Control", "no-cache")
        # To ask for it is to set its cookie, which a page needs to send anything.
        _ = self.xsrf_token
        self.finish(f"document.documentElement.dataset.server = {json.dumps(self.base_url)};\n")


class Open(OurHandler):
    """Opens the learner's copy of a lab's notebook, which is made now if there is none."""

    def initialize(self, course: Course) -> None:
        self.course = course

    @web.authenticated
    @authorized
    def get(self, slug: str) -> None:
        root = Path(self.settings["server_root_dir"]).expanduser().resolve()
        try:
            path = Work(self.course).open_notebook(self.course.lab(slug)).resolve()
            if not path.is_relative_to(root):
                raise Trouble(f"{path} is not below {root}, the folder that JupyterLab shows.")
        except Trouble as trouble:
            self.set_status(404)
            self.set_header("Content-Type", "text/plain; charset=UTF-8")
            self.finish(f"{trouble}\n")
            return
        place = quote(path.relative_to(root).as_posix())
        self.redirect(url_path_join(self.base_url, "lab/tree", place))


class Pages(OurHandler, web.StaticFileHandler):
    @web.authenticated
    @authorized
    async def get(  # type: ignore[override]
        self, path: str, include_body: bool = True
    ) -> None:
        await web.StaticFileHandler.get(self, path, include_body)

    @web.authenticated
    @authorized
    async def head(self, path: str) -> None:  # type: ignore[override]
        await web.StaticFileHandler.head(self, path)

    def get_content_type(self) -> str:
        kind = super().get_content_type()
        return f"{kind}; charset=UTF-8" if kind.startswith("text/") else kind

    def set_headers(self) -> None:
        super().set_headers()
        # Asked for again each time, and answered with 304: the site may have been rebuilt.
        self.set_header("Cache-Control", "no-cache")

    def compute_etag(self) -> str | None:
        # Tornado's own is of the content, remembered by path: it would outlive a rebuild.
        if self.absolute_path is None:
            return None
        found = Path(self.absolute_path).stat()
        return f'"{found.st_mtime_ns:x}-{found.st_size:x}"'

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.is_file():
            self.set_header("Content-Type", "text/html; charset=UTF-8")
            self.finish(below(url_path_join(self.base_url, "course/"), page.read_text("utf-8")))
        elif status_code == 404:
            self.set_header("Content-Type", "text/plain; charset=UTF-8")
            self.finish(
                "The site is not built. `make start` builds it, and `make site` does too.\n"
            )
        else:
            super().write_error(status_code, **kwargs)


def below(base: str, page: str) -> str:
    """The 404 page, which does not know how deep it is shown, so it links to the root."""
    base = html.escape(base)
    page = re.sub(r'\b(href|src)="/(?!/)', rf'\1="{base}', page)
    return page.replace('"base": "/"', f'"base": "{base}"').replace(
        '": "/assets', f'": "{base}assets'
    )
