"""URLs in a text of any format, without the marks around them."""

import re
from collections.abc import Iterator

# `{{ .Values.learn }}/go/…` and `${LEARN}/go/…` begin as a template does.
BEGINNING = r"https?://|\{\{[^{}\n]*\}\}/|\$\{?\w+\}?/"
PIECE = re.compile(r"\{\{[^{}\n]*\}\}|\$\{[^{}\s]*\}|[^\s<>\"'`\\|^]")
OPENS = {")": "(", "]": "[", "}": "{"}
TRAILING = ".,;:!?*_~"


def urls(text: str, hosts: list[str]) -> Iterator[tuple[int, str]]:
    """Each with the number of its line. `hosts` are found without `https://` as well."""
    bare = "".join(rf"|(?<![\w./-]){re.escape(host)}" for host in hosts)
    beginning = re.compile(f"(?i:{BEGINNING}{bare})")
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        end = 0
        while found := beginning.search(line, end):
            end = ending(line, found.start(), found.end())
            yield number, line[found.start() : end].rstrip(TRAILING)


def ending(line: str, start: int, place: int) -> int:
    """Where the URL ends: at a space or a quote, or at a bracket that it did not open."""
    begun = place
    while piece := PIECE.match(line, place):
        mark = piece[0]
        if mark in OPENS and line[start:place].count(OPENS[mark]) <= line[start:place].count(mark):
            break
        if mark in ",;" and line.startswith(("http://", "https://"), place + 1):
            break
        place = piece.end()
    return max(place, begun)
