"""Sheets stored together in one transaction: each once, each counted as if it had come alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from skm.jawaban import Jawaban
from skm.kiriman import new_receipt
from skm.pesan import SkmError
from skm.store import batches, remarks, surveys
from skm.store.answers import COLUMNS, place_of_answer, to_values
from skm.store.bulk import insert_new_rows, insert_rows
from skm.store.hot import Hot, stored_time, text_list
from skm.store.model import Resi
from skm.store.recap import RecapCounts, Tempat, apply_counts
from skm.store.schema import jawaban, resi
from skm.store.submissions import Gates, Masuk, Terlihat, marks, with_period
from skm.survei import Survei

Key = tuple[str, str]

_RECEIPT = ("survei_id", "id_kirim", "tanggapan", "waktu")
_SENT = Hot(
    "UPDATE tautan SET dikirim = dikirim + ?,"
    # An answer that waited for its signal may be older than the last one.
    " terakhir = CASE WHEN terakhir IS NULL OR terakhir < ? THEN ? ELSE terakhir END"
    " WHERE kode = ?"
)
# By the sheet's own index alone: those by survey would have a database read all of its answers.
_NUMBERS = Hot("SELECT survei_id, id_kirim, id FROM jawaban WHERE id_kirim {among}")
_PLACES = Hot("SELECT kode, aktif FROM tautan WHERE kode {among}")
_COLUMNS = (*COLUMNS, "id_kirim", "tautan", "tanda", "detik")
_RECEIPTS = select(resi.c.id_kirim, resi.c.tanggapan, resi.c.waktu).where(
    resi.c.survei_id == bindparam("_survei"),
    resi.c.id_kirim.in_(bindparam("_id", expanding=True)),
)


class StaleError(Exception):
    """What a sheet was judged by has changed: it is to be judged again."""


class RefusedError(Exception):
    """Some sheets cannot be stored; `faults` has why, by their number. Nothing must be kept."""

    def __init__(self, faults: Mapping[int, Exception]) -> None:
        super().__init__(len(faults))
        self.faults = dict(faults)


class _Ready(NamedTuple):
    """A new sheet that fits: what is stored of it, and where it counts."""

    masuk: Masuk
    answer: Jawaban
    versi: str
    tempat: Tempat


def store_together(conn: Connection, gates: Gates, sent: Sequence[Masuk]) -> list[Resi]:
    """Store sheets and return their receipts, in order; one that is sent again keeps its first.

    Two of a group with the same `id_kirim`: the first counts. Locks are taken in the order
    receipts, surveys, batches, placements, recaps, codes of remarks, each by key: groups of other
    processes wait, and never in a circle. Raises RefusedError, after which the transaction must
    not be committed.
    """
    first: dict[Key, int] = {}
    for number, masuk in enumerate(sent):
        first.setdefault(masuk.key, number)
    # Drawn anew each time: by its code a receipt is told from one that was here before.
    made = {key: Resi(new_receipt(), True, sent[n].waktu) for key, n in first.items()}
    known = _insert_receipts(conn, made)
    new = {number: sent[number] for key, number in first.items() if key not in known}
    codes: dict[Key, str | None] = {}
    if new:
        codes |= _store_new(conn, gates, new)
    codes |= {key: remarks.code_of(conn, *key) for key in known}
    receipts = {
        key: replace(receipt, kode_saran=codes.get(key)) for key, receipt in (made | known).items()
    }
    return [
        receipts[masuk.key]
        if first[masuk.key] == number
        else replace(receipts[masuk.key], baru=False)
        for number, masuk in enumerate(sent)
    ]


def store_one(conn: Connection, gates: Gates, masuk: Masuk) -> Resi:
    """Store one sheet and return its receipt. Raises what is wrong with it."""
    try:
        return store_together(conn, gates, [masuk])[0]
    except RefusedError as refused:
        raise refused.faults[0] from None


def _insert_receipts(conn: Connection, made: Mapping[Key, Resi]) -> dict[Key, Resi]:
    """Write the receipts of what was not stored before; return those of what was.

    First of all: the same sheet on another connection waits here until this one is decided.
    """
    rows = [(*key, r.tanggapan, stored_time(conn, r.waktu)) for key, r in sorted(made.items())]
    if insert_new_rows(conn, resi, _RECEIPT, rows) == len(rows):
        return {}
    known: dict[Key, Resi] = {}
    for survei_id in sorted({name for name, _ in made}):
        ours = {kode: r.tanggapan for (name, kode), r in made.items() if name == survei_id}
        found = conn.execute(_RECEIPTS, {"_survei": survei_id, "_id": list(ours)})
        known |= {
            (survei_id, kode): Resi(tanggapan, False, waktu)
            for kode, tanggapan, waktu in found
            if tanggapan != ours[kode]
        }
    return known


def _store_new(conn: Connection, gates: Gates, new: Mapping[int, Masuk]) -> dict[Key, str]:
    """Store sheets whose receipts have just been written; return the codes of their remarks.

    Raises RefusedError.
    """
    faults: dict[int, Exception] = {}
    survei = _load_surveys(conn, new.values())
    places = _load_places(conn, new.values())
    ready: list[_Ready] = []
    for number, masuk in new.items():
        try:
            ready.append(_check(conn, gates, masuk, survei, places))
        except (SkmError, StaleError) as error:
            faults[number] = error
    if faults:
        raise RefusedError(faults)
    batch_of = _take_batches(conn, ready)
    rows = [_row(conn, item, batch_of[item.masuk.asal.batch]) for item in ready]
    insert_rows(conn, jawaban, _COLUMNS, rows)
    _count_sent(conn, ready)
    counts = {name: RecapCounts(known) for name, known in survei.items()}
    for item in ready:
        answer = item.answer
        survei_id = item.masuk.asal.survei_id
        counts[survei_id].add(item.tempat, answer.nilai, answer.profil, answer.waktu)
    for name, counted in counts.items():
        apply_counts(conn, name, counted)
    return _give_codes(conn, ready)


def _give_codes(conn: Connection, ready: Iterable[_Ready]) -> dict[Key, str]:
    """Give those who wrote a remark on the form the code by which they read its reply."""
    came = {
        masuk.key: masuk.waktu
        for masuk, answer, _, _ in ready
        if masuk.asal.tautan is not None and answer.saran and answer.saran.strip()
    }
    if not came:
        return {}
    found = _NUMBERS.rows(conn, (text_list(conn, sorted(kode for _, kode in came)),))
    written = {(survei_id, kode): number for survei_id, kode, number in found}
    return remarks.give_codes(conn, {key: (written[key], came[key]) for key in sorted(came)})


def _load_surveys(conn: Connection, sent: Iterable[Masuk]) -> dict[str, Survei]:
    """Return the surveys that there are, in order, held until the transaction ends."""
    found = {}
    for name in sorted({masuk.asal.survei_id for masuk in sent}):
        survei = surveys.bump_and_find(conn, name)
        if survei is not None:
            found[name] = survei
    return found


def _load_places(conn: Connection, sent: Iterable[Masuk]) -> dict[str, bool]:
    """Return whether each placement that there is takes new visitors."""
    kode = sorted({masuk.asal.tautan for masuk in sent if masuk.asal.tautan is not None})
    if not kode:
        return {}
    return {name: bool(aktif) for name, aktif in _PLACES.rows(conn, (text_list(conn, kode),))}


def _check(
    conn: Connection,
    gates: Gates,
    masuk: Masuk,
    found: Mapping[str, Survei],
    places: Mapping[str, bool],
) -> _Ready:
    """Return a sheet as it is stored. Raises SkmError for one that does not fit, StaleError."""
    asal, survei = masuk.asal, found.get(masuk.asal.survei_id)
    if masuk.terlihat and _has_changed(masuk.terlihat, survei, places.get(asal.tautan or "")):
        raise StaleError
    if survei is None:
        raise SkmError("survei-tak-ada", id=asal.survei_id)
    versi = masuk.versi or survei.kuesioner.versi
    answer = with_period(masuk.kiriman.jawaban, survei)
    periode = gates.of(conn, survei, versi).check(answer, 1)
    if asal.tautan is not None and asal.tautan not in places:
        raise SkmError("tautan-tak-ada", kode=asal.tautan)
    return _Ready(masuk, answer, versi, place_of_answer(answer, periode, versi, asal.kanal.value))


def _has_changed(seen: Terlihat, survei: Survei | None, aktif: bool | None) -> bool:
    if seen.aktif is not aktif:
        return True
    # By identity first: an unchanged survey comes out of a cache as the same object.
    return seen.survei is not survei and seen.survei != survei


def _take_batches(conn: Connection, ready: Sequence[_Ready]) -> dict[str, str]:
    """Count the sheets into their standing batches; return the id of each by its base."""
    counts = Counter(item.masuk.asal.batch for item in ready)
    rows: dict[str, dict[str, Any]] = {}
    for masuk, _, versi, _ in ready:
        asal = masuk.asal
        rows.setdefault(
            asal.batch,
            {
                "survei_id": asal.survei_id,
                "kuesioner_versi": versi,
                "kanal": asal.kanal.value,
                "tautan": asal.tautan,
                "sesi": asal.sesi,
                "waktu": masuk.waktu,
            },
        )
    return batches.take_all(conn, counts, rows)


def _row(conn: Connection, item: _Ready, batch_id: str) -> tuple[object, ...]:
    masuk, answer, _, tempat = item
    waktu = None if answer.waktu is None else stored_time(conn, answer.waktu)
    values = to_values(answer, tempat, batch_id, masuk.asal.survei_id, waktu)
    sheet = masuk.kiriman
    return (*values, sheet.id_kirim, masuk.asal.tautan, marks(sheet.tanda), sheet.detik)


def _count_sent(conn: Connection, ready: Sequence[_Ready]) -> None:
    sent: dict[str, list[datetime]] = {}
    for item in ready:
        if item.masuk.asal.tautan is not None and item.answer.waktu is not None:
            sent.setdefault(item.masuk.asal.tautan, []).append(item.answer.waktu)
    rows = []
    for kode, moments in sorted(sent.items()):
        last = stored_time(conn, max(moments))
        rows.append((len(moments), last, last, kode))
    if rows:
        _SENT.run_many(conn, rows)
