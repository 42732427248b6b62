"""The glossary: every term is used, explained where it is used, and taught where it says."""

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from labs.kit.course import Course
from labs.kit.site.glossary import glossary

ROOT = Course().root
FILE = ROOT / "docs" / "glossary.md"
TERMS = glossary(FILE, FILE.stat().st_mtime)
SECTIONS = dict(
    re.findall(r"^## (.+?)(?: \{ \.common \})?\n(.*?)(?=^## |\Z)", FILE.read_text(), re.M | re.S)
)
every_term = pytest.mark.parametrize("term", TERMS, ids=lambda term: term.anchor)


class Marked(HTMLParser):
    """The terms that a built page explains, and its bold words that it does not."""

    def __init__(self, html):
        super().__init__()
        self.terms, self.bold, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in ("strong", "a", "code", "pre"):
            self.open.append(found.get("class") or tag)
        if found.get("class") == "term":
            self.terms.append((found["href"].partition("#")[2], found["title"]))

    def handle_endtag(self, tag):
        if tag in ("strong", "a", "code", "pre"):
            self.open.pop()

    def handle_data(self, data):
        if self.open == ["strong"]:
            self.bold.append(data)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    place = tmp_path_factory.mktemp("glossary") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    found = {path.relative_to(place).as_posix(): path for path in place.rglob("index.html")}
    return {name: Marked(path.read_text("utf-8")) for name, path in found.items()}


@every_term
def test_a_term_is_one_sentence(term):
    assert term.meaning.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", term.meaning)
    assert len(term.meaning) <= 160


@every_term
def test_a_term_says_where_it_is_taught(term):
    assert re.search(r"^Taught in \[[^]]+\]\([\w/-]+\.md(#[\w-]+)?\)\.", SECTIONS[term.name], re.M)


@every_term
def test_a_term_is_used_on_some_page(term, pages):
    assert any((term.anchor, term.meaning) in page.terms for page in pages.values())


def test_terms_are_in_the_order_of_the_alphabet():
    assert [term.name for term in TERMS] == sorted((t.name for t in TERMS), key=str.lower)


def test_a_page_explains_a_term_once(pages):
    for name, page in pages.items():
        assert len(page.terms) == len(set(page.terms)), name


def test_a_bold_term_of_a_lesson_is_explained_there(lab, pages):
    page = pages[f"{lab.slug}/index.html"]
    explained = {anchor for anchor, _ in page.terms}

    for term in TERMS:
        if any(re.fullmatch(term.pattern, words) for words in page.bold):
            assert term.anchor in explained, term.name
    assert page.terms
