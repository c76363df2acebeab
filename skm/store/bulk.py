"""Many rows at once, past the layer that binds each value of each row by its name.

With SQLAlchemy's own INSERT an upload spends more time on the parameters than the database on the
rows (bench/README.md). The statements are still made by it, and the types of the columns still
say how a value is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from skm.store.engine import insert_of
from skm.store.schema import count_names

Nilai = tuple[Any, ...]
"""The values of a row, in the order that the statement has its columns in."""

_CHUNK = 10_000


def binder(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any]:
    """Return what turns a value of a column into what the driver stores."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _same


def insert_rows(
    conn: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[Nilai]
) -> None:
    """Insert rows whose values are as `binder` makes them; PostgreSQL takes them as a COPY."""
    if conn.dialect.name == "postgresql":
        _copy(conn, f"COPY {table.name} ({', '.join(columns)}) FROM STDIN", rows)
    else:
        conn.exec_driver_sql(_insert_into(table, columns), [*rows])


def add_rows(conn: Connection, table: Table, rows: Sequence[Nilai]) -> None:
    """Add counts to a recap: rows of all its columns; a key that is there gets the sums."""
    statement = _add_into(conn.dialect.name, table)
    for start in range(0, len(rows), _CHUNK):
        conn.exec_driver_sql(statement, [*rows[start : start + _CHUNK]])


def _copy(conn: Connection, statement: str, rows: Sequence[Nilai]) -> None:
    driver: Any = conn.connection.cursor()
    try:
        with driver.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except conn.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error  # as SQLAlchemy tells its own
    finally:
        driver.close()


@cache
def _insert_into(table: Table, columns: tuple[str, ...]) -> str:
    return str(table.insert().compile(dialect=_dialect("sqlite"), column_keys=columns))


@cache
def _add_into(dialect: str, table: Table) -> str:
    new = insert_of(dialect, table)
    change = {name: table.c[name] + new.excluded[name] for name in count_names(table)}
    statement = new.on_conflict_do_update(index_elements=list(table.primary_key), set_=change)
    return str(statement.compile(dialect=_dialect(dialect)))


def _dialect(name: str) -> Dialect:
    """Return a dialect whose parameters are told by their place."""
    kinds: dict[str, Callable[..., Dialect]] = {
        "postgresql": partial(postgresql.dialect, paramstyle="format"),
        "sqlite": partial(sqlite.dialect, paramstyle="qmark"),
    }
    return kinds[name]()


def _same(value: Any) -> Any:  # noqa: ANN401
    return value
