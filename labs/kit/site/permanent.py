"""`/go/<id>/` for every permanent link, old addresses that lead on, and `links.json` for others."""

import json
from collections.abc import Iterator
from html import escape

from labs.kit.course import Course
from labs.kit.ledger import FILE, Ledger
from labs.kit.trouble import Trouble

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url={to}">
<title>{title}</title>
</head>
<body><p>This link leads to <a href="{to}">{title}</a>.</p></body>
</html>
"""


def files(course: Course) -> Iterator[tuple[str, str]]:
    ledger = Ledger.read(course.root)
    if not ledger.links:
        return
    for fault in ledger.faults():
        raise Trouble(fault)
    for name, address in ledger.links.items():
        yield f"go/{name}/index.html", redirect(ledger, f"go/{name}/", address)
    for old, name in ledger.moved.items():
        yield f"{old}index.html", redirect(ledger, old, ledger.links[name])
    yield "links.json", json.dumps(listed(ledger), indent=1, ensure_ascii=False) + "\n"


def redirect(ledger: Ledger, here: str, address: str) -> str:
    """A page that leads on without a script, below any prefix and from a folder of files."""
    page, mark, place = address.partition("#")
    to = "../" * here.count("/") + f"{page}index.html{mark}{place}"
    return PAGE.format(to=escape(to), title=escape(ledger.title(address)))


def listed(ledger: Ledger) -> dict[str, object]:
    links = {
        name: {"path": a, "kind": ledger.kind(a), "title": ledger.title(a)}
        for name, a in sorted(ledger.links.items())
    }
    return {"schema": 1, "ledger": FILE, "links": links, "moved": ledger.moved}
