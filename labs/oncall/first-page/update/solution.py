"""What riders suffer comes first: most who read an update read no further.

A suspicion that turns out wrong sends people the wrong way and costs trust, so only what somebody
verified is told. A name reads as blame. And a time, not "soon", is what stops the questions:
whoever reads this an hour later still knows whether it is out of date.
"""

from datetime import datetime, timedelta


def update(incident):
    known = [finding["says"] for finding in incident["findings"] if finding["verified"]]
    now = datetime.strptime(incident["now"], "%H:%M")
    due = now + timedelta(minutes=incident["every"])
    return "\n".join([incident["impact"], *known, incident["doing"], f"Next update {due:%H:%M}"])
