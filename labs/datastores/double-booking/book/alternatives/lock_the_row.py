"""Locks the row while it reads; ends the transaction by hand, whatever happens."""


def book(connection, driver, rider):
    try:
        row = connection.execute(
            "SELECT rider FROM drivers WHERE id = %s FOR UPDATE", [driver]
        ).fetchone()
        if row[0] is not None:
            connection.rollback()
            return False
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO rides (driver, rider) VALUES (%s, %s)", [driver, rider])
            cursor.execute("UPDATE drivers SET rider = %s WHERE id = %s", [rider, driver])
        connection.commit()
        return True
    except BaseException:
        connection.rollback()
        raise
