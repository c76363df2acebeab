"""Keyed sheets of a sitting: what was keyed last, and putting one right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from skm.jawaban import Kanal
from skm.kiriman import Kiriman, is_submit_id
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text, from_row, place_of_answer, to_row
from skm.store.exclusions import as_marks
from skm.store.model import Lembar
from skm.store.recap import apply_counts, count_stored, subtract_counts
from skm.store.schema import batch, jawaban, resi
from skm.store.submissions import Gates, marks, with_period

_sheets = (
    select(jawaban, resi.c.tanggapan, resi.c.waktu.label("diterima"))
    .join_from(jawaban, batch, batch.c.id == jawaban.c.batch_id)
    .join(resi, (resi.c.survei_id == jawaban.c.survei_id) & (resi.c.id_kirim == jawaban.c.id_kirim))
    .where(batch.c.sesi.is_not(None))
)


def list_sheets(conn: Connection, sesi: str, limit: int = 10) -> tuple[tuple[str, Lembar], ...]:
    """Return the last sheets of a sitting with their survey, newest first."""
    query = _sheets.where(batch.c.sesi == clean_text(sesi)).order_by(jawaban.c.id.desc())
    return tuple((row.survei_id, _from_row(row)) for row in conn.execute(query.limit(limit)))


def find_sheet(conn: Connection, id_kirim: str) -> tuple[str, Lembar]:
    """Return a keyed sheet and its survey. Raises SkmError `lembar-ketikan-tak-ada`."""
    row = _find(conn, id_kirim)
    return row.survei_id, _from_row(row)


def correct_sheet(
    conn: Connection, gates: Gates, id_kirim: str, baru: Kiriman, versi: str | None = None
) -> Lembar:
    """Replace what a keyed sheet holds; it keeps its place, receipt and, if taken out, its reason.

    Time, period, titik and layanan that are None in `baru` stay as they were; `id_kirim` of
    `baru` is not looked at. Raises as `Store.correct_sheet`.
    """
    survei_id = _find(conn, id_kirim).survei_id
    survei = surveys.lock_survei(conn, survei_id)
    old = _find(conn, id_kirim)  # again, now that nobody else can change it
    before, answer = from_row(old), baru.jawaban
    answer = replace(
        answer,
        titik=answer.titik or before.titik,
        layanan=answer.layanan or before.layanan,
        saran=clean_text(answer.saran) if answer.saran else None,
        identitas=answer.identitas or before.identitas,
    )
    if answer.waktu is None and answer.periode is None:
        answer = replace(answer, waktu=before.waktu, periode=before.periode)
    answer = with_period(answer, survei)
    versi = versi or str(old.kuesioner_versi)
    periode = gates.of(conn, survei, versi).check(answer, 1)
    tempat = place_of_answer(answer, periode, versi, old.kanal)
    this = jawaban.c.id == old.id
    subtract_counts(conn, survei_id, count_stored(conn, survei, this))
    row = to_row(answer, tempat, {"kuesioner_versi": versi})
    row |= {"tanda": marks(baru.tanda), "detik": baru.detik}
    conn.execute(update(jawaban).where(this).values(row))
    apply_counts(conn, survei_id, count_stored(conn, survei, this))
    surveys.bump(conn, survei_id)
    return _from_row(_find(conn, id_kirim))


def _find(conn: Connection, id_kirim: str) -> Row[Any]:
    row = None
    if is_submit_id(id_kirim):
        query = _sheets.where(jawaban.c.id_kirim == id_kirim).order_by(jawaban.c.id.desc())
        row = conn.execute(query.limit(1)).one_or_none()
    if row is None:
        raise SkmError("lembar-ketikan-tak-ada", id=id_kirim)
    return row


def _from_row(row: Row[Any]) -> Lembar:
    return Lembar(
        id_kirim=row.id_kirim,
        id=row.id,
        tanggapan=row.tanggapan,
        diterima=row.diterima,
        kuesioner_versi=row.kuesioner_versi,
        kanal=Kanal(row.kanal),
        jawaban=from_row(row),
        tanda=as_marks(row.tanda),
        detik=row.detik,
        dikecualikan=row.dikecualikan,
    )
