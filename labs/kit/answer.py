"""An answer: a whole file of any kind that engineers write, and the words that it opens with."""

import ast
import difflib
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from labs.kit.trouble import Trouble

COMMENTS = ("#", "--", "//")


@dataclass(frozen=True)
class Answer:
    """An answer: a starter, a solution, an alternative, a mistake, or a learner's."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> "Answer":
        try:
            # Some editors begin a file with a byte order mark, which Python refuses.
            return cls(path, path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise Trouble(f"{path} does not exist.") from None
        except UnicodeDecodeError as wrong:
            raise Trouble(
                f"{path} is not UTF-8: byte {wrong.start} is {wrong.object[wrong.start]:#04x}. "
                "Save it as UTF-8."
            ) from None

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def suffix(self) -> str:
        return self.path.suffix

    @property
    def words(self) -> str:
        """The docstring of a Python answer; the leading comment of any other."""
        return docstring(self.text) if self.suffix == ".py" else leading_comment(self.text)

    @property
    def code(self) -> str:
        """The text below its words."""
        if not self.words:
            return self.text.strip("\n")
        if self.suffix == ".py":
            end = ast.parse(self.text).body[0].end_lineno
            return "\n".join(self.text.splitlines()[end:]).strip("\n")
        if self.text.lstrip().startswith("<!--"):
            return self.text.partition("-->")[2].strip("\n")
        lines = self.text.splitlines()
        return "\n".join(lines[len(leading_lines(self.text)) :]).strip("\n")


def docstring(source: str) -> str:
    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except (SyntaxError, ValueError):
        return ""


def leading_comment(text: str) -> str:
    """The comment that a YAML, SQL or Markdown file opens with, without its marks."""
    if text.lstrip().startswith("<!--"):
        return text.partition("<!--")[2].partition("-->")[0].strip()
    lines = [re.sub("^(#|--|//) ?", "", line) for line in leading_lines(text)]
    return "\n".join(lines).strip()


def leading_lines(text: str) -> list[str]:
    return list(itertools.takewhile(lambda line: line.startswith(COMMENTS), text.splitlines()))


def difference(mine: Answer, right: Answer) -> list[str]:
    """The way from one answer to the other, as a unified diff; their words are no difference."""
    lines = difflib.unified_diff(
        mine.code.splitlines(),
        right.code.splitlines(),
        str(mine.path),
        str(right.path),
        lineterm="",
    )
    return list(lines) or ["Your answer is the solution, to the letter."]
