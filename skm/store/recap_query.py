"""Asking a recap: the rows of some places and periods, or their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table

from skm.store.hot import Hot, text_list

NOT_ASKED = "''"
"""Stands among the keys for a dimension that is not asked for: an empty text."""


def read_recap(
    conn: Connection,
    table: Table,
    where: Mapping[str, Any],
    keys: Sequence[str],
    counts: Sequence[str],
    *,
    grouped: bool = True,
) -> list[Any]:
    """Return (*keys, *sums of the counts) of each group that the keys make; ungrouped each row."""
    query = _query(table, (*keys,), (*counts,), (*where,), grouped)
    return query.rows(conn, _values(conn, where))


def _values(conn: Connection, where: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple([text_list(conn, v) if name in _AMONG else v for name, v in where.items()])


_AMONG = {"periode": "periode {among}", "tanpa": "NOT periode {among}"}
"""The conditions that compare with several values."""


@lru_cache(maxsize=256)
def _query(
    table: Table,
    keys: tuple[str, ...],
    counts: tuple[str, ...],
    where: tuple[str, ...],
    grouped: bool,
) -> Hot:
    """Return a query, made once; its names are those of `store/schema` and of `Saring`.

    Written out: with SQLAlchemy, asking takes as long as the answer from a small recap.
    """
    asked = ", ".join(key for key in keys if key != NOT_ASKED)
    # PostgreSQL gives a sum of bigint as numeric.
    values = [f"CAST(SUM({name}) AS BIGINT)" for name in counts] if grouped else counts
    conditions = " AND ".join(_AMONG.get(name, f"{name} = ?") for name in where)
    query = f"SELECT {', '.join((*keys, *values))} FROM {table.name} WHERE {conditions}"  # noqa: S608
    return Hot(f"{query} GROUP BY {asked}" if grouped else query)
