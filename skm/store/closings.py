"""Closing, publishing, withdrawing and reopening periods, each with a line that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from skm.periode import Periode, parse_period
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.report_model import JenisPeristiwa, Peristiwa, Tutupan, TutupanBaru
from skm.store.schema import peristiwa, susutan, tutupan

_LIGHT = tuple(tutupan.c[name] for name in Tutupan.__slots__)
_IN_FORCE = tutupan.c.dibuka.is_(None)


def list_closings(conn: Connection, survei_id: str) -> tuple[Tutupan, ...]:
    """Return the closings in force, in the order of their periods. Raises `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    rows = conn.execute(select(*_LIGHT).where(tutupan.c.survei_id == survei_id, _IN_FORCE))
    return tuple(sorted((_from_row(row) for row in rows), key=lambda t: t.periode))


def closing_file(conn: Connection, survei_id: str, sha256: str, nama: str) -> bytes:
    """Return the compressed `isi`, `jawaban` or `saran` of a closing.

    Raises SkmError `periode-tak-ditutup` where there is no such closing any more.
    """
    query = select(tutupan.c[nama]).where(
        tutupan.c.survei_id == survei_id, tutupan.c.sha256 == sha256
    )
    found: bytes | None = conn.execute(query.limit(1)).scalar_one_or_none()
    if found is None:
        raise SkmError("periode-tak-ditutup", label=sha256[:16])
    return found


def close_period(conn: Connection, survei_id: str, baru: TutupanBaru) -> Tutupan:
    """Keep a period as it is in `baru`.

    Raises SkmError `survei-tak-ada`, `periode-sudah-ditutup`, `penutupan-ikut` where a longer
    period around it is closed, or `penutupan-berubah` where a period inside was closed or
    reopened meanwhile.
    """
    surveys.lock_survei(conn, survei_id)
    known = list_closings(conn, survei_id)
    if any(t.periode == baru.periode for t in known):
        raise SkmError("periode-sudah-ditutup", label=baru.periode.label)
    for other in known:
        if other.periode.contains(baru.periode):
            raise SkmError("penutupan-ikut", label=baru.periode.label, luar=other.periode.label)
    if baru.dasar != basis(known, baru.periode):
        raise SkmError("penutupan-berubah", label=baru.periode.label)
    here = (tutupan.c.survei_id == survei_id) & (tutupan.c.periode == baru.periode.kode)
    before = conn.execute(select(func.max(tutupan.c.ke)).where(here)).scalar() or 0
    row = {
        "survei_id": survei_id,
        "periode": baru.periode.kode,
        "ke": before + 1,
        "batas": baru.batas,
        "sha256": baru.sha256,
        "isi": baru.isi,
        "jawaban": baru.jawaban,
        "saran": baru.saran,
        "ditutup": datetime.now(UTC),
    }
    conn.execute(insert(tutupan), row)
    return _record(conn, survei_id, baru.periode, JenisPeristiwa.DITUTUP)


def publish_period(conn: Connection, survei_id: str, periode: Periode) -> Tutupan:
    """Make a closed period public; one that is public already stays as it is.

    Raises SkmError `survei-tak-ada` or `periode-tak-ditutup`.
    """
    surveys.lock_survei(conn, survei_id)
    known = _find(conn, survei_id, periode)
    if known.diterbitkan is not None:
        return known
    conn.execute(update(tutupan).where(*_this(known)).values(diterbitkan=datetime.now(UTC)))
    return _record(conn, survei_id, periode, JenisPeristiwa.DITERBITKAN)


def withdraw_period(conn: Connection, survei_id: str, periode: Periode, alasan: str) -> Tutupan:
    """Take a period off the public page; its figures stay frozen.

    Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `periode-tak-terbit` or
    `alasan-penutupan-kosong`.
    """
    alasan = _reason(alasan)
    surveys.lock_survei(conn, survei_id)
    known = _find(conn, survei_id, periode)
    if known.diterbitkan is None:
        raise SkmError("periode-tak-terbit", label=periode.label)
    conn.execute(update(tutupan).where(*_this(known)).values(diterbitkan=None))
    return _record(conn, survei_id, periode, JenisPeristiwa.DITARIK, alasan)


def reopen_period(conn: Connection, survei_id: str, periode: Periode, alasan: str) -> None:
    """Let answers move a period's figures again; a public one is withdrawn by it.

    Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `alasan-penutupan-kosong`,
    `periode-di-dalam-tutupan` while a closed longer period holds it, or `periode-disusutkan`
    where answers are gone, so that it could not be closed again.
    """
    alasan = _reason(alasan)
    surveys.lock_survei(conn, survei_id)
    known = _find(conn, survei_id, periode)
    for other in list_closings(conn, survei_id):
        if other.periode != periode and other.periode.contains(periode):
            raise SkmError(
                "periode-di-dalam-tutupan", label=periode.label, luar=other.periode.label
            )
    gone = select(susutan.c.periode).where(susutan.c.survei_id == survei_id)
    if any(periode.contains(parse_period(kode)) for kode in conn.execute(gone).scalars()):
        raise SkmError("periode-disusutkan", label=periode.label)
    if known.diterbitkan is not None:
        known = withdraw_period(conn, survei_id, periode, alasan)
    change = {"dibuka": datetime.now(UTC)}
    conn.execute(update(tutupan).where(*_this(known)).values(change))
    record(conn, known, JenisPeristiwa.DIBUKA, alasan)
    surveys.bump(conn, survei_id)


def events(
    conn: Connection, survei_id: str, periode: Periode | None = None
) -> tuple[Peristiwa, ...]:
    """Return what happened to a period, or to all, in order. Raises `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    query = select(peristiwa).where(peristiwa.c.survei_id == survei_id).order_by(peristiwa.c.id)
    if periode is not None:
        query = query.where(peristiwa.c.periode == periode.kode)
    return tuple(
        Peristiwa(
            parse_period(row.periode),
            row.waktu,
            JenisPeristiwa(row.jenis),
            row.sha256,
            row.keterangan,
        )
        for row in conn.execute(query)
    )


def basis(known: Sequence[Tutupan], periode: Periode) -> frozenset[str]:
    """Return the hashes of the closings inside a period, whose answers its closing takes over."""
    return frozenset(t.sha256 for t in known if periode.contains(t.periode))


def _find(conn: Connection, survei_id: str, periode: Periode) -> Tutupan:
    for known in list_closings(conn, survei_id):
        if known.periode == periode:
            return known
    raise SkmError("periode-tak-ditutup", label=periode.label)


def _this(known: Tutupan) -> tuple[ColumnElement[bool], ...]:
    return (
        tutupan.c.survei_id == known.survei_id,
        tutupan.c.periode == known.periode.kode,
        tutupan.c.ke == known.ke,
    )


def _record(
    conn: Connection, survei_id: str, periode: Periode, jenis: JenisPeristiwa, alasan: str = ""
) -> Tutupan:
    """Write the event, count up the data version, and return the closing as it now is."""
    known = _find(conn, survei_id, periode)
    record(conn, known, jenis, alasan)
    surveys.bump(conn, survei_id)
    return known


def record(conn: Connection, known: Tutupan, jenis: JenisPeristiwa, alasan: str) -> None:
    """Write a line that stays: what happened to a closing, and why."""
    row = {
        "survei_id": known.survei_id,
        "periode": known.periode.kode,
        "waktu": datetime.now(UTC),
        "jenis": jenis.value,
        "sha256": known.sha256,
        "keterangan": alasan,
    }
    conn.execute(insert(peristiwa), row)


def _reason(alasan: str) -> str:
    alasan = clean_text(alasan).strip()
    if not alasan:
        raise SkmError("alasan-penutupan-kosong")
    return alasan


def _from_row(row: Row[Any]) -> Tutupan:
    return Tutupan(**{**row._mapping, "periode": parse_period(row.periode)})
