"""Sorts first, and takes the first alert that stands at an end of the trail; levels as sets."""

from dataclasses import dataclass


@dataclass
class Trail:
    calls: dict
    paging: set

    def below(self, service):
        return {called for called in self.calls.get(service, []) if called in self.paging}

    def ends(self):
        level = {"edge"}
        while level:
            yield from (service for service in level if not self.below(service))
            level = set().union(*map(self.below, level))


def first(alerts, depends_on):
    pages = sorted((a["start"], a["name"], a["service"]) for a in alerts if a["severity"] == "page")
    ends = set(Trail(depends_on, {service for _, _, service in pages}).ends())
    return next(name for _, name, service in pages if service in ends)
