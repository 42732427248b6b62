"""Ten quotes for each of 300 riders: how many of them come from the canary, which has weight 10.

By request, Envoy draws a random number for each; by rider, it takes a hash of the header that
names the rider.
"""

import random
from collections import Counter
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory

from labs.kit.stack import Envoy

edge = run_path(str(Path(__file__).parents[1] / "data" / "edge.py"))
RIDERS, QUOTES = 300, 10


def routes(stable, canary, by_rider):
    """The edge's routes: everything, split in the ratio of two weights."""
    weights = {"pricing_stable": stable, "pricing_canary": canary}
    clusters = [{"name": name, "weight": weight} for name, weight in weights.items()]
    split = {"weighted_clusters": {"use_hash_policy": by_rider, "clusters": clusters}}
    split["hash_policy"] = [{"header": {"header_name": "x-rider"}}]
    route = {"match": {"prefix": "/"}, "route": split}
    return {"virtual_hosts": [{"name": "pricing", "domains": ["*"], "routes": [route]}]}


def versions(config, requests):
    """Which version a real Envoy with these routes has answer each request."""
    with TemporaryDirectory() as folder, Envoy(edge["bootstrap"](config, folder)) as envoy:
        return [version for version, _ in edge["ask"](envoy.port("edge"), requests)]


def measure(riders=RIDERS, seed=1):
    rng = random.Random(seed)
    requests = [edge["rider"](rng) for _ in range(riders)] * QUOTES
    splits = [(99, 1), (90, 10)]
    return {
        "riders": riders,
        "requests": len(requests),
        "by_request": [split(requests, riders, *weights, False) for weights in splits],
        "by_rider": [split(requests, riders, *weights, True) for weights in splits],
        "grown": grown([edge["rider"](rng) for _ in range(2000)]),
    }


def split(requests, riders, stable, canary, by_rider):
    found = versions(routes(stable, canary, by_rider), requests)
    quotes = [found[rider::riders].count("canary") for rider in range(riders)]
    return {
        "weights": f"{stable} : {canary}",
        "canary": found.count("canary"),
        "both": sum(0 < count < QUOTES for count in quotes),
        "share": 100 * sum(0 < count < QUOTES for count in quotes) / riders,
        "quotes": [Counter(quotes)[count] for count in range(QUOTES + 1)],
    }


def grown(riders):
    """Riders on the canary at 5 %, and how many of them stay at 20 %, written in two ways."""
    first, same_sum, other_sum = (
        {
            rider
            for rider, version in enumerate(versions(routes(*weights, by_rider=True), riders))
            if version == "canary"
        }
        for weights in ((95, 5), (80, 20), (4, 1))
    )
    return {
        "first": len(first),
        "same_sum": len(first & same_sum),
        "other_sum": len(first & other_sum),
    }


def report(data):
    rows = [f"{data['riders']} riders, {QUOTES} quotes each", ""]
    rows.append(f"{'':9}{'':9}{'canary':>9}{'riders who':>13}")
    rows.append(f"{'chosen by':9}{'weights':>9}{'answers':>9}{'see both':>13}")
    for how in ("request", "rider"):
        for each in data[f"by_{how}"]:
            rows.append(f"{how:9}{each['weights']:>9}{each['canary']:9}{each['both']:13}")
    stay = data["grown"]
    rows += ["", f"of {stay['first']} on the canary at 95 : 5 stay"]
    rows.append(f"  at 80 : 20 {stay['same_sum']:27}")
    rows.append(f"  at  4 :  1 {stay['other_sum']:27}")
    return "\n".join(rows)


def draw(axes, data):
    for offset, how in ((-0.2, "request"), (0.2, "rider")):
        heights = data[f"by_{how}"][1]["quotes"]
        places = [place + offset for place in range(QUOTES + 1)]
        axes.bar(places, heights, 0.4, label=f"chosen by {how}")
    axes.set_xticks(range(QUOTES + 1))
    axes.set_xlabel("quotes from the canary, of a rider's ten")
    axes.set_ylabel("riders")
    axes.legend()


def describe(data):
    request, rider = (data[f"by_{how}"][1] for how in ("request", "rider"))
    return (
        f"Of {data['riders']} riders with ten quotes each at weights {request['weights']}. "
        f"Chosen by request: {request['quotes'][0]} riders have no quote from the canary, "
        f"{request['both']} have one or more of both versions. "
        f"Chosen by rider: {rider['quotes'][0]} have none, {rider['quotes'][QUOTES]} have ten, "
        f"and {rider['both']} have both."
    )


def holds(data):
    for how in ("by_request", "by_rider"):
        few, many = (each["canary"] for each in data[how])
        assert 0 < few < 0.03 * data["requests"], few
        assert 0.04 * data["requests"] < many < 0.17 * data["requests"], many
    assert data["by_request"][1]["both"] > data["riders"] / 2
    assert [each["both"] for each in data["by_rider"]] == [0, 0]
    stay = data["grown"]
    assert stay["same_sum"] == stay["first"] > 50
    assert stay["other_sum"] < stay["first"] / 2
