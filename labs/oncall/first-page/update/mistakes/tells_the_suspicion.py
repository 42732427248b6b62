"""Findings are told that nobody has verified.

A suspicion in an update becomes a fact by the second time it is forwarded: a release is rolled
back, or a supplier is rung, for nothing. Tell only what is marked as verified.

Each finding says of itself whether somebody checked it. Until then it belongs in the incident's
own channel, where those who can check it read along.
"""

from datetime import datetime, timedelta


def update(incident):
    known = [finding["says"] for finding in incident["findings"]]
    due = datetime.strptime(incident["now"], "%H:%M") + timedelta(minutes=incident["every"])
    told = [incident["impact"], *known, incident["doing"], f"Next update at {due:%H:%M}"]
    return ". ".join(told) + "."
