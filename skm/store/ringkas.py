"""The recaps by one place alone: which of them answers a question, and filling them all anew."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Table, delete, func, insert, select

from skm.store.schema import (
    ASAL,
    RINGKAS,
    count_names,
    metadata,
    rekap_jawaban,
    rekap_responden,
)


def smallest(needed: Collection[str]) -> tuple[Table, Table]:
    """Return the smallest recaps of marks and of respondents that know the `needed` columns."""
    for place, other in (("layanan", "titik"), ("titik", "layanan")):
        if other not in needed:
            return RINGKAS[place]
    return rekap_jawaban, rekap_responden


def refill(conn: Connection) -> None:
    """Sum them up anew, of all surveys: an older backup does not have them."""
    for name, source in ASAL.items():
        table = metadata.tables[name]
        keys = [source.c[c.name] for c in table.primary_key]
        sums = [func.sum(source.c[count]) for count in count_names(source)]
        names = [column.name for column in table.primary_key]
        conn.execute(delete(table))
        query = select(*keys, *sums).group_by(*keys)
        conn.execute(insert(table).from_select([*names, *count_names(table)], query))
