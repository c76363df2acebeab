"""Are the counts those of the answers? The proof an examiner can ask for at any time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select

from skm.store import placements, surveys
from skm.store.model import RecapFault
from skm.store.recap import Row, count_stored, recount
from skm.store.schema import REKAP, count_names, jawaban, key_names, survei, tautan


def check_recap(conn: Connection, survei_id: str | None = None) -> tuple[RecapFault, ...]:
    """Return every count that differs from the answers, of one survey or of all.

    Raises SkmError `survei-tak-ada`.
    """
    return tuple(
        fault
        for name in _names(conn, survei_id)
        for fault in (*_faults(conn, name), *_sent_faults(conn, name))
    )


def rebuild_recap(conn: Connection, survei_id: str | None = None) -> None:
    """Count one survey, or all, anew from the answers. Raises SkmError `survei-tak-ada`."""
    for name in _names(conn, survei_id):
        recount(conn, name, surveys.lock_survei(conn, name))
        placements.count_sent(conn, survei_id=name)
        surveys.bump(conn, name)


def _names(conn: Connection, survei_id: str | None) -> list[str]:
    if survei_id is not None:
        surveys.data_version(conn, survei_id)
        return [survei_id]
    return list(conn.execute(select(survei.c.id).order_by(survei.c.id)).scalars())


def _faults(conn: Connection, survei_id: str) -> Iterator[RecapFault]:
    known = surveys.load_survei(conn, survei_id)
    counts = count_stored(conn, known, jawaban.c.survei_id == survei_id)
    for table in REKAP:
        should, stored = counts.counts(table), _stored(conn, table, survei_id)
        zeros = (0,) * len(count_names(table))
        for key in sorted(should.keys() | stored.keys()):
            pair = stored.get(key, zeros), should.get(key, zeros)
            if pair[0] != pair[1]:
                named = tuple(zip(key_names(table), key, strict=True))
                yield RecapFault(table.name, survei_id, named, *pair)


def _sent_faults(conn: Connection, survei_id: str) -> Iterator[RecapFault]:
    """Yield the placements whose stored answers are not as many as they say."""
    query = select(jawaban.c.tautan, func.count().label("n")).where(
        jawaban.c.survei_id == survei_id
    )
    query = query.where(jawaban.c.tautan.is_not(None)).group_by(jawaban.c.tautan)
    should = {row.tautan: row.n for row in conn.execute(query)}
    for known in placements.list_tautan(conn, survei_id):
        pair = known.dikirim, should.get(known.kode, 0)
        if pair[0] != pair[1]:
            key = (("kode", known.kode),)
            yield RecapFault(tautan.name, survei_id, key, (pair[0],), (pair[1],))


def _stored(conn: Connection, table: Table, survei_id: str) -> dict[Row, tuple[int, ...]]:
    keys, counts = key_names(table), count_names(table)
    query = select(*(table.c[name] for name in (*keys, *counts)))
    rows = conn.execute(query.where(table.c.survei_id == survei_id))
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows}
