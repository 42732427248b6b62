"""What the calculators compute: each function takes inputs as a page shows them.

The browser computes the same in docs/assets/calculators/formulas.js, and a test holds the two
together. `None` is a result that there is not. `verdict` chooses the sentence that is shown, and
`span` is the value of the plotted input at which the plot ends.
"""

import math
from collections.abc import Callable
from typing import Any

# How far a plot goes beyond the value that is set.
PAST = 1.25


def retries(layers: int, attempts: int, failing: float, rate: float) -> dict[str, Any]:
    """`failing` is the share of sends that fail at the service, in %; `rate` is requests/s.

    A layer calls the one below until a call succeeds, or `attempts` have failed. So all layers
    together send until one send succeeds, or `attempts ** layers` have failed.
    """
    chance = failing / 100
    most = attempts**layers
    sends = most if chance == 1 else (1 - chance**most) / (1 - chance)
    return {
        "most": most,
        "sends": sends,
        "load": rate * sends,
        "errors": chance**most,
        "verdict": "once" if most == 1 else "all" if chance == 1 else "again",
        "span": 100,
    }


def timeouts(
    deadline: float,
    hops: int,
    work: float,
    timeout: float,
    attempts: int,
    pause: float,
    retrying: int,
) -> dict[str, Any]:
    """`deadline`, `timeout` and `pause` are s, `work` is ms; hops are counted from the last.

    `timeout` is what the last hop gives one try. Every other hop has to wait for the worst case
    of the next: its tries, each to its timeout, the pauses between them, and its own work.
    """
    worst, factor, shortest, each = timeout, 1, 0.0, []
    for hop in range(hops):
        tries = attempts if hop < retrying else 1
        extra = (tries - 1) * pause + work / 1000
        each.append(worst)
        worst, factor, shortest = tries * worst + extra, factor * tries, tries * shortest + extra
    affordable = (deadline - shortest) / factor if shortest < deadline else None
    return {
        "worst": worst,
        "left": max(0, deadline - worst),
        "wasted": max(0, worst - deadline),
        "affordable": affordable,
        "each": each[::-1],
        "verdict": "fits" if worst <= deadline else "late" if affordable else "hopeless",
        "span": max(PAST * timeout, 1.5 * (affordable or 0)),
    }


def budget(
    slo: float, days: float, failing: float, lasted: float, window: float, threshold: float
) -> dict[str, Any]:
    """`slo` and `failing` are % of requests; `lasted` and `window` are hours; all times are s.

    The alert fires when the share that failed in the last `window` hours burns at `threshold`
    times the rate at which the budget lasts `days` days. Traffic is even, and before the fault
    nothing failed.
    """
    allowed = (100 - slo) / 100
    hours = 24 * days
    burn = failing / 100 / allowed
    # Else 1.44 % against 0.1 % would be a hair more or less than 14.4.
    fires = burn >= threshold * (1 - 1e-9)
    ends = hours / burn if burn > 0 else None
    return {
        "outage": allowed * hours * 3600,
        "burn": burn,
        "exhausted": None if ends is None else 3600 * ends,
        "spent": burn * lasted / hours,
        "detected": 3600 * window * threshold / burn if fires else None,
        "alerted": threshold * window / hours,
        "fastest": 1 / allowed,
        "verdict": burning(burn, fires, threshold * allowed > 1 + 1e-9),
        "span": max(PAST * lasted, hours if ends is None else min(hours, 1.2 * ends)),
    }


def burning(burn: float, fires: bool, blind: bool) -> str:
    if blind:
        return "blind"
    if fires:
        return "fires"
    return "quiet" if burn > 1 + 1e-9 else "lasts"


def pool(rate: float, held: float, instances: int, connections: int) -> dict[str, Any]:
    """`rate` is requests/s of all instances, `held` ms; `connections` are one instance's.

    An instance is a queue M/M/c: requests come at random, hold a connection for a time that is
    exponentially distributed, and wait for one without a limit.
    """
    service = held / 1000
    busy = rate * service / instances
    enough = busy < connections
    waiting = erlang_c(connections, busy) if enough else 1.0
    spare = connections - busy
    # The wait of those who wait is exponential too.
    slow = service / spare * math.log(waiting / 0.01) if enough and waiting > 0.01 else 0.0
    return {
        "busy": busy,
        "used": busy / connections,
        "waiting": waiting,
        "wait": waiting * service / spare if enough else None,
        "slow": slow if enough else None,
        "needed": least_connections(busy),
        "total": instances * connections,
        "capacity": instances * connections / service,
        "verdict": "roomy" if waiting <= 0.01 else "waits" if enough else "overloaded",
        "span": max(PAST * rate, instances * connections / service),
    }


def erlang_c(servers: int, load: float) -> float:
    """The share that has to wait, for a load (busy servers on average) below `servers`."""
    return queued(servers, load, blocked_after(servers, load))


def blocked_after(servers: int, load: float) -> float:
    """Erlang B by its recursion, in which no factorial overflows."""
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def queued(servers: int, load: float, blocked: float) -> float:
    return servers * blocked / (servers - load * (1 - blocked))


def least_connections(load: float) -> int:
    """So many that at most one request in a hundred waits."""
    blocked, number = 1.0, 0
    while True:
        number += 1
        blocked = load * blocked / (number + load * blocked)
        if number > load and queued(number, load, blocked) <= 0.01:
            return number


def cache(rate: float, hit: float, fallen: float, capacity: float, keys: int) -> dict[str, Any]:
    """`rate` is reads/s, `hit` and `fallen` are %; `capacity` is queries/s of the database.

    After a cold start reads are let in as fast as the database bears, and no faster. All `keys`
    are asked for equally often, and a share `100 - hit` is never found.
    """
    share = hit / 100
    before, after = rate * (1 - share), rate * (1 - fallen / 100)
    warmed = warm(rate, share, capacity, keys)
    return {
        "before": before,
        "after": after,
        "factor": after / before if before > 0 else None,
        "cold": rate,
        "lowest": max(0, 1 - capacity / rate),
        "admitted": min(1, capacity / rate),
        "warm": warmed,
        "verdict": bearing(rate, after, capacity, warmed),
        "span": 100,
    }


def bearing(rate: float, after: float, capacity: float, warmed: float | None) -> str:
    if rate <= capacity:
        return "spare"
    if warmed is None:
        return "broken"
    return "breaks" if after > capacity * (1 + 1e-9) else "bears"


def warm(rate: float, share: float, capacity: float, keys: int) -> float | None:
    """Seconds from an empty cache until all reads can be let in.

    With a share `u` of the keys missing, capacity / (1 - share + share * u) reads/s are let in.
    Of these share * u bring a key, so u falls by that over `keys`: integrated, this.
    """
    if rate <= capacity:
        return 0.0
    missing = (capacity / rate - (1 - share)) / share if share > 0 else 0.0
    if missing <= 1e-9:
        return None
    return keys / capacity * ((1 - share) / share * -math.log(missing) + 1 - missing)


FORMULAS: dict[str, Callable[..., dict[str, Any]]] = {
    "retries": retries,
    "timeouts": timeouts,
    "budget": budget,
    "pool": pool,
    "cache": cache,
}
