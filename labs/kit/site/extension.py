"""The Markdown extension: fences of ours, and numbers from recorded runs."""

import re
import textwrap
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from labs.kit.course import ROOT
from labs.kit.site.about import about, about_lab
from labs.kit.site.alert import alert
from labs.kit.site.calculators import calculator
from labs.kit.site.cards import exercise_card, lab_card
from labs.kit.site.glossary import Terms
from labs.kit.site.made import make
from labs.kit.site.page import NUMBER, Page
from labs.kit.site.paths import here, path, paths, progress
from labs.kit.site.prediction import prediction
from labs.kit.site.runs import figure, output
from labs.kit.site.tracks import tracks
from labs.kit.trouble import Trouble

FENCES = {
    "about": about,
    "lab": lab_card,
    "exercise": exercise_card,
    "output": output,
    "figure": figure,
    "prediction": prediction,
    "alert": alert,
    "calculator": calculator,
    "tracks": tracks,
    "paths": paths,
    "path": path,
    "progress": progress,
    "here": here,
}
OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)$")


class CourseExtension(Extension):
    """`root` is the folder of the course that the pages are about."""

    def __init__(self, **options: str) -> None:
        self.config = {"root": [str(ROOT), "the folder that holds labs/ and docs/"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        root = Path(self.getConfig("root"))
        made_once(root)
        page = Page(root, md)
        # After snippets (32), before superfences (25) takes our fences for code.
        md.preprocessors.register(Fences(page, md), "course_fences", 29)
        # After code (190), before links (160).
        md.inlinePatterns.register(Number(page, md), "course_number", 175)
        # After inline patterns (20), before MkDocs makes links of names of files (0).
        md.treeprocessors.register(Terms(root, md), "course_terms", 12)


@lru_cache
def made_once(root: Path) -> None:
    """Both builders come by here while they read their configuration, before they look for files."""
    if (root / "mkdocs.yml").is_file():
        make(root)


class Fences(Preprocessor):
    """Replaces our fences by HTML. A fence within a fence is text, as it is everywhere."""

    def __init__(self, page: Page, md: Markdown) -> None:
        super().__init__(md)
        self.page = page

    def run(self, lines: list[str]) -> list[str]:
        self.page.begin("\n".join(lines))
        done: list[str] = []
        rest = iter(lines)
        for line in rest:
            opening = OPENING.match(line)
            if opening is None:
                done.append(line)
                continue
            body = list(until_closed(rest, opening["mark"]))
            name = opening["info"].strip()
            if name in FENCES:
                html = self.render(name, textwrap.dedent("\n".join(body[:-1])).strip())
                done += ["", opening["indent"] + self.md.htmlStash.store(html), ""]
            else:
                done += [line, *body]
        if self.page.lab:
            done += ["", self.stashed(about_lab, self.page.lab), ""]
        return done

    def stashed(self, function: Callable[[Page, str], str], body: str) -> str:
        try:
            return self.md.htmlStash.store(function(self.page, body))
        except Trouble as trouble:
            return self.md.htmlStash.store(self.page.fault(str(trouble)))

    def render(self, name: str, body: str) -> str:
        try:
            return FENCES[name](self.page, body)
        except Trouble as trouble:
            return self.page.fault(f"In a `{name}` fence: {trouble}")


def until_closed(lines, mark):
    """The lines to the fence's end, and the end itself."""
    closing = re.compile(rf"^[ \t]*{re.escape(mark)}{re.escape(mark[0])}*[ \t]*$")
    for line in lines:
        yield line
        if closing.match(line):
            return
    yield ""


class Number(InlineProcessor):
    """`[[storm.amplification:.1f]]` in prose."""

    def __init__(self, page: Page, md: Markdown) -> None:
        super().__init__(NUMBER, md)
        self.page = page

    def handleMatch(self, m, data):
        element = Element("span", {"class": "measured"})
        try:
            element.text = self.page.number(m[1], m[2] or "")
        except Trouble as trouble:
            element = Element("strong", {"class": "fault"})
            element.text = self.page.told(f"In `{m[0]}`: {trouble}")
        return element, m.start(0), m.end(0)
