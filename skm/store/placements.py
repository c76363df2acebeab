"""Tautan: the codes on posters, what each stands for, how often people came, and when last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from skm.jawaban import Kanal
from skm.kiriman import is_code, new_code
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import clean_text
from skm.store.engine import insert_new
from skm.store.model import Tautan, TautanBaru
from skm.store.reduced import latest, load_reduced
from skm.store.schema import HITUNGAN, jawaban, tautan
from skm.survei import Survei

KUNJUNGAN = tuple(name for name in HITUNGAN if name != "dikirim")
"""What `count_visits` counts; stored answers are counted with the answer."""


def add_tautan(conn: Connection, survei_id: str, baru: Sequence[TautanBaru]) -> tuple[Tautan, ...]:
    """Make placements, all or none, and return them in the given order.

    Raises SkmError `survei-tak-ada`, `tautan-titik-asing` or `tautan-layanan-asing`.
    """
    survei = surveys.lock_survei(conn, survei_id, share=True)
    titik, layanan = survei.titik_by_kode(), survei.layanan_by_kode()
    for item in baru:
        if item.titik is not None and item.titik not in titik:
            raise SkmError("tautan-titik-asing", kode=item.titik)
        if item.layanan is not None and item.layanan not in layanan:
            raise SkmError("tautan-layanan-asing", kode=item.layanan)
    now = datetime.now(UTC)
    # A microsecond apart: the time of making is also the order.
    moments = (now + timedelta(microseconds=i) for i in range(len(baru)))
    return tuple(_insert(conn, survei_id, item, at) for item, at in zip(baru, moments, strict=True))


def list_tautan(conn: Connection, survei_id: str) -> tuple[Tautan, ...]:
    """Return a survey's placements in the order they were made. Raises `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    query = select(tautan).where(tautan.c.survei_id == survei_id)
    rows = conn.execute(query.order_by(tautan.c.dibuat, tautan.c.kode))
    return tuple(_from_row(row) for row in rows)


def find_tautan(conn: Connection, kode: str) -> Tautan | None:
    """Return the placement of a code; None for any other text, however odd."""
    if not is_code(kode):
        return None
    row = conn.execute(select(tautan).where(tautan.c.kode == kode)).one_or_none()
    return None if row is None else _from_row(row)


def find_forms(conn: Connection, kode: Collection[str]) -> dict[str, tuple[Tautan, Survei]]:
    """Return the placements of codes with their surveys; those of other texts are absent."""
    codes = sorted({text for text in kode if is_code(text)})
    if not codes:
        return {}
    rows = conn.execute(select(tautan).where(tautan.c.kode.in_(codes)))
    found = [_from_row(row) for row in rows]
    known = {name: surveys.load_survei(conn, name) for name in {item.survei_id for item in found}}
    return {item.kode: (item, known[item.survei_id]) for item in found}


def change_tautan(
    conn: Connection, kode: str, nama: str | None = None, aktif: bool | None = None
) -> Tautan:
    """Rename a placement, close it or open it again. Raises SkmError `tautan-tak-ada`."""
    change: dict[str, Any] = {}
    if nama is not None:
        change["nama"] = clean_text(nama)
    if aktif is not None:
        change["aktif"] = aktif
    if change and is_code(kode):
        conn.execute(update(tautan).where(tautan.c.kode == kode).values(change))
    found = find_tautan(conn, kode)
    if found is None:
        raise SkmError("tautan-tak-ada", kode=kode)
    return found


def count_visits(conn: Connection, deltas: Mapping[tuple[str, str], int]) -> None:
    """Add to the counts by (code, kind); a placement that is gone is passed over.

    Raises ValueError for another kind than "dilihat", "dimulai" and "tertutup".
    """
    wrong = {kind for _, kind in deltas} - set(KUNJUNGAN)
    if wrong:
        raise ValueError(f"not a kind of visit: {sorted(wrong)}")
    # In order, so that two processes that count at once do not wait for each other in a circle.
    for kode, kind in sorted(deltas):
        if is_code(kode):
            change = {kind: tautan.c[kind] + deltas[kode, kind]}
            conn.execute(update(tautan).where(tautan.c.kode == kode).values(change))


def count_sent(conn: Connection, kode: str | None = None, survei_id: str | None = None) -> None:
    """Set `dikirim` and `terakhir` of one placement, or of all of a survey, to its answers.

    Those that were deleted in their time count as well.
    """
    here = jawaban.c.tautan == tautan.c.kode
    stored = select(func.count()).where(here).scalar_subquery()
    last = select(func.max(jawaban.c.waktu)).where(here).scalar_subquery()
    where = tautan.c.kode == kode if survei_id is None else tautan.c.survei_id == survei_id
    conn.execute(update(tautan).where(where).values(dikirim=stored, terakhir=last))
    rows = conn.execute(select(tautan).where(where)).all()
    gone = load_reduced(conn, rows[0].survei_id).tautan if rows else {}
    for row in rows:
        if row.kode in gone:
            n, moment = gone[row.kode]
            change = {"dikirim": row.dikirim + n, "terakhir": latest(row.terakhir, moment)}
            conn.execute(update(tautan).where(tautan.c.kode == row.kode).values(change))


def _insert(conn: Connection, survei_id: str, baru: TautanBaru, dibuat: datetime) -> Tautan:
    row = {
        "survei_id": survei_id,
        "titik": baru.titik,
        "layanan": baru.layanan,
        "kanal": baru.kanal.value,
        "nama": clean_text(baru.nama),
        "aktif": True,
        "dibuat": dibuat,
        **dict.fromkeys(HITUNGAN, 0),
    }
    statement = insert_new(conn.dialect.name, tautan)
    while True:
        kode = new_code()
        if conn.execute(statement, {**row, "kode": kode}).rowcount:
            found = find_tautan(conn, kode)
            assert found is not None  # noqa: S101 - made a line above
            return found


def _from_row(row: Row[Any]) -> Tautan:
    values = dict(row._mapping)
    values.update(kanal=Kanal(row.kanal))
    return Tautan(**values)
