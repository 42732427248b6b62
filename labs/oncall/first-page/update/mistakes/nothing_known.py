"""What has been verified is left out.

Riders' support can do without the cause. The next engineer who joins cannot, and asks you for
it while you work. Tell every finding that is verified.

An update answers four questions: what is broken, what is known, what is done, when comes the
next. One of the four has no answer here.
"""

from datetime import datetime, timedelta


def update(incident):
    due = datetime.strptime(incident["now"], "%H:%M") + timedelta(minutes=incident["every"])
    told = [incident["impact"], incident["doing"], f"Next update at {due:%H:%M}"]
    return ". ".join(told) + "."
