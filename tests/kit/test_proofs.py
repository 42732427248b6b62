"""The day when a lab was last proven: only a run that passed can write it."""

import datetime
import json
import re
from collections import Counter
from dataclasses import replace

import pytest
from markdown import Markdown
from test_site_fences import COURSE, PAGE, fence

from labs.kit import proofs
from labs.kit.course import Course
from labs.kit.site import about, feed
from labs.kit.trouble import Trouble
from labs.kit.verify import Entry

TODAY = datetime.date.today()


def records(small):
    path = small.root / proofs.FILE
    return json.loads(path.read_text()) if path.exists() else {}


def verified(lab):
    return lab("verify", "--record", "networking/doubling")


@pytest.fixture
def proven(lab, small):
    """A course whose lab was proven, as `lab verify --record` leaves it."""
    assert verified(lab).status == 0
    return small


def test_a_lab_that_holds_gets_its_day(lab, small):
    assert verified(lab).status == 0
    assert records(small)["networking/doubling"]["date"] == str(TODAY)


def test_a_lab_that_does_not_hold_gets_none(lab, small):
    exercise = small.exercise("networking/doubling/twice")
    mistake = exercise.mistakes[0]
    mistake.path.write_text(mistake.text.partition("\n\n\n")[0] + "\n\n\n" + exercise.solution.code)

    assert verified(lab).status == 1
    assert records(small) == {}


def test_what_changes_while_it_is_proven_gets_none(small):
    lab = small.lab("networking/doubling")
    entry = Entry(lab.slug, Counter(), [], 0, lab, proofs.content(lab))
    hints = lab.folder / "twice/hints.md"
    hints.write_text("Another one.\n")

    with pytest.raises(Trouble, match="changed while it was proven"):
        proofs.record(small, [entry])
    assert records(small) == {}


def test_what_does_not_hold_cannot_be_recorded(small):
    lab = small.lab("networking/doubling")

    proofs.record(small, [Entry(lab.slug, Counter(), ["A fault."], 0, lab, proofs.content(lab))])

    assert records(small) == {}


def test_the_record_says_when_and_with_what(proven):
    proof = proofs.proof(proven.lab("networking/doubling"))

    assert proof.date == TODAY
    assert proof.current
    assert re.fullmatch(r"3\.\d+\.\d+", proof.versions["python"])


def test_an_edit_is_no_proof(proven):
    checks = proven.root / "labs/networking/doubling/twice/checks.py"
    checks.write_text(checks.read_text() + "\n# changed\n")

    assert not proofs.proof(proven.lab("networking/doubling")).current
    assert "changed since it was last proven" in proofs.stale(proven.lab("networking/doubling"))


def test_verify_says_of_what_holds_that_no_page_claims_it(lab, small):
    ran = lab("verify", "networking/doubling")

    assert ran.status == 0
    assert "`lab verify --record networking/doubling` keeps one." in ran.out


def test_a_day_that_was_just_kept_is_no_news(lab, small):
    assert "names no day" not in verified(lab).out


@pytest.mark.parametrize("name", [".DS_Store", "__pycache__/checks.pyc", ".ipynb_checkpoints/x"])
def test_what_a_tool_leaves_there_is_no_edit(proven, name):
    left = proven.root / "labs/networking/doubling/twice" / name
    left.parent.mkdir(exist_ok=True)
    left.write_text("")

    assert proofs.proof(proven.lab("networking/doubling")).current


def test_a_lab_that_was_never_proven_claims_nothing(small):
    assert proofs.proof(small.lab("networking/doubling")) is None


def test_an_old_review_is_a_sentence(small):
    toml = small.root / "labs/networking/doubling/lab.toml"
    toml.write_text("reviewed = 2020-01-01\n" + toml.read_text())

    assert "was due for review by 29 June 2020" in proofs.overdue(small.lab("networking/doubling"))


def test_a_lab_without_a_review_says_so(small):
    assert "has no `reviewed`" in proofs.overdue(small.lab("networking/doubling"))


def test_a_recent_review_is_no_news(small):
    toml = small.root / "labs/networking/doubling/lab.toml"
    toml.write_text(f"reviewed = {TODAY}\n" + toml.read_text())

    assert proofs.overdue(small.lab("networking/doubling")) == ""


@pytest.fixture
def page():
    """Renders a page that has no lab, or one that has."""

    def render(text, before=""):
        extensions = ["pymdownx.superfences", "labs.kit.site"]
        settings = {"labs.kit.site": {"root": str(COURSE)}}
        return Markdown(extensions=extensions, extension_configs=settings).convert(before + text)

    return render


def test_a_page_ends_with_its_owner_and_the_day_of_its_next_review(page):
    html = page(fence("about", 'owner = "edge-team"\nreviewed = 2026-11-23'))

    assert "Owned by <code>edge-team</code>." in html
    assert 'data-due="2027-05-22"' in html


@pytest.mark.parametrize("reviewed", ["2020-01-01", str(TODAY)])
def test_a_page_says_that_it_is_overdue_and_only_then(page, reviewed):
    html = page(fence("about", f'owner = "us"\nreviewed = {reviewed}'))

    assert ('class="overdue" hidden' in html) is (reviewed != "2020-01-01")


def test_a_lesson_has_its_last_lines_from_its_lab(page):
    assert "Owned by <code>edge-team</code>." in page("", before=PAGE)


def test_a_lesson_that_nobody_has_read_says_so_and_names_no_day():
    html = about.shown(about.About("us", None, "networking/doubling"), "")

    assert "Nobody has said when they read it through" in html
    assert "<time" not in html
    assert "hidden" not in html


def test_a_proof_of_what_was_there_before_says_that_it_has_changed(proven):
    proof = replace(proofs.proof(proven.lab("networking/doubling")), current=False)

    assert "They have changed since." in about.proven("Its exercises", proof)


def test_a_runbook_says_whose_exercises_were_proven():
    made = Markdown(extensions=["pymdownx.superfences", "labs.kit.site"])
    body = 'owner = "us"\nreviewed = 2026-11-23\nlab = "networking/retries"'

    html = made.convert(fence("about", body))

    assert "The exercises of <code>networking/retries</code> were last proven on" in html


@pytest.mark.parametrize("body", ["owner: us", "", 'owner = "us"', 'owner = 1\nreviewed = "x"'])
def test_last_lines_that_are_none_are_a_sentence(page, body):
    assert "In a `about` fence: It holds" in page(fence("about", body))


def test_the_feed_has_every_page_with_its_owner():
    course = Course()
    made = dict(feed.files(course))
    pages = {page["path"]: page for page in json.loads(made["pages.json"])["pages"]}

    assert set(pages) >= {"", "help/", "runbooks/retry-storm/", "networking/retries/"}
    assert all(page["owner"] and page["review_due"] for page in pages.values())
    proven = pages["networking/retries/"]["proven"]
    assert proven["versions"]["envoy"]
    assert datetime.date.fromisoformat(proven["date"])
    assert pages["runbooks/retry-storm/"]["lab"] == "networking/retries"
    assert pages["help/"]["lab"] is pages["help/"]["proven"] is None


def test_the_feed_has_no_day_where_nobody_has_said_one(small):
    (small.root / "docs/index.md").unlink()
    (small.root / "links.toml").write_text('[links]\ndoubling = "networking/doubling/"\n')

    pages = json.loads(dict(feed.files(small))["pages.json"])["pages"]

    [page] = [page for page in pages if page["path"] == "networking/doubling/"]
    assert page["reviewed"] is page["review_due"] is None
