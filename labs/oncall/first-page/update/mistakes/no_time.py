"""The next update has no time on it.

"In 20 minutes" means something only to whoever reads it at once. Forwarded, it is a riddle, and
everybody asks. Give the time of day: `now` plus `every` minutes.

The sum is done on a clock: 18:50 and 20 minutes are 19:10.
"""


def update(incident):
    known = [finding["says"] for finding in incident["findings"] if finding["verified"]]
    next_one = f"Next update in {incident['every']} minutes"
    return ". ".join([incident["impact"], *known, incident["doing"], next_one]) + "."
