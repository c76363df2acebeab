"""What an office adds to its figures: earlier publications, its own paragraphs, its follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from skm.periode import Periode, parse_period
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.report_model import AngkaTerbit, StatusTindak, TindakBaru, TindakLanjut
from skm.store.schema import TANPA, angka_terbit, narasi, tindak_lanjut
from skm.survei import Survei

LOWEST, HIGHEST, PLACES = 25, 100, 2
LONGEST = 20_000
"""Characters of one text."""


def published_figures(conn: Connection, survei_id: str) -> tuple[AngkaTerbit, ...]:
    """Return the figures typed from earlier publications, in order. Raises `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    rows = conn.execute(select(angka_terbit).where(angka_terbit.c.survei_id == survei_id))
    found = (AngkaTerbit(parse_period(r.periode), Decimal(r.ikm), r.sumber) for r in rows)
    return tuple(sorted(found, key=lambda a: a.periode))


def set_published_figure(
    conn: Connection, survei_id: str, periode: Periode, ikm: Decimal | None, sumber: str = ""
) -> None:
    """Keep what was published of a period, and where; None forgets it.

    Raises SkmError `survei-tak-ada`, `angka-terbit-rentang` or `angka-terbit-sumber`.
    """
    surveys.lock_survei(conn, survei_id)
    sumber = _text(sumber)
    here = (angka_terbit.c.survei_id == survei_id) & (angka_terbit.c.periode == periode.kode)
    if ikm is not None:
        exponent = ikm.as_tuple().exponent
        if not LOWEST <= ikm <= HIGHEST or not isinstance(exponent, int) or exponent < -PLACES:
            raise SkmError("angka-terbit-rentang", nilai=str(ikm).replace(".", ","))
        if not sumber:
            raise SkmError("angka-terbit-sumber")
    conn.execute(delete(angka_terbit).where(here))
    if ikm is not None:
        row = {
            "survei_id": survei_id,
            "periode": periode.kode,
            "ikm": str(ikm),
            "sumber": sumber,
            "dicatat": datetime.now(UTC),
        }
        conn.execute(insert(angka_terbit), row)
    surveys.bump_added(conn, survei_id)


def report_texts(conn: Connection, survei_id: str, periode: Periode) -> dict[str, str]:
    """Return the own paragraphs for a report, by part.

    What was written for exactly this period comes first; else the latest that does not end after
    it, and of two that end together that of the longer period. An emptied text counts as none, so
    that an earlier one does not come back.
    Raises SkmError `survei-tak-ada`.
    """
    return {bagian: teks for bagian, (_, teks) in _latest_texts(conn, survei_id, periode).items()}


def report_text_sources(conn: Connection, survei_id: str, periode: Periode) -> dict[str, Periode]:
    """Return the period that each of these paragraphs was written for. Raises `survei-tak-ada`."""
    return {bagian: own for bagian, (own, _) in _latest_texts(conn, survei_id, periode).items()}


def _latest_texts(
    conn: Connection, survei_id: str, periode: Periode
) -> dict[str, tuple[Periode, str]]:
    surveys.data_version(conn, survei_id)
    rows = conn.execute(select(narasi).where(narasi.c.survei_id == survei_id)).all()
    written = [(parse_period(r.periode), r) for r in rows]
    usable = [(p, r) for p, r in written if p.selesai <= periode.selesai]
    usable.sort(key=lambda pair: _nearness(pair[0], periode))
    found = {r.bagian: (p, r.teks) for p, r in usable}
    return {bagian: pair for bagian, pair in found.items() if pair[1]}


def _nearness(own: Periode, wanted: Periode) -> tuple[bool, date, int]:
    return own == wanted, own.selesai, own.jenis.value


def set_report_text(
    conn: Connection, survei_id: str, periode: Periode, bagian: str, teks: str
) -> None:
    """Keep a paragraph of the office's own. Raises SkmError `survei-tak-ada`, `teks-panjang`."""
    surveys.lock_survei(conn, survei_id)
    row = {"survei_id": survei_id, "periode": periode.kode, "bagian": bagian}
    conn.execute(delete(narasi).where(*(narasi.c[name] == value for name, value in row.items())))
    conn.execute(insert(narasi), {**row, "teks": _text(teks), "diubah": datetime.now(UTC)})
    surveys.bump_added(conn, survei_id)


def follow_ups(
    conn: Connection, survei_id: str, periode: Periode | None = None
) -> tuple[TindakLanjut, ...]:
    """Return the follow-up of a period, or of all, in the order it was written down.

    Raises SkmError `survei-tak-ada`.
    """
    surveys.data_version(conn, survei_id)
    query = select(tindak_lanjut).where(tindak_lanjut.c.survei_id == survei_id)
    if periode is not None:
        query = query.where(tindak_lanjut.c.periode == periode.kode)
    return tuple(_from_row(row) for row in conn.execute(query.order_by(tindak_lanjut.c.id)))


def add_follow_up(conn: Connection, survei_id: str, baru: TindakBaru) -> TindakLanjut:
    """Keep a follow-up.

    Raises SkmError `survei-tak-ada`, `tindak-unsur-asing`, `tindak-layanan-asing`, `tindak-kosong`
    or `teks-panjang`.
    """
    (made,) = add_follow_ups(conn, survei_id, (baru,))
    return made


def add_follow_ups(
    conn: Connection, survei_id: str, baru: Sequence[TindakBaru]
) -> tuple[TindakLanjut, ...]:
    """Keep several follow-ups, or none of them. Raises SkmError as `add_follow_up` does."""
    survei = surveys.lock_survei(conn, survei_id)
    statement = insert(tindak_lanjut).returning(tindak_lanjut.c.id)
    made = set()
    for one in baru:
        _check_unsur(survei, one.unsur)
        _check_layanan(survei, one.layanan)
        row = _row(survei_id, one)
        made.add(conn.execute(statement, {**row, "dibuat": row["diubah"]}).scalar_one())
    surveys.bump_added(conn, survei_id)
    return tuple(known for known in follow_ups(conn, survei_id) if known.id in made)


def change_follow_up(
    conn: Connection, survei_id: str, nomor: int, baru: TindakBaru
) -> TindakLanjut:
    """Write a follow-up anew; an unsur or layanan that has left the survey since may stay.

    Raises SkmError as `add_follow_up` does, or `tindak-tak-ada`.
    """
    survei = surveys.lock_survei(conn, survei_id)
    known = find_follow_up(conn, survei_id, nomor).isi
    if baru.unsur != known.unsur:
        _check_unsur(survei, baru.unsur)
    if baru.layanan != known.layanan:
        _check_layanan(survei, baru.layanan)
    row = _row(survei_id, baru)
    conn.execute(update(tindak_lanjut).where(tindak_lanjut.c.id == nomor).values(row))
    surveys.bump_added(conn, survei_id)
    return find_follow_up(conn, survei_id, nomor)


def delete_follow_up(conn: Connection, survei_id: str, nomor: int) -> None:
    """Forget a follow-up that was written by mistake. Raises `survei-tak-ada`, `tindak-tak-ada`."""
    surveys.lock_survei(conn, survei_id)
    find_follow_up(conn, survei_id, nomor)
    conn.execute(delete(tindak_lanjut).where(tindak_lanjut.c.id == nomor))
    surveys.bump_added(conn, survei_id)


def _check_unsur(survei: Survei, kode: str) -> None:
    if kode not in {u.kode for u in survei.unsur}:
        raise SkmError("tindak-unsur-asing", unsur=kode)


def _check_layanan(survei: Survei, kode: str | None) -> None:
    if kode is not None and kode not in survei.layanan_by_kode():
        raise SkmError("tindak-layanan-asing", kode=kode)


def _row(survei_id: str, baru: TindakBaru) -> dict[str, Any]:
    words = ("kegiatan", "waktu", "penanggung_jawab", "realisasi", "bukti", "hambatan")
    texts = {name: _text(getattr(baru, name)) for name in words}
    if not texts["kegiatan"]:
        raise SkmError("tindak-kosong")
    return {
        "survei_id": survei_id,
        "periode": baru.periode.kode,
        "unsur": baru.unsur,
        "layanan": baru.layanan or TANPA,
        "status": baru.status.value,
        "diubah": datetime.now(UTC),
        **texts,
    }


def find_follow_up(conn: Connection, survei_id: str, nomor: int) -> TindakLanjut:
    """Return a follow-up. Raises SkmError `survei-tak-ada`, `tindak-tak-ada`."""
    for known in follow_ups(conn, survei_id):
        if known.id == nomor:
            return known
    raise SkmError("tindak-tak-ada", nomor=nomor)


def _from_row(row: Row[Any]) -> TindakLanjut:
    isi = TindakBaru(
        periode=parse_period(row.periode),
        unsur=row.unsur,
        kegiatan=row.kegiatan,
        waktu=row.waktu,
        penanggung_jawab=row.penanggung_jawab,
        layanan=row.layanan or None,
        status=StatusTindak(row.status),
        realisasi=row.realisasi,
        bukti=row.bukti,
        hambatan=row.hambatan,
    )
    return TindakLanjut(row.id, isi, row.dibuat, row.diubah)


def _text(text: str) -> str:
    text = clean_text(text).strip()
    if len(text) > LONGEST:
        raise SkmError("teks-panjang", panjang=len(text), batas=LONGEST)
    return text
