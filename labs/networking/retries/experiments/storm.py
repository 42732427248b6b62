"""A service stalls for a second. What reaches it before, during and after, by how we retry.

Forty riders ask each second, and the service could answer a hundred. The edge gives each try
0.5 s. Three edges with services of their own run side by side, so that all have the same machine.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from runpy import run_path

from labs.kit.stack import Envoy, start

DATA = Path(__file__).parents[1] / "data"
tools = run_path(str(DATA / "service.py"))
edge = run_path(str(DATA / "edges.py"))["edge"]

RATE, SECONDS, STALL, STALLED, STEP = 40, 8, 1.5, 1.0, 0.5
WAYS = {
    "no retries": {},
    "three retries": {"retries": 3},
    "three retries, with a budget of 20 %": {"retries": 3, "budget": 20},
}


def measure(rate=RATE, stalled=STALLED, **ways):
    """Other rates, stalls and ways to try: `measure(rate=60, impatient={"retries": 9})`."""
    # In a thread of its own, because a notebook's has a loop already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, run(rate, stalled, ways or WAYS)).result()


async def run(rate, stalled, ways):
    services = [await tools["Service"]().__aenter__() for _ in ways]
    configurations = [
        edge(service.port, limit=0.5, **way)
        for service, way in zip(services, ways.values(), strict=True)
    ]
    with start(*(Envoy(configuration) for configuration in configurations)) as edges:
        asking = [tools["riders"](envoy.port(), rate, SECONDS) for envoy in edges]
        stall = asyncio.create_task(stalls(services, stalled))
        came = await asyncio.gather(*asking)
        await stall
    for service in services:
        await service.__aexit__()
    return {
        "step": STEP,
        "stalled_from": STALL,
        "stalled_for": stalled,
        "ways": [
            {"way": way, **counted(service, *rides)}
            for way, service, rides in zip(ways, services, came, strict=True)
        ],
    }


async def stalls(services, seconds):
    await asyncio.sleep(STALL)
    for service in services:
        service.stalled = True
    await asyncio.sleep(seconds)
    for service in services:
        service.stalled = False


def counted(service, begin, rides):
    """Requests at the service and riders served, each half second, a second's worth."""
    steps = range(int(SECONDS / STEP))
    reached = [sum(in_step(at - begin, n) for at in service.came) / STEP for n in steps]
    asked = [sum(in_step(at, n) for at, _ in rides) for n in steps]
    served = [sum(ok for at, ok in rides if in_step(at, n)) for n in steps]
    good = [round(100 * s / a) if a else 0 for s, a in zip(served, asked, strict=True)]
    return {
        "reached": reached,
        "served": good,
        "last": round(sum(good[-6:-2]) / 4),
        "peak": max(reached),
    }


def in_step(at, number):
    return number * STEP <= at < (number + 1) * STEP


def report(data):
    lines = [f"{'':38}{'before':>8}{'in it':>8}{'2 s on':>8}{'4 s on':>8}"]
    for unit, key in (("requests/s at the service", "reached"), ("riders served, %", "served")):
        lines.append(unit)
        for each in data["ways"]:
            shown = [each[key][place] for place in (1, 4, 8, 12)]
            lines.append(f"  {each['way']:36}" + "".join(f"{value:8.0f}" for value in shown))
    return "\n".join(lines)


def draw(axes, data):
    times = [data["step"] * (n + 0.5) for n in range(len(data["ways"][0]["reached"]))]
    begin = data["stalled_from"]
    axes.axvspan(begin, begin + data["stalled_for"], alpha=0.15, color="#9aa0a6", linewidth=0)
    for each in data["ways"]:
        axes.plot(times, each["reached"], label=each["way"])
    axes.axhline(100, linestyle=":", color="#9aa0a6", linewidth=1)
    axes.text(times[-1], 103, "what the service can do", ha="right")
    axes.set(xlabel="time (s)", ylabel="requests/s at the service", ylim=(0, None))
    axes.legend(loc="center right", bbox_to_anchor=(1, 0.42), fontsize=8)


def describe(data):
    none, many, few = data["ways"]
    return (
        f"Requests a second at the service over {SECONDS} seconds; it stalls at "
        f"{data['stalled_from']} s for {data['stalled_for']} s. Without retries they stay near "
        f"{none['reached'][1]:.0f}. With three retries they climb to {many['peak']:.0f} and are "
        f"still {many['reached'][-2]:.0f} at the end, above the 100 that the service can do. With "
        f"a budget of 20 % they reach {few['peak']:.0f} and come back to {few['reached'][-2]:.0f}."
    )


def holds(data):
    none, many, few = data["ways"]
    assert none["last"] >= 80, "without retries riders are served again"
    assert many["last"] <= 40, "three retries keep the service down"
    assert few["last"] >= 80, "with a budget riders are served again"
    assert many["reached"][-2] > 1.7 * few["reached"][-2]
