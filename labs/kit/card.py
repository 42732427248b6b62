"""A Result as a card: lines for a terminal, and HTML for a notebook. Both say the same."""

import re
from collections.abc import Iterable, Sequence

from labs.kit.check.result import Outcome, Result, Verdict

MARKS = {Verdict.PASS: "✓", Verdict.SKIPPED: "·", Verdict.BROKEN: "!"}
SAID = {Verdict.PASS: "passes", Verdict.SKIPPED: "not tried", Verdict.BROKEN: "broken"}
COLOURS = {"✓": "32", "✗": "31", "·": "2", "!": "33"}
OUTPUT_LINES, COLUMNS = 10, 96


def text(
    result: Result, *, again: bool = False, then: Sequence[str] = (), colour: bool = False
) -> str:
    """The card in plain lines. `again` adds what a mistake says when it is not the first time."""
    mark = MARKS.get(result.verdict, "✗")
    lines = [painted(f"{mark} {headline(result)}", mark, colour)]
    for outcome in shown_checks(result):
        lines += outcome_lines(result, outcome, colour)
    for block in blocks(result, again):
        words = result.mistake and block in (result.mistake.words, result.mistake.more)
        lines += ["", *indented(filled(block) if words else block)]
    if then:
        lines += ["", *(f"  {line}" for line in then)]
    return clean("\n".join(lines), keep_colours=colour)


def headline(result: Result) -> str:
    passed = sum(outcome.verdict is Verdict.PASS for outcome in result.checks)
    count = f"{passed} of {len(result.checks)} checks pass"
    said = {
        Verdict.PASS: f"passes: {count}.",
        Verdict.ERROR: "the answer raised an error." if result.checks else "the answer ended.",
        Verdict.TIMEOUT: "the answer did not come to an end.",
        Verdict.BROKEN: "could not be judged. The fault is ours, not your answer's.",
    }
    if result.verdict is Verdict.PASS:
        return f"{result.exercise} {said[Verdict.PASS]}"
    if foreseen(result):
        return f"{result.exercise} could not be judged. {result.message}"
    return f"{result.exercise}: {said.get(result.verdict, count + '.')}"


def foreseen(result: Result) -> bool:
    """Could it not be judged for a reason that a sentence says, as where a server is missing?"""
    return result.verdict is Verdict.BROKEN and bool(result.message) and not result.trace


def shown_checks(result: Result) -> list[Outcome]:
    """All checks, where any was tried: a list of what was not is no news."""
    tried = any(outcome.verdict is not Verdict.SKIPPED for outcome in result.checks)
    return result.checks if tried and not foreseen(result) else []


def outcome_lines(result: Result, outcome: Outcome, colour: bool) -> list[str]:
    mark = MARKS.get(outcome.verdict, "✗")
    lines = [painted(f"  {mark} {outcome.claim}", mark, colour)]
    return lines + [f"    {line}" for fact in facts(result, outcome) for line in fact.split("\n")]


def facts(result: Result, outcome: Outcome) -> list[str]:
    """What stands below a claim that did not pass."""
    if outcome.verdict is Verdict.SKIPPED:
        return [f"not tried: {because(result, outcome)}"] if outcome.because else []
    said = []
    if outcome.expected:
        said.append(compared(outcome))
    elif outcome.what:
        said.append(f"{outcome.what}: {outcome.got}" if outcome.got else outcome.what)
    if outcome.case:
        said.append(f"smallest failing case: {outcome.case}")
    return said


def compared(outcome: Outcome) -> str:
    """In one line, or, where that is long, one below the other."""
    line = f"{outcome.what}: expected {outcome.expected}, got {outcome.got}"
    if len(line) <= COLUMNS and "\n" not in line:
        return line
    return f"{outcome.what}:\nexpected  {outcome.expected}\ngot       {outcome.got}"


def because(result: Result, outcome: Outcome) -> str:
    claims = {other.name: other.claim for other in result.checks}
    if outcome.because in claims:
        return f"it needs “{claims[outcome.because].rstrip('.')}”"
    return outcome.because


def blocks(result: Result, again: bool) -> Iterable[str]:
    """The paragraphs below the checks: message, trace, seed, the mistake's words, output."""
    if foreseen(result):
        return
    if result.message and result.message not in [outcome.what for outcome in result.checks]:
        yield result.message
    if result.trace:
        yield result.trace.rstrip()
    if result.verdict is Verdict.BROKEN:
        lab = result.exercise.rpartition("/")[0]
        yield (
            "`lab doctor` says what this machine lacks. Where it finds nothing, tell the lab's "
            f"owner\nwhat `lab verify {lab}` reports."
        )
    elif not result.passed:
        yield f"Seed {result.seed}."
    if result.mistake:
        yield result.mistake.words
        if again and result.mistake.more:
            yield result.mistake.more
    if result.output.strip() and not result.passed:
        printed = result.output.rstrip().split("\n")
        more = len(printed) - OUTPUT_LINES
        kept = [*printed[:OUTPUT_LINES], *([f"… and {more} more lines"] if more > 0 else [])]
        yield "\n".join(["It printed:", *(f"  {line}" for line in kept)])


def filled(words: str) -> str:
    """Paragraphs that fit a terminal of 80 columns."""
    import textwrap

    lines = textwrap.TextWrapper(78, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(map(lines.fill, words.split("\n\n")))


def indented(block: str) -> list[str]:
    return [f"  {line}" if line.strip() else "" for line in block.split("\n")]


def painted(line: str, mark: str, colour: bool) -> str:
    return f"\x1b[{COLOURS[mark]}m{line}\x1b[0m" if colour else line


OURS = re.compile(r"(\x1b\[(?:0|2|31|32|33)m)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(shown: str, *, keep_colours: bool = False) -> str:
    """Without control characters: what an answer printed must not move the cursor."""
    shown = shown.replace("\r\n", "\n")
    parts = OURS.split(shown) if keep_colours else [shown]
    return "".join(
        part if keep_colours and OURS.fullmatch(part) else CONTROL.sub("�", part) for part in parts
    )


# JupyterLab's own variables follow its theme; what they fall back on reads on white and on black.
STRIPES = {
    "✓": "var(--jp-success-color1, #388e3c)",
    "✗": "var(--jp-error-color1, #d84315)",
    "!": "var(--jp-warn-color1, #b26a00)",
    "·": "var(--jp-border-color1, #888888)",
}
HIDDEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
CODE = "font-family:var(--jp-code-font-family, monospace);white-space:pre-wrap;margin:.4em 0"


def html(result: Result, *, again: bool = False, then: Sequence[str] = ()) -> str:
    """The card for a notebook: self-contained, escaped, and not by colour alone."""
    mark = MARKS.get(result.verdict, "✗")
    checks = "".join(check_item(result, outcome) for outcome in shown_checks(result))
    below = "".join(block_html(result, block) for block in blocks(result, again))
    steps = "".join(f"<div>{prose(line)}</div>" for line in then)
    body = f'<ul style="list-style:none;padding:0;margin:.5em 0">{checks}</ul>' if checks else ""
    return framed(mark, headline(result), body + below + steps)


def framed(mark: str, title: str, body: str) -> str:
    """A card around any words; `mark` also gives the stripe at its side."""
    stripe = f"border-left:.3em solid {STRIPES[mark]}"
    return (
        f'<section role="group" aria-label="{escaped(title)}" '
        f'style="{stripe};padding:.3em 1em;margin:.3em 0;max-width:46em;line-height:1.45;'
        f'color:var(--jp-ui-font-color1, inherit)">'
        f'<div><span aria-hidden="true">{mark} </span><strong>{prose(title)}</strong></div>'
        f"{body}</section>"
    )


def check_item(result: Result, outcome: Outcome) -> str:
    mark = MARKS.get(outcome.verdict, "✗")
    below = "".join(
        f'<div style="padding-left:1.4em;{CODE}">{escaped(fact)}</div>'
        for fact in facts(result, outcome)
    )
    said = SAID.get(outcome.verdict, "does not pass")
    return (
        f'<li><span aria-hidden="true" style="display:inline-block;width:1.4em">{mark}</span>'
        f'<span style="{HIDDEN}">{said}: </span>{prose(outcome.claim)}{below}</li>'
    )


def block_html(result: Result, block: str) -> str:
    if block == result.trace.rstrip() or block.startswith("It printed:"):
        return exact(block)
    return paragraphs(block)


def exact(block: str) -> str:
    """Code, a trace, output: every space counts."""
    return f'<pre style="{CODE};color:inherit;background:none">{escaped(block)}</pre>'


def paragraphs(words: str) -> str:
    """Words as we write them: paragraphs apart by an empty line, code between backticks."""
    return "".join(f'<p style="margin:.5em 0">{prose(p)}</p>' for p in words.split("\n\n"))


def prose(words: str) -> str:
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped(words))


def escaped(words: str) -> str:
    # Not at the top: the terminal, which is in a hurry, needs no table of entities.
    from html import escape

    return escape(clean(words))
