"""Answers by day, for the page that shows a survey as it runs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import BigInteger, Connection, cast, func, select

from skm.store import surveys
from skm.store.model import Harian
from skm.store.schema import rekap_hari

DIMENSI = ("titik", "layanan", "kanal")
"""In the order of the recap's key."""


def daily_counts(
    conn: Connection, survei_id: str, dari: date, sampai: date, per: Collection[str]
) -> tuple[Harian, ...]:
    """Return the counted answers by day of the office's calendar, both ends included, in order.

    `per` names what they are split by besides. Raises SkmError `survei-tak-ada`, ValueError for
    another name.
    """
    unknown = set(per) - {*DIMENSI}
    if unknown:
        raise ValueError(f"not a dimension: {sorted(unknown)}")
    surveys.data_version(conn, survei_id)
    names = [name for name in DIMENSI if name in per]
    by = [rekap_hari.c.hari, *(rekap_hari.c[name] for name in names)]
    # Added up by the database: a quarter of 14 layanan and 72 titik is some 90,000 rows.
    query = (
        select(*by, cast(func.sum(rekap_hari.c.n), BigInteger))
        .where(rekap_hari.c.survei_id == survei_id)
        .where(rekap_hari.c.hari.between(dari.isoformat(), sampai.isoformat()))
        .group_by(*by)
    )
    rows = sorted(tuple(row) for row in conn.execute(query))
    return tuple(_harian(hari, dict(zip(names, place, strict=True)), n) for hari, *place, n in rows)


def _harian(hari: str, place: dict[str, str], n: int) -> Harian:
    titik, layanan, kanal = (place.get(name) or None for name in DIMENSI)
    return Harian(date.fromisoformat(hari), titik, layanan, kanal, n)
