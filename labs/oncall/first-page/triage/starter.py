"""Say which alert to look at first, when many fire at once.

`first(alerts, depends_on)` returns the name of one alert.
`alerts` is a list of dicts: "name" (no two alike), "service",
"severity" ("page" or "warning") and "start" (in seconds; less is
earlier). A service may have several. Warnings count for nothing here.
`depends_on` gives each service the list of those that it calls; a
service that is not in it calls none. There are no circles.

Riders come in at "edge", which always has a page. Follow the trail:
from a service that pages, to those that it calls and that page too.
The trail ends at services that call no service that pages. Ends may
be one step or many from the edge; how many does not matter.
Of all pages on these ends, answer with the one that started first.
If two started together, take the name that sorts first.
Leave both arguments as they are.
"""


def first(alerts, depends_on):
    return alerts[0]["name"]  # TODO: follow the trail to its ends
