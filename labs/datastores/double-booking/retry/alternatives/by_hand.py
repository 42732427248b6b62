"""Begins, commits and rolls back by hand, and asks the error for its SQLSTATE."""

import psycopg

AGAIN = {"40001", "40P01"}


def run(connection, work, attempts, pause):
    failed = 0
    while True:
        try:
            connection.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            result = work(connection)
            connection.commit()
        except psycopg.Error as error:
            connection.rollback()
            failed += 1
            if error.sqlstate not in AGAIN or failed == attempts:
                raise
        except BaseException:
            connection.rollback()
            raise
        else:
            return result
        pause(failed)
