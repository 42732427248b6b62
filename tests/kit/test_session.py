"""One connection to PostgreSQL: the same values on a machine and over the wire of a page."""

import struct

import pytest

from labs.kit.session import Refused, over_psycopg
from labs.kit.site.protocol import over_wire
from labs.kit.stack import Postgres

VALUES = (
    "SELECT 1::int2 AS a, 2::int8 AS b, 1.5::numeric AS c, true AS d, null AS e, 'x' AS f,"
    " date '2026-11-23' AS g, '[1, 2]'::jsonb AS h"
)
ROW = (1, 2, 1.5, True, None, "x", "2026-11-23", [1, 2])


@pytest.fixture(scope="module")
def server():
    with Postgres() as server:
        yield server


@pytest.fixture
def session(server):
    with server.database() as database, database.connect() as connection:
        yield over_psycopg(connection)


def test_rows_are_plain_values(session):
    assert session.rows(VALUES) == [ROW]


def test_a_script_gives_an_answer_for_each_statement_that_has_rows(session):
    answers = session.run("CREATE TABLE t (x int); SELECT 1 AS one; SELECT 2 AS two WHERE false")

    assert [(answer.columns, answer.rows) for answer in answers] == [
        (["one"], [(1,)]),
        (["two"], []),
    ]


def test_a_refusal_has_postgresqls_words_and_code(session):
    with pytest.raises(Refused) as refused:
        session.rows("SELECT nothing")

    assert (refused.value.code, refused.value.message) == (
        "42703",
        'column "nothing" does not exist',
    )


def test_a_plan_says_which_node_read_how_many_buffers(session):
    session.run("CREATE TABLE t AS SELECT generate_series(1, 10000) AS id; CREATE INDEX ON t (id)")
    session.run("ANALYZE t")

    plan = session.plan("SELECT id FROM t WHERE id = 77")["Plan"]

    assert plan["Node Type"] in ("Index Scan", "Index Only Scan")
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] > 0


def message(mark, body):
    return mark + struct.pack("!i", len(body) + 4) + body


def column(name, kind):
    return name + b"\0" + struct.pack("!ihihih", 0, 0, kind, 4, -1, 0)


def test_what_a_server_says_over_the_wire_is_read_the_same():
    asked = []
    row = struct.pack("!h", 2) + struct.pack("!i", 1) + b"7" + struct.pack("!i", -1)
    columns = struct.pack("!h", 2) + column(b"a", 23) + column(b"b", 25)
    said = message(b"T", columns) + message(b"D", row) + message(b"C", b"SELECT 1\0")

    session = over_wire(lambda sent: asked.append(sent) or said + message(b"Z", b"I"))

    assert session.rows("SELECT") == [(7, None)]
    assert asked == [message(b"Q", b"SELECT\0")]


def test_a_refusal_over_the_wire_is_a_refusal():
    said = message(b"E", b"SERROR\0C42P01\0Mno such table\0\0")

    with pytest.raises(Refused, match="no such table"):
        over_wire(lambda sent: said).run("SELECT")
