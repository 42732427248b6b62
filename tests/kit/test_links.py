"""`lab links`: which links to the course in other people's files still lead somewhere."""

import json

import pytest

from labs.kit.course import Course
from labs.kit.ledger import Ledger
from labs.kit.links import Checker, trimmed
from labs.kit.site import permanent

SITE = "https://learn.example.com/ground-school"
LINKS = """[links]
doubling = "networking/doubling/"
doubling-twice = "networking/doubling/#exercise-twice"
old-storm = "networking/doubling/#why"
[moved]
"runbooks/storm/" = "old-storm"
"""


@pytest.fixture
def course(tmp_path):
    (tmp_path / "docs/networking").mkdir(parents=True)
    page = "# Twice as much\n\n## Why?\n\n```sh\n# not a heading\n```\n"
    (tmp_path / "docs/networking/doubling.md").write_text(page)
    (tmp_path / "links.toml").write_text(LINKS)
    folder = tmp_path / "labs/networking/doubling"
    folder.mkdir(parents=True)
    (folder / "lab.toml").write_text(
        'minutes = 20\nowner = "us"\nobjectives = []\nprerequisites = []\nneeds = []\n'
        'exercises = ["twice"]\n'
    )
    return Course(tmp_path)


@pytest.fixture
def found(course, tmp_path):
    """What is found in a file of this text: links, and what became of each."""

    def find(text, *sites, name="runbook.md"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        checker = Checker(Ledger.read(course.root), sites)
        return [(link.link, link.state) for link in checker.check(file)]

    return find


WRITTEN = {
    "markdown": "See [it](%s) first.",
    "markdown in brackets": "(see [it](%s))",
    "markdown with attributes": "[it](%s){target=_blank}",
    "a reference": "[it]: %s 'Title'",
    "an autolink": "<%s>",
    "bare, at the end of a sentence": "All of it is at %s.",
    "bold": "**%s**",
    "restructured text": "`it <%s>`_",
    "yaml": '    runbook_url: "%s"',
    "yaml without quotes": "    runbook_url: %s # for tomorrow",
    "json": '{"runbook_url": "%s"}',
    "html": '<a href="%s">it</a>',
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_a_link_is_found_however_it_is_written(found, text):
    link = f"{SITE}/go/doubling/"

    assert found(text % link, SITE) == [(link, "ok")]
    assert found(text % link) == [(link, "ok")]


@pytest.mark.parametrize(
    ("below", "state"),
    [
        ("go/doubling/", "ok"),
        ("go/doubling", "ok"),
        ("go/doubling/?from=pager", "ok"),
        ("go/doubling-twice/", "ok"),
        ("go/dubling/", "dead"),
        ("networking/doubling/", "ok"),
        ("networking/doubling/index.html", "ok"),
        ("networking/doubling/#why", "ok"),
        ("networking/doubling/#exercise-twice", "ok"),
        ("networking/doubling/#not-a-heading", "dead"),
        ("networking/tripling/", "dead"),
        ("runbooks/storm/", "moved"),
    ],
)
def test_a_link_is_alive_moved_or_dead(found, below, state):
    assert found(f"<{SITE}/{below}>", SITE) == [(f"{SITE}/{below}", state)]


@pytest.mark.parametrize(
    "text",
    [
        "https://elsewhere.example.com/go/doubling/",
        "https://learn.example.com/other/",
        "http://go/doubling",
    ],
)
def test_other_peoples_links_are_theirs(found, text):
    assert found(text, SITE) == []


def test_without_a_site_pages_are_known_by_their_ends(found):
    text = "https://a.example/x/networking/doubling/ and https://a.example/networking/else/"

    assert found(text) == [("https://a.example/x/networking/doubling/", "ok")]


def test_a_template_may_stand_for_the_host(found):
    assert found('runbook_url: "{{ .Values.course }}/go/nothing/"', name="a.tpl") == [
        ("{{ .Values.course }}/go/nothing/", "dead")
    ]


def test_windows_lines_and_a_byte_order_mark_are_read(found):
    assert found(f"\ufeff{SITE}/go/doubling/\r\nmore\r\n", SITE) == [(f"{SITE}/go/doubling/", "ok")]


def test_a_folder_is_searched_and_what_is_not_text_is_noted(course, tmp_path):
    folder = tmp_path / "their files"
    (folder / ".git").mkdir(parents=True)
    (folder / ".git/x.md").write_text(f"{SITE}/go/nothing/")
    (folder / "alerts.yml").write_text(f"runbook_url: {SITE}/go/nothing/")
    (folder / "old.md").write_bytes(b"caf\xe9")
    (folder / "loop").symlink_to(folder)
    checker = Checker(Ledger.read(course.root), [SITE])

    states = [link.state for link in checker.check(folder)]

    assert states == ["dead"]
    assert "old.md was left out" in checker.notes[0]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://a.b/x).", "https://a.b/x"),
        ("https://a.b/x_(y)", "https://a.b/x_(y)"),
        ("https://a.b/x){target=_blank}", "https://a.b/x"),
        ("https://a.b/x,", "https://a.b/x"),
    ],
)
def test_a_link_ends_before_the_sentence_goes_on(written, link):
    assert trimmed(written) == link


def test_the_command_says_which_and_where_and_fails(lab, small, tmp_path):
    (small.root / "links.toml").write_text('[links]\ndoubling = "networking/doubling/"\n')
    file = tmp_path / "alerts.yml"
    file.write_text(f"a: 1\nrunbook_url: {SITE}/go/dubling/\n")

    said = lab("links", "--site", SITE, str(file))

    assert said.status == 1
    assert said.out.startswith(f"{file}:2: {SITE}/go/dubling/")
    assert "The nearest is `doubling`." in said.out
    assert "1 links to the course: 1 dead, 0 moved." in said.out


def test_the_command_is_content_where_all_is_well(lab, small, tmp_path):
    (small.root / "links.toml").write_text('[links]\ndoubling = "networking/doubling/"\n')
    file = tmp_path / "a.md"
    file.write_text(f"[x]({SITE}/go/doubling/)")

    said = lab("links", "--json", "--site", SITE, str(file))

    assert said.status == 0
    assert json.loads(said.out)["links"][0]["state"] == "ok"


def test_a_file_that_is_not_there_is_one_sentence(lab):
    said = lab("links", "/nowhere/at/all.md")

    assert (said.status, said.err.count("\n")) == (2, 1)


def test_each_link_is_a_page_that_leads_on_without_a_script(course):
    made = dict(permanent.files(course))

    assert (
        'url=../../networking/doubling/index.html#exercise-twice"'
        in (made["go/doubling-twice/index.html"])
    )
    assert "../../networking/doubling/index.html#why" in made["runbooks/storm/index.html"]
    listed = json.loads(made["links.json"])
    assert listed["links"]["doubling"] == {
        "path": "networking/doubling/",
        "kind": "lab",
        "title": "Twice as much",
    }


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('[links]\nx = "nowhere/"', "nothing is there"),
        ('[links]\nX_y = "networking/doubling/"', "is no id"),
        ('[moved]\n"networking/doubling/" = "a"', "cannot have moved"),
        ('[moved]\n"old/" = "a"', "there is no such id"),
        ("[links]", 'add `doubling = "networking/doubling/"`'),
        ("[links]", 'add `doubling-twice = "networking/doubling/#exercise-twice"`'),
    ],
)
def test_a_promise_that_does_not_hold_is_a_sentence(course, line, words):
    (course.root / "links.toml").write_text(line)

    assert [fault for fault in Ledger.read(course.root).faults() if words in fault]


def test_the_links_that_our_own_pages_show_are_alive():
    course = Course()
    checker = Checker(Ledger.read(course.root), [SITE])

    found = list(checker.check(course.root / "tests/kit/company"))

    assert [(link.link, link.state) for link in found] == [(f"{SITE}/go/retry-storm/", "ok")]
