"""`lab run`, `verify`, `new`, `links` and `doctor`: each a door to a part of the kit."""

import argparse
import json
from pathlib import Path

from labs.kit.cli.terminal import Terminal
from labs.kit.course import Course
from labs.kit.names import find_lab
from labs.kit.trouble import Trouble


def run(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    from labs.kit import experiment

    lab = find_lab(course, options.lab)
    if options.experiment is None:
        found = [
            e for e in experiment.experiments(course.root) if e.slug.startswith(f"{lab.slug}/")
        ]
        if not found:
            raise Trouble(f"{lab.slug} has no experiments.")
        for each in found:
            terminal.say(f"lab run {lab.slug} {each.path.stem}\n    {each.title}")
        return 0
    chosen = experiment.find(f"{lab.slug}/{options.experiment}", course.root)
    if terminal.interactive:
        terminal.say(f"Running {chosen.slug} …")
    try:
        data = chosen.record().data if options.record else chosen.measure()
    except AssertionError as wrong:
        terminal.say(f"Not recorded. {wrong or 'What the lesson claims does not hold.'}")
        return 1
    terminal.say(chosen.report(data))
    if options.record:
        terminal.say(f"Recorded: {chosen.record_path}")
    return 0


def verify(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    from labs.kit.verify import verify as prove

    slugs = [find_lab(course, options.slug).slug] if options.slug else course.slugs
    if terminal.interactive and not options.json:
        terminal.say(f"Proving {', '.join(slugs)} …")
    report, recorded = prove(course, slugs), ""
    if options.record and report.ok:
        from labs.kit.proofs import record

        recorded = f"\nRecorded: {record(course, report.entries)}"
    # After it was kept: the report says what pages do not claim.
    text = json.dumps(report.as_json(), indent=1) if options.json else report.text() + recorded
    terminal.say(text)
    return 0 if report.ok else 1


def doctor(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    from labs.kit.doctor import examine, text

    findings = examine(course)
    if options.json:
        facts = [finding.as_json() for finding in findings]
        terminal.say(json.dumps({"schema": 1, "findings": facts}, indent=1))
    else:
        terminal.say(text(findings, colour=terminal.colour))
    return 0 if all(finding.well for finding in findings) else 1


def new(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    from labs.kit.new import begin

    terminal.say(begin(course, options.slug, options.exercise, options.kind))
    return 0


def links(course: Course, options: argparse.Namespace, terminal: Terminal) -> int:
    from labs.kit.ledger import Ledger
    from labs.kit.links import Checker

    checker = Checker(Ledger.read(course.root), options.site)
    found = [link for path in options.paths for link in checker.check(Path(path))]
    wrong = [link for link in found if link.state != "ok"]
    if options.json:
        facts = {"schema": 1, "links": [link.as_json() for link in found], "notes": checker.notes}
        terminal.say(json.dumps(facts, indent=1))
    else:
        for said in (*wrong, *checker.notes):
            terminal.say(str(said))
        dead = sum(link.state == "dead" for link in wrong)
        moved = len(wrong) - dead
        terminal.say(f"{len(found)} links to the course: {dead} dead, {moved} moved.")
    return 1 if wrong else 0
