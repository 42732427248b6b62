"""Shortly before midnight, the next update is given a time that no clock shows.

Incidents like the small hours. At 23:50 the update promises 24:10, and a tool that parses it
drops the update. After 23:59 the clock goes on with 00:00.

Minutes carry over into hours here, and hours do not carry over into days.
The remainder of a division by 24 does that, and so does a date.
"""


def update(incident):
    known = [finding["says"] for finding in incident["findings"] if finding["verified"]]
    hours, minutes = map(int, incident["now"].split(":"))
    later = 60 * hours + minutes + incident["every"]
    due = f"{later // 60:02}:{later % 60:02}"
    told = [incident["impact"], *known, incident["doing"], f"Next update at {due}"]
    return ". ".join(told) + "."
