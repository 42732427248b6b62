"""A runbook taken apart: what stands under its headings, and the commands in it."""

import re
import textwrap

HEADINGS = ["what it means for riders", "first checks", "mitigation", "escalation", "learn more"]
HEADING = re.compile(rf"(?im)^#+[\s\d.*]*({'|'.join(HEADINGS)})[\s:*]*$")
BLOCK = re.compile(r"(?ms)^[ \t]*(```+|~~~+)[^\n]*\n(.*?)^[ \t]*\1[ \t]*$")


def sections(text):
    """The text under each of the five headings; what other headings say is text."""
    _, *parts = HEADING.split(re.sub(r"(?s)<!--.*?-->", "", text))
    found = dict(zip(map(str.lower, parts[::2]), parts[1::2], strict=True))
    return [found.get(heading, "").strip() for heading in HEADINGS]


def commands(text):
    """The fenced blocks, without the prompts of a transcript."""
    blocks = [textwrap.dedent(block) for _, block in BLOCK.findall(text)]
    return [re.sub(r"(?m)^\$ ", "", block).strip() for block in blocks]
