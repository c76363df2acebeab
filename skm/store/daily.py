"""Answers by day, for the page that shows a survey as it runs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from skm.store import surveys
from skm.store.model import Harian
from skm.store.schema import rekap_hari


def daily_counts(conn: Connection, survei_id: str, dari: date, sampai: date) -> tuple[Harian, ...]:
    """Return the counted answers by day of the office's calendar, both ends included, in order.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    columns = [rekap_hari.c[name] for name in ("hari", "titik", "layanan", "kanal")]
    query = (
        select(*columns, rekap_hari.c.n)
        .where(rekap_hari.c.survei_id == survei_id)
        .where(rekap_hari.c.hari.between(dari.isoformat(), sampai.isoformat()))
    )
    return tuple(
        Harian(date.fromisoformat(hari), titik or None, layanan or None, kanal, n)
        for hari, titik, layanan, kanal, n in sorted(tuple(row) for row in conn.execute(query))
    )
