"""The real site, built strictly by MkDocs, and by the builder that we could leave for."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from test_site_fences import COURSE

from labs.kit.course import Course
from labs.kit.site import build as builder

ROOT = Course().root
# What a browser fetches by itself, and by what name.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
MINIMAL = """site_name: Small
docs_dir: docs
validation: {links: {anchors: warn}}
plugins: []
markdown_extensions:
  - pymdownx.superfences
  - labs.kit.site: {root: "%s"}
"""


class Page(HTMLParser):
    """What one built page fetches, and which places in it can be linked to."""

    def __init__(self, path):
        super().__init__()
        self.fetched, self.ids, self.headings = [], [], []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag in FETCHED and found.get(FETCHED[tag]) and found.get("rel") not in ("next", "prev"):
            self.fetched.append(found[FETCHED[tag]])
        if "id" in found:
            self.ids.append(found["id"])
            if re.fullmatch("h[1-6]", tag):
                self.headings.append(found["id"])


def run(command, folder):
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site as MkDocs builds it; that it can be built strictly is a test of its own."""
    place = tmp_path_factory.mktemp("mkdocs") / "the site"
    return place, run(["mkdocs", "build", "--strict", "--site-dir", str(place)], ROOT)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """The same by Zensical, which writes beside its configuration."""
    folder = tmp_path_factory.mktemp("zensical") / "a clone"
    folder.mkdir()
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    # Pages include tested files by their path from the repository.
    for name in ("labs", "tests"):
        (folder / name).symlink_to(ROOT / name)
    return folder / "site", run(["zensical", "build", "--strict"], folder)


def pages(place):
    found = {path.relative_to(place).as_posix(): Page(path) for path in place.rglob("*.html")}
    assert found
    return found


def test_the_site_builds_without_a_warning(site):
    assert site[1].returncode == 0, site[1].stderr


def test_the_other_builder_builds_it_too(other):
    assert other[1].returncode == 0, other[1].stdout + other[1].stderr


def test_both_builders_make_the_same_pages_with_the_same_places_to_link_to(site, other):
    ours, theirs = pages(site[0]), pages(other[0])

    assert set(ours) == set(theirs)
    for path, page in ours.items():
        content = {name for name in page.ids if not name.startswith("__")}
        assert page.headings == theirs[path].headings, path
        assert content <= set(theirs[path].ids), path


def test_both_builders_run_our_fences(site, other):
    for path, page in pages(site[0]).items():
        text = (site[0] / path).read_text(encoding="utf-8")
        same = (other[0] / path).read_text(encoding="utf-8")
        ours = ("lab", "exercise", "prediction", "calculator")
        for mark in ("<svg viewBox", *(f'class="{name}"' for name in ours)):
            assert text.count(mark) == same.count(mark), (path, mark, len(page.ids))


def test_no_page_shows_what_is_wrong_with_it(site):
    for path in site[0].rglob("*.html"):
        assert 'class="fault"' not in path.read_text(encoding="utf-8"), path


def test_no_page_fetches_anything_from_another_host(site):
    for path, page in pages(site[0]).items():
        assert not [url for url in page.fetched if re.match(r"(\w+:)?//", url)], path


def test_no_style_or_script_of_ours_names_another_host():
    for path in (ROOT / "docs" / "assets").glob("course.*"):
        assert "//" not in re.sub(r"^//.*|\s//.*", "", path.read_text(), flags=re.M), path


def test_no_id_is_used_twice_on_a_page(site):
    for path, page in pages(site[0]).items():
        twice = {name for name in page.ids if page.ids.count(name) > 1}
        assert not twice, path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```exercise\nnetworking/retries/backof\n```\n", "The nearest is `networking/retries/b"),
        ("It was [[networking/retries/storm.egde]].\n", "The nearest is `edge`."),
        ("[nowhere](nowhere.md)\n", "nowhere.md"),
        ("[nowhere](#nowhere)\n", "#nowhere"),
    ],
)
def test_what_is_wrong_on_a_page_fails_a_strict_build_with_a_sentence(tmp_path, text, said):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n" + text)
    (tmp_path / "mkdocs.yml").write_text(MINIMAL % COURSE)

    built = run(["mkdocs", "build", "--strict"], tmp_path)

    assert built.returncode == 1
    assert said in built.stderr
    assert "index.md" in built.stderr
    assert "Traceback" not in built.stderr


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A small clone for the builder that `make start` uses."""
    root = tmp_path / "a clone"
    (root / "docs").mkdir(parents=True)
    (root / ".cache").mkdir()
    (root / "docs" / "index.md").write_text("# One\n")
    (root / "mkdocs.yml").write_text("site_name: Small\n")
    for name, path in {"ROOT": "", "SITE": "site", "STAMP": ".cache/site.stamp"}.items():
        monkeypatch.setattr(builder, name, root / path)
    assert builder.build() == 0
    return root


def test_a_site_is_fresh_until_a_source_changes(made):
    assert builder.fresh()
    (made / "docs" / "index.md").write_text("# Two, and longer\n")
    assert not builder.fresh()


def test_a_site_is_not_fresh_when_a_page_was_removed(made):
    (made / "docs" / "index.md").rename(made / "docs" / "other.md")

    assert not builder.fresh()


def test_a_site_that_is_gone_is_built_again(made):
    shutil.rmtree(made / "site")

    assert not builder.fresh()


def test_a_build_that_fails_leaves_the_site_that_was_there(made):
    (made / "mkdocs.yml").write_text("site_name: Small\ntheme: nothing\n")

    assert builder.build() != 0
    assert (made / "site" / "index.html").is_file()


def test_a_build_leaves_nothing_beside_the_site(made):
    assert {path.name for path in (made / ".cache").iterdir()} == {"site.stamp"}


def test_every_target_of_make_is_in_its_list():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split()
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    for target in set(phony) - {"help", "ready"}:
        assert f"make {target} " in listed, target


def test_what_ci_runs_is_make_test():
    assert (ROOT / ".ci" / "run").read_text().rstrip().endswith("exec make test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
