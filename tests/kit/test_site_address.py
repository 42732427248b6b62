"""A company says where the site will be, and what depends on it is right."""

import os
import re
import subprocess
import sys

import pytest

from labs.kit.course import Course

ROOT = Course().root
ADDRESS = "https://learn.example.com/ground-school/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("address") / "site"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(place)],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": ADDRESS, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
        capture_output=True,
    )
    return place


def test_the_map_of_the_site_has_every_page(site):
    mapped = set(re.findall("<loc>(.*?)</loc>", (site / "sitemap.xml").read_text()))
    folders = [path.relative_to(site).parent for path in site.rglob("index.html")]
    pages = {folder.as_posix() for folder in folders if folder.parts[:1] != ("go",)}

    assert mapped == {ADDRESS + ("" if page == "." else f"{page}/") for page in pages}


def test_a_page_says_what_its_one_address_is(site):
    html = (site / "symptoms" / "index.html").read_text(encoding="utf-8")

    assert f'<link rel="canonical" href="{ADDRESS}symptoms/">' in html


def test_where_there_is_no_page_the_links_are_below_the_prefix(site):
    html = (site / "404.html").read_text(encoding="utf-8")
    places = re.findall(r'(?:href|src)="(/[^"]*)"', html)

    assert places
    assert all(place.startswith("/ground-school/") for place in places)
    assert 'href="/ground-school/runbooks/"' in html
