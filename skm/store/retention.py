"""Delete answers whose time is over; their counts stay in the recaps and in the archives."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, func, select, update

from skm.angka import format_number
from skm.periode import Periode, parse_period
from skm.pesan import message
from skm.store import closings, surveys
from skm.store.recap import count_stored
from skm.store.reduced import keep_counts
from skm.store.report_model import JenisPeristiwa, Susut, Tutupan
from skm.store.schema import jawaban, tutupan
from skm.survei import Survei

_NO_REMARKS = b""
"""What stands for the remarks of an archive after they were deleted."""


def limit_day(survei: Survei, hari: date) -> date:
    """Return the day `formulir.simpan_bulan` months before: what is older has had its time."""
    months = hari.year * 12 + hari.month - 1 - survei.formulir.simpan_bulan
    year, month = divmod(months, 12)
    return date(year, month + 1, min(hari.day, calendar.monthrange(year, month + 1)[1]))


def due_answers(conn: Connection, survei_id: str, hari: date) -> tuple[Susut, ...]:
    """Return the stored periods with answers that lie wholly before the limit, in order.

    Raises SkmError `survei-tak-ada`.
    """
    limit = limit_day(surveys.load_survei(conn, survei_id), hari)
    closed = closings.list_closings(conn, survei_id)
    query = select(jawaban.c.periode, func.count()).where(jawaban.c.survei_id == survei_id)
    found = [(parse_period(k), n) for k, n in conn.execute(query.group_by(jawaban.c.periode))]
    return tuple(
        Susut(periode, n, bool(_around(closed, periode)))
        for periode, n in sorted(found)
        if periode.selesai < limit
    )


def reduce_answers(conn: Connection, survei_id: str, hari: date) -> tuple[Susut, ...]:
    """Delete the answers of `due_answers` whose period is closed; return what was deleted.

    The remarks in archives that lie wholly before the limit go with them. Each closing gets a line
    of what went. Raises SkmError `survei-tak-ada`.
    """
    survei = surveys.lock_survei(conn, survei_id)
    gone = tuple(s for s in due_answers(conn, survei_id, hari) if s.ditutup)
    known = closings.list_closings(conn, survei_id)
    for susut in gone:
        _delete_period(conn, survei, survei_id, susut.periode)
        for closing in _around(known, susut.periode):
            note = message(
                "susut-catatan", jumlah=format_number(susut.jawaban), label=susut.periode.label
            )
            closings.record(conn, closing, JenisPeristiwa.DISUSUTKAN, note)
    if _forget_remarks(conn, survei_id, limit_day(survei, hari), known) or gone:
        surveys.bump(conn, survei_id)
    return gone


def _around(known: Sequence[Tutupan], periode: Periode) -> list[Tutupan]:
    return [t for t in known if t.periode.contains(periode)]


def _delete_period(conn: Connection, survei: Survei, survei_id: str, periode: Periode) -> None:
    these = jawaban.c.survei_id == survei_id, jawaban.c.periode == periode.kode
    counts = count_stored(conn, survei, *these)
    keep_counts(conn, survei_id, periode, counts.kept(), *these)
    conn.execute(delete(jawaban).where(*these))


def _forget_remarks(
    conn: Connection, survei_id: str, limit: date, known: Sequence[Tutupan]
) -> bool:
    """Empty the remarks of closings before the limit, also of those reopened since.

    Return whether there were any.
    """
    query = select(tutupan.c.periode).where(
        tutupan.c.survei_id == survei_id, tutupan.c.saran != _NO_REMARKS
    )
    found = {parse_period(kode) for kode in conn.execute(query).scalars()}
    due = [p.kode for p in found if p.selesai < limit and _around(known, p)]
    here = tutupan.c.survei_id == survei_id, tutupan.c.periode.in_(due)
    conn.execute(update(tutupan).where(*here).values(saran=_NO_REMARKS))
    return bool(due)
