"""Four alerts, evaluated over the same faults: when each fires, and for how long.

The faults are simulated, as counters of a service whose budget is 0.1 %; Prometheus is real, and
knows these counters as its past.
"""

from pathlib import Path
from runpy import run_path

from labs.kit.stack import Prometheus

LAB = Path(__file__).parents[1]
days = run_path(str(LAB / "data" / "days.py"))

CALM = [(0.0005, 1000)] * 370
FAULTS = {
    "blip": ("30 % fail for 2 min", [(0.3, 1000)] * 2),
    "outage": ("5 % fail for 40 min", [(0.05, 1000)] * 40),
    "drip": ("0.9 % fail for 6 h", [(0.009, 1000)] * 360),
}
RULES = {
    "5 min": [[(14.4, "5m")]],
    "1 h": [[(14.4, "1h")]],
    "1 h, 5 min": [[(14.4, "1h"), (14.4, "5m")]],
    "both pairs": [[(14.4, "1h"), (14.4, "5m")], [(6, "6h"), (6, "30m")]],
}


def expression(pairs):
    return " or ".join("(" + " and ".join(above(*each) for each in pair) + ")" for pair in pairs)


def above(rate, window):
    lost = f'sum(rate(ride_attempts_total{{outcome!="served"}}[{window}]))'
    return f"{lost} / sum(rate(ride_attempts_total[{window}])) > {rate} * 0.001"


def measure(**faults):
    """Other faults: `measure(storm=("all fail", [(1.0, 1000)] * 10))`."""
    faults = faults or FAULTS
    minutes, begins = [], {}
    for name, (_, fault) in faults.items():
        minutes += CALM
        begins[name] = len(minutes)
        minutes += fault
    minutes += CALM
    history, last = days["history"](minutes, ["reports-1:9102"]), len(minutes)
    with Prometheus(history=history) as prometheus:
        # The newest sample is at the last minute.
        newest = float(prometheus.query("max(timestamp(ride_attempts_total))")[0]["value"][1])
        began = newest - 60 * last
        found = {
            rule: fired(prometheus, expression(pairs), began, last) for rule, pairs in RULES.items()
        }
        ends = {name: begins[name] + len(fault) for name, (_, fault) in faults.items()}
        return {
            "faults": [
                {"name": name, "words": words, "minutes": len(fault)}
                for name, (words, fault) in faults.items()
            ],
            "rules": [
                {"rule": rule} | {name: said(on, begins[name], ends[name]) for name in faults}
                for rule, on in found.items()
            ],
            "outage": shares(prometheus, began, begins, ends),
            "live": {"well": live(CALM), "outage": live(CALM + [(0.3, 1000)] * 5)},
        }


def fired(prometheus, query, began, last):
    """The minutes in which the alert's expression finds something."""
    found = prometheus.range(query, began, began + 60 * last, 60)
    return {round((at - began) / 60) for at, _ in found[0]["values"]} if found else set()


def said(on, begin, end):
    """Minutes from the beginning of the fault to the alert, and from its end to the last of it."""
    mine = [minute for minute in sorted(on) if begin <= minute <= end + 360]
    return [mine[0] - begin, max(0, mine[-1] - end)] if mine else None


def shares(prometheus, began, begins, ends):
    """The share that fails around the outage, in each window, by minutes from its beginning."""
    if "outage" not in begins:
        return {}
    first, last = begins["outage"] - 10, ends["outage"] + 70
    curves = {}
    for window in ("5m", "1h"):
        query = above(0, window).partition(" > ")[0]
        values = prometheus.range(query, began + 60 * first, began + 60 * last, 60)[0]["values"]
        curves[window] = [[n - 10, round(100 * float(v), 3)] for n, (_, v) in enumerate(values)]
    return curves


def live(minutes):
    """What a running Prometheus says with the exercise's solution, by now."""
    rules = (LAB / "alert" / "solution.yaml").read_text(encoding="utf-8")
    past = days["history"](minutes, ["reports-1:9102", "reports-2:9102"])
    with Prometheus(rules=rules, history=past) as prometheus:
        days["evaluated_twice"](prometheus)
        return [alert["labels"]["alertname"] for alert in prometheus.alerts()]


def report(data):
    rows = [f"{'windows':12}" + "".join(f"{fault['name']:>9}" for fault in data["faults"])]
    for each in data["rules"]:
        cells = [cell(each[fault["name"]]) for fault in data["faults"]]
        rows.append(f"{each['rule']:12}" + "".join(f"{words:>9}" for words in cells))
    rows += ["", "minutes to the alert, + minutes after the end"]
    rows.append("the second pair: 6 h, 30 min above 6; else 14.4")
    rows += [f"{fault['name']}: {fault['words']}" for fault in data["faults"]]
    for words, name in (("on a good day", "well"), ("5 min into 30 % failures", "outage")):
        rows.append(f"live, {words}: {', '.join(data['live'][name]) or 'quiet'}")
    return "\n".join(rows)


def cell(found):
    return "-" if found is None else f"{found[0]} +{found[1]}"


def draw(axes, data):
    length = next(f["minutes"] for f in data["faults"] if f["name"] == "outage")
    axes.axvspan(0, length, alpha=0.15, color="#9aa0a6", linewidth=0)
    axes.axhline(1.44, linestyle=":", color="#9aa0a6", linewidth=1)
    axes.text(-9, 1.55, "burn rate 14.4")
    for window, words in (("5m", "over 5 minutes"), ("1h", "over 1 hour")):
        axes.plot(*zip(*data["outage"][window], strict=True), label=words)
    axes.set(xlabel="minutes since the outage began", ylabel="attempts that failed, %")
    axes.set_ylim(0, None)
    axes.legend(loc="upper right", fontsize=8)


def describe(data):
    short, long = (dict(map(tuple, data["outage"][window])) for window in ("5m", "1h"))
    length = next(f["minutes"] for f in data["faults"] if f["name"] == "outage")
    above = {
        name: [minute for minute, share in curve.items() if share > 1.44]
        for name, curve in (("short", short), ("long", long))
    }
    return (
        f"The share of attempts that failed, before, in and after an outage of {length} minutes, "
        f"against a limit of 1.44 %. Over 5 minutes it is above the limit from minute "
        f"{above['short'][0]} to {above['short'][-1]}, over 1 hour from {above['long'][0]} to "
        f"{above['long'][-1]}. The highest values are {max(short.values()):.1f} and "
        f"{max(long.values()):.1f} %."
    )


def holds(data):
    short, long, both, all_four = data["rules"]
    assert short["blip"] is not None
    assert long["blip"] is both["blip"] is all_four["blip"] is None
    assert short["outage"][0] < both["outage"][0] == long["outage"][0] < 25
    assert long["outage"][1] > 30 > 10 > both["outage"][1]
    assert short["drip"] is long["drip"] is both["drip"] is None
    assert all_four["drip"] is not None
    assert all_four["drip"][1] < 30
    assert data["live"] == {"well": [], "outage": ["RidersNotServed"]}
