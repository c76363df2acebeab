"""Batches: answers come in together, and go out together."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from skm.jawaban import Jawaban, Kanal
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.answers import Gate, place_of_answer, to_row
from skm.store.engine import insert_for
from skm.store.model import Batch, BatchBaru, StatusBatch
from skm.store.recap import RecapCounts, apply_counts, count_stored, subtract_counts
from skm.store.schema import batch, jawaban

_CHUNK = 2_000
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
    shared = {
        "survei_id": survei_id,
        "kuesioner_versi": versi,
        "batch_id": made.id,
        "kanal": baru.kanal.value,
    }
    gate, counts, stored = Gate(survei, kuesioner), RecapCounts(survei), 0
    for chunk in _chunks(answers):
        rows = []
        for ke, answer in enumerate(chunk, start=stored + 1):
            periode = gate.check(answer, ke)
            tempat = place_of_answer(answer, periode, versi, baru.kanal.value)
            counts.add(tempat, answer.nilai, dict(answer.profil))
            rows.append(to_row(answer, tempat, shared))
        conn.execute(insert(jawaban), rows)
        stored += len(rows)
        if kemajuan:
            kemajuan(stored)
    conn.execute(update(batch).where(batch.c.id == made.id).values(diterima=stored))
    # Last, because others who add to this survey wait from here on.
    surveys.bump(conn, survei_id)
    apply_counts(conn, survei_id, counts)
    return get_batch(conn, made.id)


def undo_batch(conn: Connection, batch_id: str) -> Batch:
    """Delete a batch's answers and counts; its row stays, as "batal".

    Raises SkmError `batch-tak-ada` or `batch-sudah-batal`.
    """
    survei_id = get_batch(conn, batch_id).survei_id
    survei = surveys.lock_survei(conn, survei_id)
    if get_batch(conn, batch_id).status is StatusBatch.BATAL:
        raise SkmError("batch-sudah-batal", id=batch_id)
    of_batch = jawaban.c.batch_id == batch_id
    subtract_counts(conn, survei_id, count_stored(conn, survei, of_batch))
    conn.execute(delete(jawaban).where(of_batch))
    change = {"status": StatusBatch.BATAL.value, "dibatalkan": datetime.now(UTC)}
    conn.execute(update(batch).where(batch.c.id == batch_id).values(change))
    surveys.bump(conn, survei_id)
    return get_batch(conn, batch_id)


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


def find_batch(conn: Connection, survei_id: str, sha256: str) -> Batch | None:
    """Return the active batch that was made from a file with this SHA-256."""
    if not sha256:
        return None
    query = (
        select(batch)
        .where(batch.c.survei_id == survei_id, batch.c.sha256 == sha256)
        .where(batch.c.status == StatusBatch.AKTIF.value)
    )
    row = conn.execute(query).one_or_none()
    return None if row is None else _from_row(row)


def count_known(conn: Connection, survei_id: str, sidik: Collection[str]) -> dict[str, int]:
    """Return how many stored answers have each of the fingerprints; those with none are absent."""
    known: dict[str, int] = {}
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


def _chunks(answers: Iterable[Jawaban]) -> Iterator[list[Jawaban]]:
    remaining = iter(answers)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk


def _insert(conn: Connection, survei_id: str, versi: str, baru: BatchBaru) -> Batch:
    now = datetime.now(UTC)
    row = {
        "survei_id": survei_id,
        "kuesioner_versi": versi,
        "nama_berkas": baru.nama_berkas,
        "sha256": baru.sha256,
        "kanal": baru.kanal.value,
        "waktu": now,
        "diterima": 0,
        "ditolak": baru.ditolak,
        "status": StatusBatch.AKTIF.value,
    }
    statement = insert_for(conn, batch).on_conflict_do_nothing()
    statement = statement.execution_options(preserve_rowcount=True)
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
