"""Three hundred riders fail in one moment. When do they come back, with jitter and without?

Simulated: these riders are numbers, and nobody answers them.
"""

from random import Random

RIDERS, CEILING, STEP = 300, 0.8, 0.1


def measure(riders=RIDERS, ceiling=CEILING):
    """The fourth try, whose ceiling is 0.8 s: how many come in each tenth of a second."""
    rng = Random(18)
    waits = {
        "the same wait for all": [ceiling] * riders,
        "half fixed, half random": [rng.uniform(ceiling / 2, ceiling) for _ in range(riders)],
        "random from 0": [rng.uniform(0, ceiling) for _ in range(riders)],
    }
    steps = range(round(ceiling / STEP) + 1)
    counts = {
        way: [sum(n * STEP <= wait < (n + 1) * STEP for wait in drawn) for n in steps]
        for way, drawn in waits.items()
    }
    rows = [{"way": way, "came": came, "peak": max(came)} for way, came in counts.items()]
    return {"riders": riders, "ceiling": ceiling, "ways": rows}


def report(data):
    lines = [f"{data['riders']} riders at attempt 3, whose ceiling is {data['ceiling']:g} s"]
    lines += [f"  {row['way']:26}at most {row['peak']:3d} in 0.1 s" for row in data["ways"]]
    return "\n".join(lines)


def draw(axes, data):
    for row in data["ways"]:
        times = [n * STEP for n in range(len(row["came"]))]
        axes.step(times, row["came"], where="post", label=row["way"])
    axes.set(xlabel="time since the failure (s)", ylabel="riders in 0.1 s", yscale="log")
    axes.legend(loc="upper left", fontsize=8)


def describe(data):
    said = ", ".join(f"{row['way']}: {row['peak']}" for row in data["ways"])
    return f"How many of {data['riders']} riders come back in the same tenth of a second. {said}."


def holds(data):
    same, half, full = (row["peak"] for row in data["ways"])
    assert same == data["riders"]
    assert full < half < same / 2
