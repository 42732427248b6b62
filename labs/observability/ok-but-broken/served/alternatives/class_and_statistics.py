"""An attempt that knows what became of it; the share is the mean of these."""

from dataclasses import dataclass, field
from statistics import fmean


@dataclass
class Attempt:
    probe: bool = False
    asked: list = field(default_factory=list)
    shown: list = field(default_factory=list)

    def verdict(self, now):
        if self.probe or not self.asked:
            return None
        took = min(self.shown, default=now + 1e9) - min(self.asked)
        if took <= 5:
            return 1
        waiting = not self.shown and now - min(self.asked) < 5
        return None if waiting else 0


def share(reports, now):
    attempts = {}
    for report in reports:
        attempt = attempts.setdefault(report["attempt"], Attempt())
        attempt.probe |= report["probe"]
        getattr(attempt, report["event"]).append(report["at"])
    verdicts = [attempt.verdict(now) for attempt in attempts.values()]
    return fmean(known) if (known := [v for v in verdicts if v is not None]) else None
