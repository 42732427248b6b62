"""`pages.json`: of every page its owner, its last proof, and the day of its next review."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from labs.kit.course import Course
from labs.kit.ledger import Ledger
from labs.kit.site.about import About
from labs.kit.trouble import Trouble

FENCE = re.compile(r"^```about\n(.*?)^```", re.M | re.S)


def files(course: Course) -> Iterator[tuple[str, str]]:
    ledger = Ledger.read(course.root)
    if not ledger.links:
        return
    pages = [facts(course, ledger, address) for address in ledger.addresses]
    feed = {"schema": 1, "pages": pages}
    yield "pages.json", json.dumps(feed, indent=1, ensure_ascii=False) + "\n"


def facts(course: Course, ledger: Ledger, address: str) -> dict[str, object]:
    about = about_of(course, address, ledger.addresses[address])
    proof = about.proof(course)
    proven = proof and {
        "date": str(proof.date), "versions": proof.versions, "current": proof.current,
    }  # fmt: skip
    return {
        "path": address,
        "title": ledger.title(address),
        "owner": about.owner,
        "reviewed": about.reviewed and str(about.reviewed),
        "review_due": about.due and str(about.due),
        "lab": about.lab or None,
        "proven": proven,
    }


def about_of(course: Course, address: str, file: Path) -> About:
    slug = address.rstrip("/")
    if slug in course.slugs:
        return About.of_lab(course, slug)
    written = FENCE.search(file.read_text(encoding="utf-8"))
    if written is None:
        raise Trouble(f"{file} does not end in an `about` fence: whose page is it?")
    return About.read(written[1])
