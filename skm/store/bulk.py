"""Many rows at once, past the layer that binds each value of each row by its name.

With SQLAlchemy's own INSERT an upload spends more time on the parameters than the database on the
rows (bench/README.md). The statements are still made by it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, partial

from sqlalchemy import (
    Connection,
    Dialect,
    Table,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB

from skm.store.driver import Values, copy_rows, execute, execute_many
from skm.store.engine import insert_of
from skm.store.schema import count_names

_CHUNK = 10_000


def insert_rows(
    conn: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[Values]
) -> None:
    """Insert rows whose moments are as `hot.stored_time` makes them; PostgreSQL takes a COPY."""
    if conn.dialect.name == "postgresql":
        copy_rows(conn, f"COPY {table.name} ({', '.join(columns)}) FROM STDIN", rows)
    else:
        execute_many(conn, _insert_into(table, columns), rows)


def insert_new_rows(
    conn: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[Values]
) -> int:
    """Insert rows of texts, numbers and moments whose key is not there yet; return how many."""
    return _run(conn, _insert_new_into(conn.dialect.name, table, columns), rows)


def add_rows(conn: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Add counts to a recap: rows of all its columns; a key that is there gets the sums.

    No key may come twice.
    """
    statement = _add_into(conn.dialect.name, table)
    for start in range(0, len(rows), _CHUNK):
        _run(conn, statement, rows[start : start + _CHUNK])


def _run(conn: Connection, statement: str, rows: Sequence[Values]) -> int:
    """Execute a statement of `_into` for rows; return how many it touched.

    SQLite takes them one by one. PostgreSQL takes all as one text, in the order given: one by one
    they cost it three times as much, and as arrays the driver spends more on them than it does.
    """
    if conn.dialect.name == "postgresql":
        done = execute(conn, statement, (json.dumps(rows, default=str),))
    else:
        done = execute_many(conn, statement, rows)
    return int(done.rowcount)


@cache
def _insert_into(table: Table, columns: tuple[str, ...]) -> str:
    return str(table.insert().compile(dialect=_dialect("sqlite"), column_keys=columns))


@cache
def _insert_new_into(dialect: str, table: Table, columns: tuple[str, ...]) -> str:
    statement = _into(dialect, table, columns).on_conflict_do_nothing()
    return str(statement.compile(dialect=_dialect(dialect), column_keys=columns))


@cache
def _add_into(dialect: str, table: Table) -> str:
    new = _into(dialect, table, tuple(table.columns.keys()))
    change = {name: table.c[name] + new.excluded[name] for name in count_names(table)}
    statement = new.on_conflict_do_update(index_elements=list(table.primary_key), set_=change)
    return str(statement.compile(dialect=_dialect(dialect)))


def _into(
    dialect: str, table: Table, columns: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT of rows: SQLite's has a place for each value, PostgreSQL's one for all."""
    statement = insert_of(dialect, table)
    if dialect != "postgresql":
        return statement
    row = func.jsonb_array_elements(cast(bindparam("rows"), JSONB)).column_valued("given")
    values = [
        cast(row.op("->>")(literal_column(str(i))), table.c[c].type) for i, c in enumerate(columns)
    ]
    return statement.from_select(columns, select(*values))


def _dialect(name: str) -> Dialect:
    """Return a dialect whose parameters are told by their place."""
    kinds: dict[str, Callable[..., Dialect]] = {
        "postgresql": partial(postgresql.dialect, paramstyle="format"),
        "sqlite": partial(sqlite.dialect, paramstyle="qmark"),
    }
    return kinds[name]()
