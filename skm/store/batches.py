"""Batches: answers come in together, and go out together."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import count, islice
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from skm.akun import Pelaku
from skm.jawaban import Jawaban, Kanal
from skm.pesan import SkmError
from skm.store import placements, surveys
from skm.store.answers import COLUMNS
from skm.store.bulk import insert_rows
from skm.store.engine import insert_new
from skm.store.hot import Hot, text_list
from skm.store.model import Batch, BatchBaru, StatusBatch
from skm.store.recap import apply_counts, count_stored, subtract_counts
from skm.store.reduced import load_reduced
from skm.store.schema import batch, jawaban, resi
from skm.store.uploaded import UploadedRows

_CHUNK = 2_000
_AKTIF = StatusBatch.AKTIF.value
_EMPTY = {"nama_berkas": "", "sha256": "", "diterima": 0, "ditolak": 0, "status": _AKTIF}
_TAKE = Hot("UPDATE batch SET diterima = diterima + ? WHERE id = ? AND status = 'aktif'")
_STANDING = Hot("SELECT id FROM batch WHERE id {among} AND status = 'aktif'")
_IN = 5_000
"""How many values one IN list takes; both databases allow more, none gains by it."""


def add_batch(
    conn: Connection,
    survei_id: str,
    baru: BatchBaru,
    answers: Iterable[Jawaban],
    kemajuan: Callable[[int], None] | None = None,
) -> Batch:
    """Store answers and their counts; `kemajuan` hears how many are in after each chunk.

    Raises SkmError `survei-tak-ada`, `kuesioner-tak-ada`, `berkas-sudah-diunggah` for a file that
    an active batch holds already, or what `Gate.check` raises.
    """
    survei = surveys.lock_survei(conn, survei_id, share=True)
    versi = baru.kuesioner_versi or survei.kuesioner.versi
    kuesioner = surveys.questionnaires(conn, survei_id).get(versi)
    if kuesioner is None:
        raise SkmError("kuesioner-tak-ada", versi=versi, survei=survei_id)
    made = _insert(conn, survei_id, versi, baru)
    uploaded, stored = UploadedRows(conn, survei, kuesioner, made), 0
    for chunk in _chunks(answers):
        rows = list(map(uploaded.row, chunk, count(stored + 1)))
        insert_rows(conn, jawaban, COLUMNS, rows)
        stored += len(rows)
        if kemajuan:
            kemajuan(stored)
    conn.execute(update(batch).where(batch.c.id == made.id).values(diterima=stored))
    # Last, because others who add to this survey wait from here on.
    surveys.bump_added(conn, survei_id)
    apply_counts(conn, survei_id, uploaded.counts())
    return get_batch(conn, made.id)


def undo_batch(conn: Connection, batch_id: str) -> Batch:
    """Delete a batch's answers and counts; its row stays, as "batal".

    Keyed sheets may be keyed again. A web answer keeps its receipt: a phone that sends it once
    more is thanked, and what the operator took out does not come back by itself.

    Raises SkmError `batch-tak-ada`, `batch-sudah-batal`, or `batch-disusutkan` where some of its
    answers were deleted in their time and can no longer be told apart.
    """
    survei_id = get_batch(conn, batch_id).survei_id
    survei = surveys.lock_survei(conn, survei_id)
    undone = get_batch(conn, batch_id)
    if undone.status is StatusBatch.BATAL:
        raise SkmError("batch-sudah-batal", id=batch_id)
    if batch_id in load_reduced(conn, survei_id).batch:
        raise SkmError("batch-disusutkan", id=batch_id)
    of_batch = jawaban.c.batch_id == batch_id
    subtract_counts(conn, survei_id, count_stored(conn, survei, of_batch))
    _forget_receipts(conn, undone)
    conn.execute(delete(jawaban).where(of_batch))
    if undone.tautan is not None:
        placements.count_sent(conn, undone.tautan)
    change = {"status": StatusBatch.BATAL.value, "dibatalkan": datetime.now(UTC)}
    conn.execute(update(batch).where(batch.c.id == batch_id).values(change))
    surveys.bump(conn, survei_id)
    return get_batch(conn, batch_id)


def need_places(conn: Connection, pelaku: Pelaku, batch_id: str) -> None:
    """Raise SkmError `di-luar-batas` where answers of a batch are not of one's places."""
    place = select(jawaban.c.survei_id, jawaban.c.titik, jawaban.c.layanan)
    for row in conn.execute(place.where(jawaban.c.batch_id == batch_id).distinct()):
        pelaku.need_place(row.survei_id, row.titik or None, row.layanan or None)


def get_batch(conn: Connection, batch_id: str) -> Batch:
    """Return a batch. Raises SkmError `batch-tak-ada`."""
    row = conn.execute(select(batch).where(batch.c.id == batch_id)).one_or_none()
    if row is None:
        raise SkmError("batch-tak-ada", id=batch_id)
    return _from_row(row)


def list_batches(conn: Connection, survei_id: str) -> tuple[Batch, ...]:
    """Return a survey's batches, newest first, also the undone ones."""
    query = select(batch).where(batch.c.survei_id == survei_id)
    rows = conn.execute(query.order_by(batch.c.waktu.desc(), batch.c.id))
    return tuple(_from_row(row) for row in rows)


def sheet_key(sha256: str, lembar: str) -> str:
    """Return what tells one sheet of one file from all others: its content and its name."""
    return f"{sha256}/{lembar}"


def has_file(conn: Connection, survei_id: str, sha256: str) -> bool:
    """Return whether an active batch was made from some sheet of the file with this SHA-256."""
    query = (
        select(batch.c.id)
        .where(batch.c.survei_id == survei_id, batch.c.sha256.startswith(sheet_key(sha256, "")))
        .where(batch.c.status == _AKTIF)
    )
    return conn.execute(query.limit(1)).first() is not None


def find_batch(conn: Connection, survei_id: str, sha256: str) -> Batch | None:
    """Return the active batch that was made from a sheet with this key."""
    if not sha256:
        return None
    query = (
        select(batch)
        .where(batch.c.survei_id == survei_id, batch.c.sha256 == sha256)
        .where(batch.c.status == _AKTIF)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def count_known(conn: Connection, survei_id: str, sidik: Collection[str]) -> dict[str, int]:
    """Return how many stored answers have each of the fingerprints; those with none are absent."""
    known: dict[str, int] = {}
    if (
        conn.execute(select(jawaban.c.id).where(jawaban.c.survei_id == survei_id).limit(1)).first()
        is None
    ):
        return known  # the first file of a survey
    unique = list(dict.fromkeys(sidik))
    for start in range(0, len(unique), _IN):
        query = (
            select(jawaban.c.sidik, func.count())
            .where(jawaban.c.survei_id == survei_id)
            .where(jawaban.c.sidik.in_(unique[start : start + _IN]))
            .group_by(jawaban.c.sidik)
        )
        known.update((s, n) for s, n in conn.execute(query))
    return known


def take_all(
    conn: Connection, counts: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Count answers into standing batches, made where they are missing; return their ids by base.

    `counts` has the answers and `rows` the columns of a new batch, both by the batch's base. The
    id is the base; after an undo "-2", "-3". The caller holds the surveys' rows.
    """
    bases = sorted(counts)
    standing = {batch_id for (batch_id,) in _STANDING.rows(conn, (text_list(conn, bases),))}
    known = [(counts[base], base) for base in bases if base in standing]
    if known:
        _TAKE.run_many(conn, known)
    return {
        base: base if base in standing else _take_into(conn, base, counts[base], rows[base])
        for base in bases
    }


def _take_into(conn: Connection, base: str, n: int, row: Mapping[str, Any]) -> str:
    make = insert_new(conn.dialect.name, batch)
    for number in count(1):
        batch_id = base if number == 1 else f"{base}-{number}"
        if _TAKE.run(conn, (n, batch_id)):
            break
        if conn.execute(make, {**_EMPTY, "diterima": n, **row, "id": batch_id}).rowcount:
            break
    return batch_id


def _forget_receipts(conn: Connection, undone: Batch) -> None:
    """Free the `id_kirim` of keyed sheets."""
    if undone.sesi is None:
        return
    keyed = select(jawaban.c.id_kirim).where(jawaban.c.batch_id == undone.id)
    here = resi.c.survei_id == undone.survei_id
    conn.execute(delete(resi).where(here, resi.c.id_kirim.in_(keyed)))


def _chunks(answers: Iterable[Jawaban]) -> Iterator[list[Jawaban]]:
    remaining = iter(answers)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def _insert(conn: Connection, survei_id: str, versi: str, baru: BatchBaru) -> Batch:
    now = datetime.now(UTC)
    row = {
        **_EMPTY,
        "survei_id": survei_id,
        "kuesioner_versi": versi,
        "nama_berkas": baru.nama_berkas,
        "sha256": baru.sha256,
        "kanal": baru.kanal.value,
        "waktu": now,
        "ditolak": baru.ditolak,
    }
    statement = insert_new(conn.dialect.name, batch)
    while True:
        # Waits for whoever stores the same file now, where a look beforehand would miss it.
        batch_id = _new_id(now)
        if conn.execute(statement, {**row, "id": batch_id}).rowcount:
            return get_batch(conn, batch_id)
        same = find_batch(conn, survei_id, baru.sha256)
        if same is not None:
            raise SkmError("berkas-sudah-diunggah", batch=same.id)


def _new_id(now: datetime) -> str:
    """Return an id that a person can read out on the phone: B-20241231-7F3A2C."""
    return f"B-{now:%Y%m%d}-{secrets.token_hex(3).upper()}"


def _from_row(row: Row[Any]) -> Batch:
    values = dict(row._mapping)
    values.update(kanal=Kanal(row.kanal), status=StatusBatch(row.status))
    return Batch(**values)
