"""From a checked file to stored answers: what is already there, what to decide, take, undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from skm.intake import Berkas, Opsi, Pemeriksaan, Pemetaan, check, propose, read_file
from skm.jawaban import Jawaban, Kanal
from skm.periode import Periode
from skm.pesan import SkmError
from skm.store import Batch, BatchBaru, StatusBatch, Store, sheet_key
from skm.survei import Survei

__all__ = [
    "Kembar",
    "Keputusan",
    "Rencana",
    "closed_periods",
    "inspect",
    "propose",
    "read",
    "take",
]

Kemajuan = Callable[[int, int], None]


class Keputusan(StrEnum):
    """What the operator decides about rows that may have been taken before."""

    AMBIL = "ambil"
    LEWATI = "lewati"


@dataclass(frozen=True, slots=True)
class Kembar:
    """A row without number or time that equals stored ones: the same sheet, or another alike.

    `tersimpan` is how many stored answers equal it.
    """

    baris: int
    jawaban: Jawaban
    tersimpan: int


@dataclass(frozen=True, slots=True)
class Rencana:
    """A checked file beside what the store holds, before anything is written.

    `baru` are new rows, `dikenal` counts rows that are surely stored already (their time shows it,
    or an earlier upload of this very sheet), `kembar` are those that the operator has to decide.
    `sama` is the batch of this very sheet where nothing new is left in it; `sidik` is its key.
    """

    survei_id: str
    berkas: Berkas
    pemetaan: Pemetaan
    pemeriksaan: Pemeriksaan
    baru: tuple[Jawaban, ...]
    dikenal: int
    kembar: tuple[Kembar, ...]
    sama: Batch | None
    sidik: str


def read(nama: str, isi: bytes) -> Berkas:
    """Return the sheets of an uploaded file. Raises SkmError (`skm.intake.read_file`)."""
    return read_file(nama, isi)


def inspect(
    store: Store,
    survei: Survei,
    berkas: Berkas,
    pemetaan: Pemetaan,
    opsi: Opsi,
    kemajuan: Kemajuan | None = None,
) -> Rencana:
    """Return the checked file with what the store already holds of it; writes nothing."""
    checked = check(berkas, pemetaan, survei, opsi, kemajuan)
    key = sheet_key(berkas.sha256, pemetaan.lembar)
    earlier = [b for b in store.list_batches(survei.id) if _is_of(b, key)]
    new, known, twins = _recognise(store, survei.id, checked, bool(earlier))
    return Rencana(
        survei_id=survei.id,
        berkas=berkas,
        pemetaan=pemetaan,
        pemeriksaan=checked,
        baru=new,
        dikenal=known,
        kembar=twins,
        sama=earlier[0] if earlier and not new else None,
        # Rows that were rejected at first come in as a further batch of the same sheet.
        sidik=f"{key}/{len(earlier) + 1}" if earlier else key,
    )


def _is_of(batch: Batch, key: str) -> bool:
    active = batch.status is StatusBatch.AKTIF
    return active and (batch.sha256 == key or batch.sha256.startswith(f"{key}/"))


def _recognise(
    store: Store, survei_id: str, checked: Pemeriksaan, seen: bool
) -> tuple[tuple[Jawaban, ...], int, tuple[Kembar, ...]]:
    """Split the accepted rows into new, known and undecided ones.

    Equal rows within one file are different respondents; only as many of them as the store holds
    can be the same sheets. Where this very sheet was `seen` before, they are.
    """
    prints = [a.sidik for a in checked.diterima]
    stored = store.count_known(survei_id, set(prints))
    if not stored:
        return checked.diterima, 0, ()
    left = dict(stored)
    new: list[Jawaban] = []
    twins: list[Kembar] = []
    known = 0
    rows = zip(checked.nomor_baris, checked.diterima, prints, strict=True)
    for baris, answer, sidik in rows:
        if left.get(sidik, 0) <= 0:
            new.append(answer)
            continue
        left[sidik] -= 1
        if seen or answer.identitas is not None:
            known += 1
        else:
            twins.append(Kembar(baris, answer, stored[sidik]))
    return tuple(new), known, tuple(twins)


def closed_periods(store: Store, rencana: Rencana) -> tuple[Periode, ...]:
    """Return the closed periods that new rows fall into: there they are an addendum only."""
    new = {answer.periode for answer in rencana.baru}
    new |= {twin.jawaban.periode for twin in rencana.kembar}
    closed = (t.periode for t in store.closings(rencana.survei_id))
    return tuple(c for c in closed if any(p is not None and c.contains(p) for p in new))


def take(
    store: Store,
    rencana: Rencana,
    kembar: Keputusan | str | None = None,
    kemajuan: Callable[[int], None] | None = None,
    kanal: Kanal = Kanal.UNGGAH,
) -> Batch:
    """Store the rows of a plan in one transaction and return the batch.

    Raises SkmError `berkas-sudah-diunggah`, `kembar-belum-diputuskan`, `tidak-ada-yang-baru`.
    """
    if rencana.sama is not None:
        raise SkmError("berkas-sudah-diunggah", batch=rencana.sama.id)
    if rencana.kembar and kembar is None:
        raise SkmError("kembar-belum-diputuskan", jumlah=len(rencana.kembar))
    answers = list(rencana.baru)
    if kembar is not None and Keputusan(kembar) is Keputusan.AMBIL:
        answers += [k.jawaban for k in rencana.kembar]
    if not answers:
        raise SkmError("tidak-ada-yang-baru")
    batch = BatchBaru(
        kanal=kanal,
        nama_berkas=rencana.berkas.nama,
        sha256=rencana.sidik,
        ditolak=len(rencana.pemeriksaan.baris_ditolak),
    )
    return store.add_batch(rencana.survei_id, batch, answers, kemajuan)
