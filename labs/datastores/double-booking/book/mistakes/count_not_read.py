"""The UPDATE finds no row, and the booking goes on.

An UPDATE whose condition does not hold is no error: it changes nothing, and says so in its row
count. Nobody reads the count here, so every rider is told yes and gets a ride. What the UPDATE
found has to decide what comes next.

psycopg has the count as `rowcount` of the cursor; with RETURNING, `fetchone()` gives None where
no row was found.
"""


def book(connection, driver, rider):
    with connection.transaction():
        connection.execute(
            "UPDATE drivers SET rider = %s WHERE id = %s AND rider IS NULL", (rider, driver)
        )
        connection.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", (driver, rider))
        return True
