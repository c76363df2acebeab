"""Are the counts those of the answers? The proof an examiner can ask for at any time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Table, func, select

from skm.store import placements, surveys
from skm.store.model import RecapFault
from skm.store.recap import Row, count_all, recount
from skm.store.reduced import latest, load_reduced
from skm.store.schema import SEMUA_REKAP, count_names, jawaban, key_names, survei, tautan

_AWAL = datetime(1970, 1, 1, tzinfo=UTC)


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
    counts = count_all(conn, survei_id, known)
    for table in SEMUA_REKAP:
        should, stored = counts.counts(table), _stored(conn, table, survei_id)
        zeros = (0,) * len(count_names(table))
        for key in sorted(should.keys() | stored.keys()):
            pair = stored.get(key, zeros), should.get(key, zeros)
            if pair[0] != pair[1]:
                named = tuple(zip(key_names(table), key, strict=True))
                yield RecapFault(table.name, survei_id, named, *pair)


def _sent_faults(conn: Connection, survei_id: str) -> Iterator[RecapFault]:
    """Yield what placements say wrongly of their stored answers: how many, and when the last.

    A moment is told in microseconds since 1970, none as 0.
    """
    query = select(jawaban.c.tautan, func.count(), func.max(jawaban.c.waktu))
    query = query.where(jawaban.c.survei_id == survei_id, jawaban.c.tautan.is_not(None))
    rows = conn.execute(query.group_by(jawaban.c.tautan))
    found = {kode: (n, last) for kode, n, last in rows}
    for kode, (gone, last) in load_reduced(conn, survei_id).tautan.items():
        n, known_last = found.get(kode, (0, None))
        found[kode] = (n + gone, latest(last, known_last))
    should = {kode: (n, _microseconds(last)) for kode, (n, last) in found.items()}
    for known in placements.list_tautan(conn, survei_id):
        stored = known.dikirim, _microseconds(known.terakhir)
        pairs = zip(stored, should.get(known.kode, (0, 0)), strict=True)
        for name, (held, right) in zip(("dikirim", "terakhir"), pairs, strict=True):
            if held != right:
                key = (("kode", known.kode), ("hitungan", name))
                yield RecapFault(tautan.name, survei_id, key, (held,), (right,))


def _microseconds(moment: datetime | None) -> int:
    return (moment - _AWAL) // timedelta(microseconds=1) if moment else 0


def _stored(conn: Connection, table: Table, survei_id: str) -> dict[Row, tuple[int, ...]]:
    keys, counts = key_names(table), count_names(table)
    query = select(*(table.c[name] for name in (*keys, *counts)))
    rows = conn.execute(query.where(table.c.survei_id == survei_id))
    return {tuple(row[: len(keys)]): tuple(row[len(keys) :]) for row in rows}
