"""The calculators' inputs, results and words: the one home of all that is not a formula."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Input:
    name: str
    label: str
    unit: str
    least: float
    most: float
    step: float
    default: float


@dataclass(frozen=True)
class Result:
    """`kind` says how it is written: count, share, times, time (given in s) or each (a list)."""

    name: str
    label: str
    kind: str
    unit: str = ""
    missing: str = "never"


@dataclass(frozen=True)
class Plot:
    """`across` is an input, `up` a result; `limit` is an input or a result, or a number."""

    across: str
    up: str
    title: str
    limit: str | float | None = None
    limit_label: str = ""
    beside: dict[str, float] = field(default_factory=dict)
    beside_label: str = ""


@dataclass(frozen=True)
class Table:
    """What comes out for some values of one input, with the others as they are."""

    across: str
    values: tuple[float, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Calculation:
    """`says` holds a sentence for each verdict; a name in braces is an input's or a result's."""

    name: str
    title: str
    inputs: tuple[Input, ...]
    results: tuple[Result, ...]
    says: dict[str, str]
    plot: Plot
    table: Table


RETRIES = Calculation(
    name="retries",
    title="Retry amplification",
    inputs=(
        Input("layers", "Layers that retry", "", 1, 5, 1, 3),
        Input("attempts", "Tries in each layer", "", 1, 6, 1, 3),
        Input("failing", "Sends that fail at the service", "%", 0, 100, 1, 100),
        Input("rate", "Load of callers", "requests/s", 10, 5000, 10, 400),
    ),
    results=(
        Result("most", "Sends for one request, at most", "count"),
        Result("sends", "Sends for one request, on average", "count"),
        Result("load", "Load on the service", "count", "requests/s"),
        Result("errors", "Callers who see an error", "share"),
    ),
    says={
        "all": "One request becomes {sends} at the service: {load} where callers made {rate}. "
        "Every caller sees an error all the same.",
        "again": "One request becomes {sends} at the service on average, and {most} at most: "
        "{load} where callers made {rate}. An error is seen by {errors} of the callers.",
        "once": "Nobody tries twice, so the service gets the callers' {load}. "
        "An error is seen by {errors} of them.",
    },
    plot=Plot(
        "failing",
        "sends",
        "Sends for one request, by the share that fails",
        beside={"layers": 1},
        beside_label="one layer only",
    ),
    table=Table("failing", (1, 10, 50, 90, 99, 100), ("sends", "errors")),
)

TIMEOUTS = Calculation(
    name="timeouts",
    title="Timeout budget over hops",
    inputs=(
        Input("deadline", "The caller waits", "s", 0.1, 30, 0.1, 3),
        Input("hops", "Hops to the last service", "", 1, 6, 1, 3),
        Input("work", "Work and network of each hop", "ms", 0, 500, 5, 20),
        Input("timeout", "Timeout of one try at the last hop", "s", 0.05, 10, 0.05, 1),
        Input("attempts", "Tries of a hop that retries", "", 1, 5, 1, 2),
        Input("pause", "Pause before another try", "s", 0, 5, 0.05, 0.1),
        Input("retrying", "Hops that retry, counted from the last", "", 0, 6, 1, 2),
    ),
    results=(
        Result("worst", "Worst case, all in all", "time"),
        Result("left", "Left until the deadline", "time"),
        Result("wasted", "Work that nobody waits for", "time"),
        Result("affordable", "Longest timeout at the last hop that fits", "time", missing="none"),
        Result("each", "Timeout of one try, from the first hop to the last", "each"),
    ),
    says={
        "fits": "The worst case takes {worst}, and the caller waits for {deadline}: "
        "{left} are left. One try at the last hop could have {affordable}.",
        "late": "The worst case takes {worst}, and the caller has left after {deadline}: "
        "for {wasted} the hops work for nobody. One try at the last hop can have {affordable}.",
        "hopeless": "The worst case takes {worst}, and the caller has left after {deadline}. "
        "No timeout mends that: work and pauses alone take longer.",
    },
    plot=Plot(
        "timeout",
        "worst",
        "Worst case, by the timeout of one try at the last hop",
        limit="deadline",
        limit_label="the caller's deadline",
        beside={"retrying": 1},
        beside_label="only the last hop retries",
    ),
    table=Table("timeout", (0.1, 0.25, 0.5, 1, 2, 5), ("worst", "wasted")),
)

BUDGET = Calculation(
    name="budget",
    title="Error budget and burn rate",
    inputs=(
        Input("slo", "Objective (SLO)", "%", 95, 99.99, 0.01, 99.9),
        Input("days", "Period of the objective", "days", 7, 90, 1, 30),
        Input("failing", "Requests that fail now", "%", 0, 100, 0.05, 5),
        Input("lasted", "The fault has lasted", "h", 0, 72, 0.25, 1),
        Input("window", "Window of the alert", "h", 0.25, 72, 0.25, 1),
        Input("threshold", "Burn rate of the alert", "×", 1, 100, 0.1, 14.4),
    ),
    results=(
        Result("outage", "The budget, as a full outage", "time"),
        Result("burn", "Burn rate now", "times"),
        Result("exhausted", "The whole budget lasts", "time", missing="for ever"),
        Result("spent", "Spent by this fault", "share"),
        Result("detected", "The alert fires after", "time"),
        Result("alerted", "Spent by a fault when it fires", "share"),
        Result("fastest", "Burn rate of a full outage", "times"),
    ),
    says={
        "fires": "The alert fires after {detected}, with {alerted} of the budget spent. "
        "After {lasted} it is {spent}, and a whole budget lasts {exhausted}.",
        "quiet": "The alert stays quiet: the budget burns {burn} as fast as it may, and the alert "
        "waits for {threshold}. A whole budget lasts {exhausted}.",
        "lasts": "The budget burns {burn} as fast as it may, so it lasts for its {days}. "
        "The alert stays quiet.",
        "blind": "The alert can never fire: a full outage burns {fastest} as fast as the budget "
        "allows, and the alert waits for {threshold}.",
    },
    plot=Plot(
        "lasted",
        "spent",
        "Budget that is spent, by how long the fault lasts",
        limit=1,
        limit_label="the whole budget",
    ),
    table=Table("failing", (0.1, 1, 1.5, 5, 20, 100), ("exhausted", "detected")),
)

POOL = Calculation(
    name="pool",
    title="Connection pool size",
    inputs=(
        Input("rate", "Load on all instances", "requests/s", 10, 2000, 10, 200),
        Input("held", "A request holds a connection for", "ms", 1, 1000, 1, 40),
        Input("instances", "Instances of the service", "", 1, 50, 1, 4),
        Input("connections", "Connections of one instance", "", 1, 100, 1, 3),
    ),
    results=(
        Result("busy", "Busy on average, in one instance", "count"),
        Result("used", "In use", "share"),
        Result("waiting", "Requests that wait for a connection", "share"),
        Result("wait", "Wait, on average", "time", missing="without end"),
        Result("slow", "Wait of the slowest 1 %, at least", "time", missing="without end"),
        Result("needed", "Connections with which at most 1 % wait", "count"),
        Result("total", "Connections at the database", "count"),
    ),
    says={
        "roomy": "Each instance uses {busy} of its {connections} connections on average, and "
        "{waiting} of the requests wait. {needed} would do. The database sees {total} connections.",
        "waits": "Each instance uses {busy} of its {connections} connections on average, and yet "
        "{waiting} of the requests wait, {wait} on average over all. With {needed} it would be "
        "1 % or less. The database sees {total} connections.",
        "overloaded": "Each instance would need {busy} connections on average and has "
        "{connections}: its queue grows until somebody gives up. With {needed}, at most 1 % of "
        "the requests wait.",
    },
    plot=Plot("rate", "wait", "Wait for a connection, on average, by the load"),
    table=Table("connections", (2, 3, 4, 6, 8, 12), ("waiting", "wait")),
)

CACHE = Calculation(
    name="cache",
    title="Cache hit rate and load",
    inputs=(
        Input("rate", "Load on the cache", "reads/s", 100, 50000, 100, 10000),
        Input("hit", "Hit rate on a good day", "%", 0, 100, 0.5, 95),
        Input("fallen", "Hit rate when something is wrong", "%", 0, 100, 0.5, 90),
        Input("capacity", "The database bears", "queries/s", 100, 20000, 100, 1200),
        Input("keys", "Keys in the cache when it is warm", "", 1000, 1000000, 1000, 100000),
    ),
    results=(
        Result("before", "Load on a good day", "count", "queries/s"),
        Result("after", "Load when something is wrong", "count", "queries/s"),
        Result("factor", "As much as on a good day", "times", missing="no load before"),
        Result("cold", "Load with an empty cache", "count", "queries/s"),
        Result("lowest", "Lowest hit rate that the database bears", "share"),
        Result("admitted", "Reads to let in, with an empty cache", "share"),
        Result("warm", "Until all reads can be let in", "time"),
    ),
    says={
        "bears": "The database gets {after} instead of {before}, and bears {capacity}. "
        "From an empty cache, let in {admitted} of the reads, then more: all of them "
        "after {warm}.",
        "breaks": "The database gets {after} instead of {before}, and bears {capacity}: "
        "it needs a hit rate of {lowest}. From an empty cache, let in {admitted} of the reads, "
        "then more: all of them after {warm}.",
        "broken": "The database gets {before} on a good day, and bears {capacity}. "
        "It needs a hit rate above {lowest}.",
        "spare": "The database gets {after} instead of {before}, and bears all {cold} "
        "without a cache.",
    },
    plot=Plot(
        "fallen",
        "after",
        "Load on the database, by the hit rate",
        limit="capacity",
        limit_label="what the database bears",
    ),
    table=Table("fallen", (99, 95, 90, 80, 50, 0), ("after", "factor")),
)

CALCULATIONS = {each.name: each for each in (TIMEOUTS, RETRIES, BUDGET, POOL, CACHE)}
