"""What riders cannot do is not the first thing said.

Support reads the first line and answers forty riders with it. If that line is about a database,
they have to guess what to tell them. Begin with the impact, then say what is known.

The order is that of the readers' questions: what is broken for me, what do you know, what are you
doing, when do I hear more.
"""

from datetime import datetime, timedelta


def update(incident):
    known = [finding["says"] for finding in incident["findings"] if finding["verified"]]
    due = datetime.strptime(incident["now"], "%H:%M") + timedelta(minutes=incident["every"])
    told = [*known, incident["doing"], incident["impact"], f"Next update at {due:%H:%M}"]
    return ". ".join(told) + "."
