"""What share of the riders' attempts was served?

`share(reports, now)` returns a number from 0 to 1, or None if there
is no attempt to count. The apps send a report for what a rider does
and sees, in any order, and a second time if unsure that it arrived:

`{"attempt": "a7", "event": "asked", "at": 63.5, "probe": False}`

An attempt is all reports with the same `attempt`. It begins with the
earliest "asked", and is served if a "shown" is at most 5 s after that.
A rider who taps again adds an "asked", and a closed app sends nothing.

Not counted: attempts whose `probe` is True (they are ours), attempts
without "asked", and those that may still be served, because they began
less than 5 s before `now` and have no "shown" yet. `at` and `now` are
seconds; no report is from after `now`. Leave `reports` as it is.
"""


def share(reports, now):
    asked = [r for r in reports if r["event"] == "asked"]  # TODO: attempts
    shown = [r for r in reports if r["event"] == "shown"]
    return len(shown) / len(asked) if asked else 1.0
