"""An alert on a runbook's page, as the rules file has it that the tests evaluate."""

from html import escape
from typing import Any

import yaml

from labs.kit.course import unknown
from labs.kit.site.page import Page
from labs.kit.trouble import Trouble


def alert(page: Page, body: str) -> str:
    """`<rules file from the root> <name of the alert>`"""
    words = body.rsplit(maxsplit=1)
    if len(words) != 2:
        raise Trouble(f"It names a rules file and an alert of it; it says `{body}`.")
    path, name = words
    rule = rule_of(page, path, name)
    severity = rule.get("labels", {}).get("severity", "none")
    return (
        f'<section class="alert" aria-label="The alert">'
        f'<p class="alert-name"><code>{escape(name)}</code> '
        f'<span class="severity" data-severity="{escape(severity)}">severity: {escape(severity)}'
        f"</span> <span>for: {escape(str(rule.get('for', '0s')))}</span></p>"
        f"{page.code(str(rule['expr']).strip(), 'promql')}"
        f'<p class="from">From <code>{escape(path)}</code>, which the tests evaluate.</p></section>'
    )


def rule_of(page: Page, path: str, name: str) -> dict[str, Any]:
    file = (page.root / path).resolve()
    if not file.is_relative_to(page.root.resolve()) or not file.is_file():
        raise Trouble(f"{page.root / path} does not exist. The path starts at the repository.")
    try:
        groups = yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
        every = [rule for group in groups for rule in group["rules"]]
        rules = {rule["alert"]: rule for rule in every if "alert" in rule}
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as wrong:
        reason = " ".join(str(wrong).split())
        raise Trouble(f"{file} is not a file of Prometheus rules: {reason}.") from None
    if name not in rules:
        listed = unknown("alert", name, list(rules)).replace("`lab list`", f"{file}")
        raise Trouble(listed)
    return rules[name]
