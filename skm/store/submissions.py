"""One answer at a time: from the web form, or keyed from paper. Stored once, however often sent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, or_, select, update

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, is_submit_id, new_receipt
from skm.periode import Jenis, period_at
from skm.pesan import SkmError
from skm.store import batches, remarks, surveys
from skm.store.answers import Gate, clean_text, place_of_answer, to_row
from skm.store.engine import insert_new
from skm.store.model import Resi, Tautan
from skm.store.recap import RecapCounts, apply_counts
from skm.store.schema import jawaban, resi, tautan
from skm.survei import Survei

_WAKTU = bindparam("_waktu", type_=tautan.c.terakhir.type)
_LATER = or_(tautan.c.terakhir.is_(None), tautan.c.terakhir < _WAKTU)
_SENT = (
    update(tautan)
    .where(tautan.c.kode == bindparam("_kode"))
    # An answer that waited for its signal may be older than the last one.
    .values(dikirim=tautan.c.dikirim + 1, terakhir=case((_LATER, _WAKTU), else_=tautan.c.terakhir))
)
_INSERT = insert(jawaban).returning(jawaban.c.id)


class Gates:
    """The checks of the questionnaires in force, kept while their survey is the same one."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Survei, Gate]] = {}

    def of(self, conn: Connection, survei: Survei, versi: str) -> Gate:
        """Return the check of a version. Raises SkmError `kuesioner-tak-ada`."""
        if versi != survei.kuesioner.versi:  # a page that was opened before the survey changed
            older = surveys.questionnaires(conn, survei.id).get(versi)
            if older is None:
                raise SkmError("kuesioner-tak-ada", versi=versi, survei=survei.id)
            return Gate(survei, older)
        known = self._known.get(survei.id)
        # By identity: an unchanged survey comes out of a cache as the same object.
        if known is None or known[0] is not survei:
            known = self._known[survei.id] = (survei, Gate(survei, survei.kuesioner))
        return known[1]


@dataclass(frozen=True, slots=True)
class Asal:
    """Where a sheet comes from: its standing batch, and what belongs to every row of it."""

    survei_id: str
    batch: str
    kanal: Kanal
    tautan: str | None = None
    sesi: str | None = None


def submit(
    conn: Connection, gates: Gates, di: Tautan, kiriman: Kiriman, versi: str | None = None
) -> Resi:
    """Store an answer sent at a placement, which fixes its titik and layanan where it has them.

    An answer without a time gets that of its arrival. A closed placement takes it all the same:
    whoever opened the page before may finish. Raises as `Store.submit`.
    """
    now = datetime.now(UTC)
    answer = replace(
        kiriman.jawaban,
        waktu=kiriman.jawaban.waktu or now,
        titik=di.titik or kiriman.jawaban.titik,
        layanan=di.layanan or kiriman.jawaban.layanan,
    )
    asal = Asal(di.survei_id, f"F-{di.kode}-{now:%Y%m%d}", di.kanal, tautan=di.kode)
    return _store(conn, gates, asal, replace(kiriman, jawaban=answer), versi, now)


def add_sheet(
    conn: Connection,
    gates: Gates,
    survei_id: str,
    kiriman: Kiriman,
    sesi: str,
    kanal: Kanal,
    versi: str | None,
) -> Resi:
    """Store a keyed sheet in the batch of its sitting. Raises as `Store.add_sheet`."""
    now, sesi = datetime.now(UTC), clean_text(sesi)
    name = "\x1f".join((survei_id, kanal.value, sesi)).encode()
    batch = f"P-{hashlib.blake2b(name, digest_size=6).hexdigest().upper()}"
    return _store(conn, gates, Asal(survei_id, batch, kanal, sesi=sesi), kiriman, versi, now)


def with_period(answer: Jawaban, survei: Survei) -> Jawaban:
    """Return an answer with the triwulan of its time, unless it names a period."""
    if answer.periode is not None or answer.waktu is None:
        return answer
    return replace(answer, periode=period_at(answer.waktu, Jenis.TRIWULAN, survei.zona))


def marks(kiriman: Kiriman) -> dict[str, Any]:
    """Return the columns of what was noticed while a sheet was filled in."""
    return {"tanda": ",".join(sorted(kiriman.tanda)), "detik": kiriman.detik}


def _store(
    conn: Connection,
    gates: Gates,
    asal: Asal,
    kiriman: Kiriman,
    versi: str | None,
    now: datetime,
) -> Resi:
    kode, survei_id = kiriman.id_kirim, asal.survei_id
    if not is_submit_id(kode):
        raise SkmError("kiriman-id", id=kode)
    # First of all: the same sheet on another connection waits here until this one is decided.
    receipt = Resi(new_receipt(), True, now)
    if not _receipt_is_new(conn, survei_id, kode, receipt):
        first = find_receipt(conn, survei_id, kode)
        return replace(first, kode_saran=remarks.code_of(conn, survei_id, kode))
    survei = surveys.bump_and_load(conn, survei_id)
    versi = versi or survei.kuesioner.versi
    answer = with_period(_cleaned(kiriman.jawaban), survei)
    periode = gates.of(conn, survei, versi).check(answer, 1)
    tempat = place_of_answer(answer, periode, versi, asal.kanal.value)
    shared = {"survei_id": survei_id, "kuesioner_versi": versi, "kanal": asal.kanal.value}
    source = {"tautan": asal.tautan, "sesi": asal.sesi, "waktu": now}
    batch_id = batches.take_into(conn, asal.batch, {**shared, **source})
    row = to_row(answer, tempat, {**shared, "batch_id": batch_id})
    own = {"id_kirim": kode, "tautan": asal.tautan, **marks(kiriman)}
    nomor = conn.execute(_INSERT, {**row, **own}).scalar_one()
    if asal.tautan is not None and answer.saran and answer.saran.strip():
        receipt = replace(receipt, kode_saran=remarks.give_code(conn, survei_id, kode, nomor, now))
    if asal.tautan is not None:
        sent = {"_kode": asal.tautan, "_waktu": answer.waktu}
        if not conn.execute(_SENT, sent).rowcount:
            raise SkmError("tautan-tak-ada", kode=asal.tautan)
    counts = RecapCounts(survei)
    counts.add(tempat, answer.nilai, answer.profil, answer.waktu)
    apply_counts(conn, survei_id, counts)
    return receipt


def find_receipt(conn: Connection, survei_id: str, kode: str) -> Resi:
    """Return the receipt that an `id_kirim` got when it was stored."""
    query = select(resi.c.tanggapan, resi.c.waktu)
    row = conn.execute(query.where(resi.c.survei_id == survei_id, resi.c.id_kirim == kode)).one()
    return Resi(row.tanggapan, False, row.waktu)


def _receipt_is_new(conn: Connection, survei_id: str, kode: str, receipt: Resi) -> bool:
    row = {
        "survei_id": survei_id,
        "id_kirim": kode,
        "tanggapan": receipt.tanggapan,
        "waktu": receipt.waktu,
    }
    return conn.execute(insert_new(conn.dialect.name, resi), row).rowcount > 0


def _cleaned(answer: Jawaban) -> Jawaban:
    """Return the answer with a remark that can be stored: it came from anybody."""
    return replace(answer, saran=clean_text(answer.saran)) if answer.saran else answer
