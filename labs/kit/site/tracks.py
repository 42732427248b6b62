"""The home page's list: each track, and the labs of it that there are."""

from html import escape

from labs.kit.course import TRACKS, Lab, unknown
from labs.kit.site.page import Page
from labs.kit.site.paths import counted, facts_of
from labs.kit.trouble import Trouble


def tracks(page: Page, body: str) -> str:
    """A line a track, `oncall: On call. What it is about.`; its links are for the site's root."""
    items = [item(page, *line.split(":", 1)) for line in body.splitlines() if ":" in line]
    return f'<ul class="tracks">{"".join(items)}</ul>'


def item(page: Page, track: str, words: str) -> str:
    if track not in TRACKS:
        raise Trouble(unknown("track", track, list(TRACKS)).replace("`lab list`", "The design"))
    title, _, about = words.strip().partition(". ")
    labs = [page.course.lab(slug) for slug in page.course.slugs if slug.startswith(f"{track}/")]
    links = "".join(link(lab) for lab in labs if lab.page.exists())
    return (
        f'<li><p class="track">{escape(title)}</p><p class="hook">{page.line(about)}</p>'
        f"<ul>{links}</ul></li>"
    )


def link(lab: Lab) -> str:
    return (
        f'<li {facts_of(lab)}><a href="{lab.slug}/">{escape(lab.title)}</a> '
        f"<span>{counted(lab)}</span></li>"
    )
