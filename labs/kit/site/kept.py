"""Fences that are rendered once, until one of the files that they are made of is another."""

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from labs.kit.site.made import write
from labs.kit.site.page import Page

Render = Callable[[Page, str], str]
# What all of them are made with.
OURS = tuple(Path(__file__).with_name(name) for name in ("kept.py", "page.py", "cards.py", "runs.py"))


def kept(sources: Callable[[Page, str], Iterable[Path]]) -> Callable[[Render], Render]:
    """`sources` names the files. A fence that warns is not kept: it has to warn again."""

    def keep(render: Render) -> Render:
        @functools.wraps(render)
        def from_cache(page: Page, slug: str) -> str:
            mark = hashlib.sha256(f"{render.__name__} {slug}\0".encode())
            for path in (*OURS, *sources(page, slug)):
                mark.update(path.read_bytes() + b"\0")
            place = page.root / ".cache" / "fences" / f"{mark.hexdigest()[:32]}.html"
            with contextlib.suppress(OSError):
                return place.read_text(encoding="utf-8")
            warned = page.warned
            html = render(page, slug)
            if page.warned == warned:
                with contextlib.suppress(OSError):
                    write(place, html.encode())
            return html

        return from_cache

    return keep
