"""Sorts the reports, and goes through them attempt by attempt."""

from itertools import groupby


def share(reports, now):
    def key(report):
        return report["attempt"]

    good = total = 0
    for _, group in groupby(sorted((r for r in reports if not r["probe"]), key=key), key):
        mine = sorted(group, key=lambda r: r["at"])
        began = next((r["at"] for r in mine if r["event"] == "asked"), None)
        if began is None:
            continue
        shown = next((r["at"] for r in mine if r["event"] == "shown"), None)
        if shown is None and now - began < 5:
            continue
        total += 1
        good += shown is not None and shown - began <= 5
    return good / total if total else None
