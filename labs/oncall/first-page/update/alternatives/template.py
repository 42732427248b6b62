"""Fills a template with one line a question; counts minutes since midnight itself."""

from string import Template

UPDATE = Template("""$impact.

What we know:
$known
What we do: $doing.
The next update is at $due, or earlier if this changes.
""")


def update(incident):
    hours, minutes = map(int, incident["now"].split(":"))
    hours, minutes = divmod(60 * hours + minutes + incident["every"], 60)
    return UPDATE.substitute(
        impact=incident["impact"],
        known="".join(f"- {f['says']}\n" for f in incident["findings"] if f["verified"] is True),
        doing=incident["doing"],
        due=f"{hours % 24:02}:{minutes:02}",
    )
