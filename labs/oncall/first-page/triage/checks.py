"""Incidents at Fareway, made up from a seed: a trail of pages from the edge, and what distracts."""

from copy import deepcopy
from itertools import pairwise

from labs.kit.check import first_failing, needs, that


class _Incident:
    """Pages along a trail from the edge to its far end, and the kind of each alert by its name."""

    def __init__(self, rng, between):
        self.rng, self.alerts, self.calls, self.kinds, self.ends = rng, [], {}, {}, []
        services = ["rides", "pricing", "eta", "payments", "valkey", "maps", "rides-db"]
        *above, self.end = trail = ["edge", *rng.sample(services, between + 1)]
        for depth, service in enumerate(above):
            self.add("before the end" if depth else "the edge", service, start=rng.randrange(999))
        self.add("end of the trail", *trail, start=500)

    def add(self, kind, *path, start=9, severity="page"):
        """An alert on the last service of a path, each of which calls the next."""
        for above, below in pairwise(path):
            self.calls.setdefault(above, []).insert(self.rng.randrange(2), below)
        name = f"{self.rng.choice('ABCDEFGH')}{len(self.alerts)}"
        self.alerts += [{"name": name, "service": path[-1], "severity": severity, "start": start}]
        self.rng.shuffle(self.alerts)
        self.kinds[name] = kind + ", started early" * (start < 500)
        self.ends += [(start, name)] * kind.startswith("end")

    def __repr__(self):
        said = [f"{a['name']} {a['service']} {a['severity']} {a['start']} s" for a in self.alerts]
        said += [f"{above} calls {', '.join(below)}" for above, below in self.calls.items()]
        return "; ".join(said)


def _judge(solution, rng, *distractions):
    """All are asked before one is shown: which kinds of alert were taken is the symptom."""
    answers = {}
    for between in (0, 1, 2, 3, 4) * 12:
        rng.choice(distractions)(incident := _Incident(rng, between))
        given = deepcopy((incident.alerts, incident.calls))
        got, right = solution.first(*given), min(incident.ends)[1]
        assert given == (incident.alerts, incident.calls), "the call changed its arguments"
        kind = "right" if got == right else incident.kinds.get(str(got), "no name")
        answers[incident] = got, right, kind
    symptom = sorted({kind for _, _, kind in answers.values()})

    def claim(incident):
        got, right, kind = answers[incident]
        that(got == right, "look at", expected=right, got=f"{got} ({kind})", symptom=symptom)

    first_failing(answers, claim)


def follows_the_trail_to_its_end(solution, rng):
    """A service that calls one that pages has an excuse; the end of the trail has none."""
    _judge(solution, rng, lambda i: None)


@needs("follows_the_trail_to_its_end")
def counts_pages_alone(solution, rng):
    """A warning is no reason to follow, and no answer."""
    low = {"severity": "warning"}
    _judge(solution, rng, lambda i: i.add("only a warning", i.end, **low),
           lambda i: i.add("only a warning", i.end, "backup", **low))  # fmt: skip


@needs("follows_the_trail_to_its_end")
def leaves_out_what_riders_do_not_feel(solution, rng):
    """A page that no trail of pages from the edge leads to can wait, however early it is."""
    _judge(solution, rng, lambda i: i.add("nothing on the trail calls it", "report"),
           lambda i: i.add("what calls it is quiet", i.end, "cache", "disk"))  # fmt: skip


@needs("follows_the_trail_to_its_end")
def takes_the_earliest(solution, rng):
    """Of the pages at the ends, the first to start; of two that started together, by name."""
    starts = [9, 500, 500, 999]
    _judge(solution, rng, lambda i: i.add("end, same service", i.end, start=rng.choice(starts)),
           lambda i: i.add("end nearby", "edge", "login", start=rng.choice(starts)))  # fmt: skip
