"""It asks the server, and not the rider.

A 200 says that a handler came to its end, and not what it wrote. On the night of an incident every
answer is counted as good, and each of those riders is at the kerb. Look into the body.

A status is what the server thinks of its own work. What the app needs is in the text.
"""


def usable(status, body, seconds):
    return status == 200 and seconds <= 5
