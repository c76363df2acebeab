"""Statements handed to the driver itself, where there are many of them.

SQLAlchemy spends some 50 µs on each statement, whatever it does; a sheet of the form takes sixteen.
Its transaction is the one that they run in, and failures are raised as its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Values = tuple[Any, ...]
"""What a statement is given, in the order of its places, as the driver stores it."""


def execute(conn: Connection, statement: str, values: Values) -> Any:  # noqa: ANN401 - a cursor
    """Return the driver's cursor after a statement."""
    with _as_its_own(conn, statement):
        cursor = conn.connection.cursor()
        cursor.execute(statement, values)
    return cursor


def execute_many(conn: Connection, statement: str, rows: Sequence[Values]) -> Any:  # noqa: ANN401
    """Return the driver's cursor after a statement for each of the rows."""
    with _as_its_own(conn, statement):
        cursor = conn.connection.cursor()
        cursor.executemany(statement, rows)
    return cursor


def fetch_all(conn: Connection, statement: str, values: Values) -> list[Values]:
    """Return all rows of a query, as the driver's own tuples."""
    with _as_its_own(conn, statement):
        cursor = conn.connection.cursor()
        cursor.execute(statement, values)
        rows = list(cursor.fetchall())
        cursor.close()
    return rows


def copy_rows(conn: Connection, statement: str, rows: Sequence[Values]) -> None:
    """Send rows to a COPY (PostgreSQL)."""
    with _as_its_own(conn, statement):
        cursor: Any = conn.connection.cursor()
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def _as_its_own(conn: Connection, statement: str) -> Iterator[None]:
    """Raise the driver's failures as SQLAlchemy raises them."""
    base: type[Exception] = conn.dialect.loaded_dbapi.Error
    try:
        yield
    except base as error:
        raise DBAPIError.instance(statement, None, error, base, hide_parameters=True) from error
