"""What an answer may not change for the checks that judge it, and what it prints."""

import builtins
import contextlib
import io
import json
import math
import random
import time

from labs.kit.check.loading import Unusable

WATCHED = {
    "builtins": builtins,
    "math": math,
    "random": random,
    "random.Random": random.Random,
    "time": time,
    "json": json,
}
# Of `time`; the first `strptime` of a process sets them anew.
ZONE = ("tzname", "timezone", "altzone", "daylight")


class Tidy:
    """Notice a replaced builtin, say so, and put it back."""

    def __enter__(self):
        self.before = {name: dict(vars(place)) for name, place in WATCHED.items()}
        return self

    def assert_untouched(self):
        changed = self._put_back()
        if changed:
            raise Unusable(f"the answer replaces `{changed[0]}`, which checks rely on")

    def cause(self, raised):
        """What to blame for an exception: a replaced builtin, where there is one."""
        try:
            self.assert_untouched()
        except Unusable as unusable:
            return unusable
        return raised

    def __exit__(self, *raised):
        self._put_back()

    def _put_back(self):
        changed = []
        for name, place in WATCHED.items():
            before, now = self.before[name], dict(vars(place))
            for key in before.keys() | now.keys():
                # Modules fill their own private names lazily, `random._sha512` for one.
                private = key.startswith("_") and place is not builtins
                if private or key in ZONE or before.get(key, self) is now.get(key, self):
                    continue
                changed.append(f"{name}.{key}")
                if key in before:
                    setattr(place, key, before[key])
                else:
                    delattr(place, key)
        return sorted(changed)


class Printed:
    """Catch what an answer prints, the first part of it: a flood must not fill the memory."""

    LIMIT = 2000

    def __init__(self):
        self.text, self.lost = "", 0
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        sink = Sink(self)
        self.stack.enter_context(contextlib.redirect_stdout(sink))
        self.stack.enter_context(contextlib.redirect_stderr(sink))
        return self

    def __exit__(self, *raised):
        self.stack.close()

    def add(self, text):
        room = self.LIMIT - len(self.text)
        self.text += text[:room]
        self.lost += max(0, len(text) - room)

    def __str__(self):
        return self.text + (f"… and {self.lost} more characters" if self.lost else "")


class Sink(io.TextIOBase):
    def __init__(self, printed):
        self.printed = printed

    def writable(self):
        return True

    def write(self, text):
        self.printed.add(str(text))
        return len(text)
