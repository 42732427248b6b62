"""Write the first status update of an incident, from what is on record.

`update(incident)` returns a text. `incident` is a dict:
"impact": what riders cannot do, such as "3 in 10 riders cannot book"
"findings": a list of dicts, each with "says" and "verified" (a bool)
"doing": what is being done now
"on_call", "changed_by": names of people
"now": the time, such as "18:07"; "every": minutes between updates
The text holds the impact, every verified finding, and what is being
done, each in the words of the record. The impact comes before both.
It gives the time of the next update, `every` minutes from now, as
"18:27". It holds no finding that is not verified, and names nobody.
The words between are yours, and so are capitals and line breaks.
"""


def update(incident):
    return f"{incident['on_call']} is on it."  # TODO: what riders need
