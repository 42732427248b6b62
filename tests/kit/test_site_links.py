"""Nothing on the built site leads to nowhere; that the crawler would see it if it did."""

import json
import re
from urllib.parse import urljoin, urlsplit

import pytest
from crawler import HERE, broken
from test_site_build import ROOT, run

from labs.kit.ledger import Ledger
from labs.kit.site.made import make

WELL = {
    "index.html": '<h1 id="one">One</h1><a href="sub/#two">a</a><img src="a.svg" alt="">',
    "sub/index.html": '<h2 id="two">Two</h2><a href="../">up</a><a href="https://else/">b</a>',
    "a.svg": "<svg/>",
}
BROKEN = {
    "a page": '<a href="nowhere/">a</a>',
    "an anchor": '<a href="sub/#three">a</a>',
    "an anchor of its own": '<a href="#three">a</a>',
    "an image": '<img src="b.svg" alt="">',
    "a script": '<script src="b.js"></script>',
    "one of a set": '<img srcset="a.svg 1x, b.svg 2x" alt="">',
    "a refresh": '<meta http-equiv="refresh" content="0; url=nowhere/">',
    "from the root": '<a href="/nowhere/">a</a>',
    "absolute, to ourselves": '<a href="https://learn.example/school/nowhere/">a</a>',
    "a folder without its page": '<a href="sub">a</a>',
}


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_site_whose_links_hit_is_whole(tmp_path):
    assert broken(written(tmp_path, WELL)) == []


@pytest.mark.parametrize("link", BROKEN.values(), ids=BROKEN)
def test_the_crawler_sees_a_link_that_hits_nothing(tmp_path, link):
    site = written(tmp_path, WELL | {"other.html": link})

    said = broken(site, ["https://learn.example/school/"])

    assert len(said) == 1
    assert said[0].startswith("other.html: ")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("links") / "the site"
    built = run(["mkdocs", "build", "--strict", "--site-dir", str(place)], ROOT)
    assert built.returncode == 0, built.stderr
    return place


def test_every_link_of_the_site_hits(site):
    canonical = re.search(r'rel="canonical" href="([^"]+)"', (site / "index.html").read_text())
    hosted = [canonical[1], urljoin(HERE, urlsplit(canonical[1]).path)] if canonical else []

    assert broken(site, hosted) == []


def test_every_permanent_link_leads_to_its_place(site):
    for name, address in Ledger.read(ROOT).links.items():
        text = (site / "go" / name / "index.html").read_text(encoding="utf-8")
        page, mark, anchor = address.partition("#")
        assert f'url=../../{page}index.html{mark}{anchor}"' in text, name
        assert f'<a href="../../{page}index.html{mark}{anchor}">' in text, name


def test_links_json_is_on_the_site_and_names_every_link(site):
    feed = json.loads((site / "links.json").read_text(encoding="utf-8"))

    ledger = Ledger.read(ROOT)
    assert feed["schema"] == 1
    assert {name: link["path"] for name, link in feed["links"].items()} == ledger.links
    assert feed["moved"] == ledger.moved


def test_the_places_that_the_kit_knows_are_those_that_the_site_has(site):
    """It reads Markdown, and names headings as the builder does."""
    ledger = Ledger.read(ROOT)
    for address in ledger.addresses:
        text = (site / address / "index.html").read_text(encoding="utf-8")
        content = text[text.index("<article") : text.index("</article>")]
        # The tags plugin makes its own headings.
        headings = set(re.findall(r'<h[1-6] id="((?!tag:)[^"]+)"', content))
        exercises = set(re.findall(r'<section class="exercise" id="([^"]+)"', content))
        ours = ledger.places(address)
        assert headings | exercises <= ours, address
        assert all(f'id="{name}"' in content for name in ours), address


def test_a_page_of_before_is_made_and_goes_when_it_is_no_longer_one(small):
    ledger = small.root / "links.toml"
    (small.root / "docs/networking").mkdir(parents=True, exist_ok=True)
    (small.root / "docs/networking/doubling.md").write_text("# Doubling\n")
    links = '[links]\nhome = ""\ndoubling = "networking/doubling/"\n'
    links += 'doubling-twice = "networking/doubling/#exercise-twice"\n'
    links += 'doubling-square = "networking/doubling/#exercise-square"\n'
    ledger.write_text(links + '[moved]\n"go/double/" = "doubling"\n')

    make(small.root)
    page = small.root / "docs/go/double/index.html"
    said = page.read_text(encoding="utf-8")
    ledger.write_text(links)
    make(small.root)

    assert 'url=../../networking/doubling/index.html"' in said
    assert not page.exists()
    assert (small.root / "docs/go/doubling/index.html").is_file()


def test_a_page_that_somebody_wrote_is_left(small):
    page = small.root / "docs/own/index.html"
    page.parent.mkdir()
    page.write_text("<h1>Ours</h1>", encoding="utf-8")

    make(small.root)

    assert page.exists()
