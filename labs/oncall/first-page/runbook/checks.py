"""The runbook, followed to the letter on a real database that has no connection left."""

import re
from pathlib import Path
from runpy import run_path

from labs.kit.check import fixture, needs, that

DATA = Path(__file__).parents[1] / "data"
outage, reader = (run_path(str(DATA / name)) for name in ("outage.py", "reader.py"))
WHOM = ("database-oncall", "rides-oncall", "incident-commander")


@fixture
def sections(solution):
    return reader["sections"](solution)


@fixture
def drill(sections, postgres, alertmanager, folder, rng):
    """What the first checks and the mitigation said and did, in this order."""
    program = f"receipts-{rng.randrange(1000, 9999)}"
    with outage["Outage"](postgres, alertmanager, folder, program) as scene:
        scene.look(reader["commands"](sections[1]))
        scene.act(reader["commands"](sections[2]))
    return scene


def says_what_riders_notice(sections):
    """What the alert means is said in a sentence about riders."""
    about = re.search(r"(?i)\briders?\b", sections[0]) and len(sections[0].split()) > 3
    that(about, "What it means for riders", expected="a sentence with riders in it",
         got=sections[0] or "nothing", symptom=0)  # fmt: skip


def first_checks_run(drill):
    """There are three first checks, and each succeeds and prints something."""
    that(len(drill.looked) == 3, "commands under First checks", expected=3, got=len(drill.looked))
    for command, ended, said in drill.looked:
        that(ended == "status 0" and said, command, expected="status 0, and an output",
             got=f"{ended}, {said or 'no output'}", symptom=ended)  # fmt: skip


@needs("first_checks_run")
def first_checks_show_what_is_wrong(drill):
    """They show the alert, what the sessions do, and the program that holds them."""
    said = "\n".join(said for _, _, said in drill.looked)
    wanted = {"RidesDatabaseOutOfConnections", "idle in transaction", drill.program}
    missing = sorted(sign for sign in wanted if sign not in said)
    that(not missing, "what no first check shows", expected="nothing", got=missing,
         symptom=[sign == drill.program for sign in missing])  # fmt: skip


def first_checks_change_nothing(drill):
    """After the first checks everything is as it was."""
    that(not drill.changed, "changed by the first checks", expected="nothing", got=drill.changed)


def mitigation_frees_connections(drill):
    """The mitigation ends the sessions that hold connections, and spares those that serve."""
    served, new = ("yes" if one else "no" for one in (drill.served, drill.bookable))
    seen = f"held sessions left: {drill.left}, others alive: {served}, room for a new one: {new}"
    wanted = "held sessions left: none, others alive: yes, room for a new one: yes"
    that(seen == wanted, "after the mitigation", expected=wanted, got=seen)


def escalation_says_when_and_whom(sections):
    """After at most 15 minutes somebody is called, and it is said who."""
    minutes = [int(number) for number in re.findall(r"(?i)(\d+)[\s-]*m(?:in\w*)?\b", sections[3])]
    that(minutes and 1 <= min(minutes) <= 15, "minutes under Escalation", expected="1 to 15",
         got=minutes or "none", symptom=bool(minutes))  # fmt: skip
    named = [who for who in WHOM if who in sections[3].lower()]
    that(named, "who is called under Escalation", expected=" or ".join(WHOM), got="nobody")


def leads_to_the_lesson(sections):
    """Who has time tomorrow finds the lesson."""
    link = re.search(r"(\]\(|\]:\s*|<)\S*oncall/first-page", sections[4])
    that(link, "a link to /oncall/first-page/", expected="one",
         got=sections[4] or "nothing", symptom=0)  # fmt: skip
