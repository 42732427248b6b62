"""Somebody is named in the update.

The next engineer who breaks something will then think twice before saying so, and the first
minutes of that incident are lost. Say what happened and what is done, not who.

Who answers the page belongs on the rota. Who made a change is for the review afterwards,
and even there it is the change that matters.
"""

from datetime import datetime, timedelta


def update(incident):
    known = [finding["says"] for finding in incident["findings"] if finding["verified"]]
    due = datetime.strptime(incident["now"], "%H:%M") + timedelta(minutes=incident["every"])
    doing = f"{incident['on_call']}: {incident['doing']}"
    told = [incident["impact"], *known, doing, f"Next update at {due:%H:%M}"]
    return ". ".join(told) + "."
