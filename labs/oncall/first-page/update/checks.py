"""Updates on sixty incidents, made up from a seed."""

import re
from copy import deepcopy
from datetime import datetime, timedelta

from labs.kit.check import first_failing, fixture, that

PEOPLE = ["Amara", "Bruno", "Chidi", "Dagny", "Emre", "Farid", "Gudrun", "Hiroko"]


@fixture
def updates(solution, rng):
    """Pairs of an incident and its update; capitals and line breaks are not compared."""
    pairs = []
    for _ in range(60):
        says = [f"{n} of 999 connections are in use" for n in rng.sample(range(100, 999), 2)]
        incident = {
            "impact": f"{rng.randrange(2, 9)} in 10 riders cannot book",
            "findings": [{"says": said, "verified": rng.random() < 0.5} for said in says],
            "doing": f"we end the {rng.randrange(2, 99)} oldest sessions",
            **dict(zip(("on_call", "changed_by"), rng.sample(PEOPLE, 2), strict=True)),
            "now": f"{rng.choice([3, 18, 23]):02}:{rng.randrange(60):02}",
            "every": rng.choice([15, 20, 30, 60]),
        }
        text = solution.update(deepcopy(incident))
        assert isinstance(text, str), f"update(incident) gives {text!r}, which is no text"
        pairs.append((incident, " ".join(text.lower().split())))
    return pairs


def _told(incident, verified=True):
    findings = [f["says"] for f in incident["findings"] if f["verified"] is verified]
    return [incident["doing"]] * verified + findings


def _place(text, said):
    """Where it stands, as words of their own, or far away."""
    found = re.search(rf"(?<![a-z0-9]){said.lower()}(?![a-z0-9])", text)
    return found.start() if found else 9999


def _hold(updates, what, unwanted):
    def claim(pair):
        found = unwanted(pair[0], lambda said: _place(pair[1], said))
        that(not found, what, expected="nothing", got=found, symptom=what)

    first_failing(updates, claim)


def begins_with_the_impact(updates):
    """What riders cannot do is said, and before all else from the record."""
    _hold(
        updates, "told before it", lambda i, at: [s for s in _told(i) if at(s) <= at(i["impact"])]
    )


def says_what_is_known_and_done(updates):
    """Every verified finding is told, and what is being done."""
    _hold(updates, "not said", lambda i, at: [said for said in _told(i) if at(said) == 9999])


def tells_no_suspicion(updates):
    """What nobody has verified is not told."""
    _hold(updates, "told unverified", lambda i, at: [s for s in _told(i, False) if at(s) < 9999])


def names_nobody(updates):
    """Neither who answers nor who changed something is named."""
    _hold(updates, "named", lambda i, at: [name for name in PEOPLE if at(name) < 9999])


def gives_the_time_of_the_next(updates):
    """The next update has a time of day, past midnight too."""
    for incident, text in sorted(updates, key=lambda pair: pair[0]["now"]):
        now, every, times = incident["now"], incident["every"], re.findall(r"\d+:\d+", text)
        due = f"{datetime.strptime(now, '%H:%M') + timedelta(minutes=every):%H:%M}"
        that(_place(text, due) < 9999, f"the next update, {every} minutes after {now}",
             expected=due, got=times or "no time", symptom=[bool(times), due > now])  # fmt: skip
