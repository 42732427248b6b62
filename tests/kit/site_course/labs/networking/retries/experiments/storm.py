"""One failing request in ten becomes three times the load."""


def measure(rate=400):
    return {"edge": rate * 3.2, "rows": [{"second": n, "rate": rate * n} for n in range(3)]}


def report(data):
    return "\n".join(f"{row['second']} s  {row['rate']:5.0f} requests/s" for row in data["rows"])


def draw(axes, data):
    axes.plot([row["second"] for row in data["rows"]], [row["rate"] for row in data["rows"]])
    axes.set_xlabel("seconds")
    axes.set_ylabel("requests/s")


def describe(data):
    return f"The rate rises to {data['rows'][-1]['rate']:.0f} requests a second."


def holds(data):
    assert data["edge"] > 1000, "The edge must see more than 1,000 requests a second."
