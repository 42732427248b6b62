"""The question and the answer are one statement, so nobody fits in between.

`UPDATE ... WHERE rider IS NULL` locks the row that it finds. Whoever comes second waits, and then
PostgreSQL looks at the condition again, on the row as the first left it: no row is updated, and
the count says so. The row in `rides` shares the transaction, so both are there or neither.
"""


def book(connection, driver, rider):
    with connection.transaction():
        taken = connection.execute(
            "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL RETURNING id",
            (rider, driver),
        ).fetchone()
        if taken is None:
            return False
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
