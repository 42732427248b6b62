"""The link to a company's queue, as both builders write it: it leads there without JavaScript."""

import shutil
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from test_site_build import run

from labs.kit.course import Course

ROOT = Course().root
CONFIG = """site_name: Small
theme: {name: material, custom_dir: overrides, variant: classic, font: false}
plugins: []
"""


@pytest.fixture(params=["mkdocs", "zensical"])
def link(request, tmp_path):
    """Where the link at the end of a page leads."""
    company = (ROOT / "tests/kit/company/support.yml").read_text(encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"{CONFIG}{company}  version_of_course: 7.1.0\n")
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n")
    (tmp_path / "docs/page.md").write_text("# Slow & late\n")
    ran = run([request.param, "build"], tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    html = (tmp_path / "site/page/index.html").read_text(encoding="utf-8")
    return unescape(html.partition('class="stuck"')[2].partition('href="')[2].partition('"')[0])


def test_it_leads_to_the_queue_with_the_page_and_the_version(link):
    asked = parse_qs(urlsplit(link).query)

    assert link.startswith("https://tracker.example.com/new?")
    assert asked["title"] == ["Ground School: Slow & late"]
    assert "(/page/)" in asked["body"][0]
    assert "Course version: 7.1.0" in asked["body"][0]
