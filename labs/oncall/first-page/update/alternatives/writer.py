"""A small class that writes sentence by sentence, each with a capital."""

import io
import time


class Writer(io.StringIO):
    def say(self, words):
        self.write(f"{words[0].upper()}{words[1:]}.\n")


def update(incident):
    text = Writer()
    text.say(incident["impact"])
    for finding in filter(lambda finding: finding["verified"], incident["findings"]):
        text.say(f"we know that {finding['says']}")
    text.say(f"at the moment: {incident['doing']}")
    clock = time.strptime(incident["now"], "%H:%M")
    due = time.gmtime(3600 * clock.tm_hour + 60 * (clock.tm_min + incident["every"]))
    text.say("next update: " + time.strftime("%H:%M", due))
    return text.getvalue()
