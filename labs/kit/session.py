"""One connection to PostgreSQL: the same to a check on a machine and in a page.

Rows come as PostgreSQL writes them, and are read here, so that both give the same Python values.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

KINDS: dict[int, Callable[[str], Any]] = {
    16: lambda text: text == "t",
    20: int,
    21: int,
    23: int,
    114: json.loads,
    700: float,
    701: float,
    1700: float,
    3802: json.loads,
}
"""How values are read, by the type's OID (pg_type.dat); all others stay text."""


class Refused(Exception):
    """PostgreSQL's own words, and its five-letter code (Appendix A of its manual)."""

    def __init__(self, code: str, message: str):
        super().__init__(f"{message} ({code})")
        self.code, self.message = code, message


@dataclass(frozen=True)
class Answer:
    """What one statement gave: the names of its columns, and its rows."""

    columns: list[str]
    rows: list[tuple]


class Session:
    """`send` takes a text of statements, and gives one `Answer` for each that has rows.

    Statements of one text are one transaction, unless the text says otherwise.
    """

    def __init__(self, send: Callable[[str], list[Answer]]):
        self.send = send

    def run(self, sql: str) -> list[Answer]:
        return self.send(sql)

    def rows(self, sql: str) -> list[tuple]:
        """The rows of the last statement that has any columns."""
        answers = self.send(sql)
        return answers[-1].rows if answers else []

    def plan(self, sql: str) -> dict[str, Any]:
        """How PostgreSQL ran a query, with the buffers that it read."""
        return self.rows(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")[0][0][0]


def read(kind: int, text: bytes | None) -> Any:
    if text is None:
        return None
    return KINDS.get(kind, str)(text.decode())


def over_psycopg(connection: Any) -> Session:
    """On a machine: libpq's simple protocol, whose answers are text."""
    import psycopg
    from psycopg.pq import ExecStatus

    def send(sql: str) -> list[Answer]:
        try:
            cursor = psycopg.ClientCursor(connection).execute(sql)  # type: ignore[arg-type]
        except psycopg.Error as refused:
            said = refused.diag.message_primary or str(refused)
            raise Refused(refused.sqlstate or "", said) from None
        answers, more = [], True
        while more:
            result = cursor.pgresult
            if result is not None and result.status == ExecStatus.TUPLES_OK:
                answers.append(told(result))
            more = bool(cursor.nextset())
        return answers

    return Session(send)


def told(result: Any) -> Answer:
    columns = range(result.nfields)
    kinds = [result.ftype(column) for column in columns]
    rows = [
        tuple(read(kinds[column], result.get_value(row, column)) for column in columns)
        for row in range(result.ntuples)
    ]
    return Answer([result.fname(column).decode() for column in columns], rows)
