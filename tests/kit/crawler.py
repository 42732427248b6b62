"""Follows every link of a built site within itself."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# An address that nobody has, so that what is relative can be told from what is not.
HERE = "http://site.invalid/"
# What the server on the reader's machine answers; pages hide such links until it is there.
LOCAL = "-/"
LINKS = ("href", "src", "srcset", "poster", "data", "action")


class Page(HTMLParser):
    """What a page links to, and the places in it that can be linked to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids = [], {"", "top"}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = {name: value for name, value in attributes if value is not None}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        for name in LINKS:
            if name == "srcset" and name in given:
                self.links += [part.split()[0] for part in given[name].split(",") if part.strip()]
            elif name in given:
                self.links.append(given[name])
        if given.get("http-equiv", "").lower() == "refresh":
            self.links.append(given["content"].partition("url=")[2])


def broken(site, ours=(HERE,)):
    """A line for each link that hits nothing. `ours` are addresses that the site is hosted at."""
    site = Path(site)
    pages = {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    said = []
    for name, page in pages.items():
        for link in page.links:
            path = inside(urljoin(HERE + name, link.strip()), (HERE, *ours))
            if path is not None and not path.startswith(LOCAL) and not hits(site, pages, path):
                said.append(f"{name}: {link}")
    return said


def inside(url, ours):
    """The part of the URL below the site; None for what is elsewhere, as a `mailto:` is."""
    # The longest first: a site that is hosted below a prefix is not the whole host.
    base = next(
        (base for base in sorted(ours, key=len, reverse=True) if f"{url}/".startswith(base)), None
    )
    return None if base is None else url[len(base) :]


def hits(site, pages, link):
    found = urlsplit(link)
    path = unquote(found.path)
    name = f"{path}index.html" if path.endswith("/") or not path else path
    if not (site / name).is_file():
        return False
    anchor = unquote(found.fragment)
    # A text fragment, and what a script reads, are no ids.
    return not name.endswith(".html") or anchor in pages[name].ids or anchor.startswith(":~:")
