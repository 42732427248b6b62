"""It takes the reports in the order in which they come.

Phones send when they have a network again, so "shown" may come before its "asked", which is then
missed. Collect all times of an attempt first, and judge afterwards.

Order of arrival says something about networks, and nothing about riders.
"""

from collections import defaultdict


def share(reports, now):
    began, ended = {}, defaultdict(list)
    for report in reports:
        name, at = report["attempt"], report["at"]
        if report["probe"]:
            continue
        if report["event"] == "asked":
            began[name] = min(at, began.get(name, at))
        elif name in began:
            ended[name].append(at - began[name])
    known = [name for name in began if name in ended or began[name] + 5 <= now]
    served = [name for name in known if any(took <= 5 for took in ended[name])]
    return len(served) / len(known) if known else None
