"""How long the site takes to build, against plain Material with search.

Over the same Markdown, where our fences are blocks of code; and over the same pages, where they are
the HTML already that we make of them. The bar: at most 1.5 times, figures from the cache.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7
PLAIN = """site_name: Plain
theme: {name: material, font: false}
plugins: [search]
markdown_extensions:
  [abbr, admonition, attr_list, def_list, footnotes, md_in_html, sane_lists, tables, toc,
   pymdownx.details, pymdownx.highlight, pymdownx.inlinehilite, pymdownx.superfences]
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        build(ROOT / "mkdocs.yml", place / "ours")
        builds = {
            "ours": ROOT / "mkdocs.yml",
            "Markdown": plain(place / "markdown", lambda page: page.read_text(encoding="utf-8")),
            "pages": plain(place / "pages", lambda page: article(place / "ours", page)),
        }
        seconds: dict[str, list[float]] = {name: [] for name in builds}
        for _ in range(ROUNDS):
            for name, config in builds.items():
                seconds[name].append(build(config, place / "site"))
        ours = median(seconds.pop("ours"))
        print(f"building the site: {ours:.2f} s of processor time, median of {ROUNDS}")
        for name, taken in seconds.items():
            ratio = ours / median(taken)
            print(f"    plain, over the same {name}: {median(taken):.2f} s; ratio {ratio:.2f}")


def plain(folder: Path, text_of: Callable[[Path], str]) -> Path:
    """A copy of the pages, and a configuration with nothing of ours."""
    for path in (ROOT / "docs").rglob("*.md"):
        copy = folder / "docs" / path.relative_to(ROOT / "docs")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text_of(path), encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(PLAIN, encoding="utf-8")
    return config


def article(site: Path, page: Path) -> str:
    """The page's content as we built it, as one block of HTML."""
    name = page.relative_to(ROOT / "docs").with_suffix("").as_posix()
    name = name.removesuffix("index").rstrip("/")
    html = (site / name / "index.html").read_text(encoding="utf-8")
    content = re.search(r"<article.*?>(.*)</article>", html, re.S)
    return content[1] if content else ""


def build(config: Path, place: Path) -> float:
    """Seconds of processor time, which a busy machine stretches less than a clock."""
    shutil.rmtree(place, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)]
    before = os.times()
    subprocess.run(
        [*command, "--site-dir", str(place)],
        check=True,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


if __name__ == "__main__":
    main()
