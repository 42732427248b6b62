"""One release, as the edge, a prober, the apps and the business see it.

A release of pricing has no price for nine streets in ten, and says so with status 200.
"""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from runpy import run_path

from labs.kit.stack import Envoy, Prometheus

evening = run_path(str(Path(__file__).parents[1] / "data" / "evening.py"))

RATE, SECONDS, WINDOW = 30, 4, 3
EDGE = "envoy_cluster_upstream_rq"
VIEWS = {
    "requests": f"sum(rate({EDGE}_total[3s]))",
    "ok": f'100 * sum(rate({EDGE}_xx{{envoy_response_code_class="2"}}[3s]))'
    f" / sum(rate({EDGE}_completed[3s]))",
    "within": f"histogram_quantile(0.5, sum by (le) (rate({EDGE}_time_bucket[3s])))",
    "probes": '100 * sum(rate(probes_total{status="200"}[3s])) / sum(rate(probes_total[3s]))',
    "served": '100 * sum(rate(ride_attempts_total{outcome="served"}[3s]))'
    " / sum(rate(ride_attempts_total[3s]))",
    "booked": "sum(rate(rides_booked_total[3s]))",
}
"""What each asks of Prometheus, over the last 3 s."""

SAID = {
    "requests": "edge: requests/s",
    "ok": "edge: status 200, %",
    "within": "edge: half within, ms",
    "probes": "prober: healthy, %",
    "served": "apps: saw a price, %",
    "booked": "rides booked/s",
}


def measure(missing=0.9, rate=RATE, seed=1):
    """`missing` is the share of streets that lose their price."""
    # In a thread of its own, because a notebook's has a loop already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run(missing, rate, random.Random(seed))).result()


async def run(missing, rate, rng):
    pricing = evening["Pricing"](rng, missing)
    served = evening["served"]
    async with served({"/": pricing.quote, "/healthz": pricing.health}) as port:
        with Envoy(evening["edge"](port)) as envoy:
            apps = evening["Apps"](envoy.port(), rng)
            async with served({"/metrics": apps.metrics}) as reports:
                targets = {
                    "apps": [f"127.0.0.1:{reports}"],
                    "edge": {
                        "metrics_path": "/stats/prometheus",
                        "static_configs": [{"targets": [f"127.0.0.1:{envoy.admin_port}"]}],
                    },
                }
                with Prometheus(targets) as prometheus:
                    return await asked(pricing, apps, prometheus, rate)


async def asked(pricing, apps, prometheus, rate):
    riders = asyncio.create_task(apps.ask(rate))
    # It scrapes for the first time some seconds after its start.
    await asyncio.to_thread(prometheus.until, "count(up == 1) == 2")
    await asyncio.sleep(SECONDS)
    released, pricing.released = time.time(), True
    await asyncio.sleep(SECONDS)
    end = time.time()
    riders.cancel()
    with suppress(asyncio.CancelledError):
        await riders
    return {
        "before": views(prometheus, released),
        "after": views(prometheus, end),
        "curve": {name: curve(prometheus, name, released, end) for name in ("ok", "served")},
        "released": SECONDS - WINDOW / 2,
    }


def views(prometheus, at):
    return {
        name: round(float(prometheus.query(query, at=at)[0]["value"][1]), 2)
        for name, query in VIEWS.items()
    }


def curve(prometheus, name, released, end):
    """Each half second, over 1 s; a second in which nothing ended has no share."""
    query = f"{VIEWS[name].replace('[3s]', '[1s]')} >= 0"
    begin = released - SECONDS + WINDOW / 2
    values = prometheus.range(query, begin, end, 0.5)[0]["values"]
    return [[round(at - begin, 2), round(float(value), 2)] for at, value in values]


def report(data):
    rows = [f"{'':22}{'before':>7}{'after':>7}"]
    for name, words in SAID.items():
        places = 1 if name in ("within", "booked") else 0
        shown = (data[moment][name] for moment in ("before", "after"))
        rows.append(f"{words:22}" + "".join(f"{value:7.{places}f}" for value in shown))
    return "\n".join(rows)


def draw(axes, data):
    axes.axvline(data["released"], linestyle=":", color="#9aa0a6", linewidth=1)
    axes.text(data["released"] - 0.1, 50, "release", ha="right")
    for name, words in (("ok", "answers with status 200"), ("served", "attempts that saw a price")):
        axes.plot(*zip(*data["curve"][name], strict=True), label=words)
    axes.set(xlabel="time (s)", ylabel="%", ylim=(0, 105))
    axes.legend(loc="lower left", fontsize=8)


def describe(data):
    ok, served = ([value for _, value in data["curve"][name]] for name in ("ok", "served"))
    return (
        f"Two lines over {data['curve']['ok'][-1][0]:.0f} s, with a release after "
        f"{data['released']:.1f} s. Answers with status 200 stay between {min(ok):.0f} and "
        f"{max(ok):.0f} %. Attempts that saw a price fall from {served[0]:.0f} to "
        f"{served[-1]:.0f} %."
    )


def holds(data):
    before, after = data["before"], data["after"]
    assert before["ok"] == after["ok"] == before["probes"] == after["probes"] == 100
    assert before["served"] == 100
    assert after["served"] < 25
    assert after["requests"] > 1.5 * before["requests"]
    assert after["within"] < before["within"]
    assert after["booked"] < before["booked"] / 2
