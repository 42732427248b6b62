"""Both writes are one statement: the ride is made from the row that the UPDATE found."""

BOOKING = """
WITH taken AS (
    UPDATE drivers SET rider = %(rider)s WHERE id = %(driver)s AND rider IS NULL RETURNING id, rider
)
INSERT INTO rides (driver, rider) SELECT id, rider FROM taken
"""


def book(connection, driver, rider):
    connection.autocommit = True
    try:
        found = connection.execute(BOOKING, {"driver": driver, "rider": rider})
        return found.rowcount == 1
    finally:
        connection.autocommit = False
