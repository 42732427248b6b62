"""Two sessions, A and B, whose statements run in an order that is written down."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

WAITS = """
SELECT wait_event_type || ' on ' || wait_event, pg_blocking_pids(pid) = ARRAY[%s::integer]
FROM pg_stat_activity WHERE pid = %s
"""


class Sessions:
    """What A and B did, in `lines`: who, what, and what PostgreSQL answered."""

    def __init__(self, city, connections, pool):
        self.city, self.connections, self.pool = city, connections, pool
        self.lines, self.unanswered = [], {}

    def do(self, who, sql):
        self.note(who, sql, answer(self.connections[who], sql))

    def wait(self, who, sql):
        """Begin a statement that has to wait, and go on when it does."""
        asked = self.pool.submit(answer, self.connections[who], sql)
        self.city.settle([asked])
        self.unanswered[who] = asked
        other = "A" if who == "B" else "B"
        pids = self.connections[other].info.backend_pid, self.connections[who].info.backend_pid
        event, by_other = self.city.watch.execute(WAITS, pids).fetchone() or (None, False)
        self.note(who, sql, f"waits for {other}" if by_other else "does not wait")
        return event

    def go_on(self, who):
        """The waiting statement's answer, once it has one."""
        self.note(who, "...", self.unanswered.pop(who).result())

    def note(self, who, sql, came):
        self.lines.append({"who": who, "sql": sql, "came": came})


@contextmanager
def sessions(city):
    """Both at PostgreSQL's defaults. Ada asks in A, Ben in B, and driver 2 is free."""
    city.watch.execute("INSERT INTO riders VALUES ('Ada'), ('Ben')")
    a, b = city.database.connect(), city.database.connect()
    with closing(a), closing(b), ThreadPoolExecutor(1) as pool:
        yield Sessions(city, {"A": a, "B": b}, pool)


def answer(connection, sql):
    """The one value that was asked for, or else what psql says of a statement that went well."""
    cursor = connection.execute(sql)
    if cursor.description is None:
        return cursor.statusmessage
    value = cursor.fetchone()[0]
    return "null" if value is None else str(value)


def report(lines):
    """B stands to the right of A."""
    return "\n".join(written(**line) for line in lines)


def written(who, sql, came):
    indent = "   " if who == "B" else ""
    # PostgreSQL answers BEGIN to BEGIN.
    return f"{indent}{who}  {sql:{56 - len(indent)}}{came if came != sql else ''}".rstrip()
