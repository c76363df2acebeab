"""Keying paper sheets: each is stored once, sittings are counted up, sheets are keyed twice.

What a sitting holds is read from the store, never taken from the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction

from skm.formulir.flags import find_flags
from skm.jawaban import KOSONG, Jawaban
from skm.kiriman import Kiriman, Tanda
from skm.periode import Jenis, Periode, period_of
from skm.pesan import SkmError
from skm.store import Lembar, Resi, Store
from skm.store.double_entry import EntriGanda
from skm.survei import Survei

SHOWN = 10
"""So many of the last sheets are listed, ready to be put right."""
SETIAP = (20, 10, 5)
"""Of so many sheets in a row one is keyed twice: 5 %, 10 % or 20 %."""

_EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Ketikan:
    """A keyed sheet: its number in the sitting, and the questionnaire version on the paper."""

    kiriman: Kiriman
    sesi: str
    versi: str
    nomor: int


@dataclass(frozen=True, slots=True)
class Hitung:
    """The batch totals that a clerk compares with a sheet made by hand, question by question."""

    lembar: int
    terisi: tuple[int, ...]
    jumlah: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tersimpan:
    """A stored sheet with its receipt and the totals of its sitting after it."""

    resi: Resi
    lembar: Lembar | None
    hitung: Hitung


@dataclass(frozen=True, slots=True)
class Kedua:
    """A sheet keyed the second time. `layanan` counts only where it is keyed sheet by sheet."""

    id_kirim: str
    nilai: str
    layanan: str | None = None
    profil: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Beda:
    """A field that was keyed differently the second time; "" is a blank."""

    id_kirim: str
    isian: str
    pertama: str
    kedua: str


@dataclass(frozen=True, slots=True)
class Banding:
    """Sheets keyed twice: how many answers, how many of them differ, and the other fields.

    A blank is an answer here: it was keyed too.
    """

    lembar: int
    jawaban: int
    jawaban_beda: int
    data: int
    data_beda: int
    beda: tuple[Beda, ...]

    @property
    def isian(self) -> int:
        """Return how many fields were compared: answers and those about the respondent."""
        return self.jawaban + self.data

    @property
    def berbeda(self) -> int:
        """Return how many of all fields differ."""
        return self.jawaban_beda + self.data_beda

    @property
    def tingkat(self) -> Fraction | None:
        """Return the error rate per answer: differences / answers keyed twice."""
        return Fraction(self.jawaban_beda, self.jawaban) if self.jawaban else None

    @property
    def tingkat_data(self) -> Fraction | None:
        """Return the error rate of the fields about the respondent."""
        return Fraction(self.data_beda, self.data) if self.data else None


def save_sheet(store: Store, survei: Survei, ketikan: Ketikan) -> Tersimpan:
    """Store a sheet once, however often it is sent, and return its receipt with the totals.

    Raises SkmError `entri-nomor-terpakai`, or what `Store.add_sheet` raises.
    """
    before = sitting(store, survei.id, ketikan.sesi)
    kiriman = _prepare(survei, ketikan, before)
    resi = store.add_sheet(
        survei.id,
        kiriman.jawaban.titik,
        kiriman.jawaban.layanan,
        kiriman,
        sesi=_key(survei.id, ketikan.sesi),
        versi=ketikan.versi,
    )
    added = sitting(store, survei.id, ketikan.sesi, SHOWN) if resi.baru else ()
    by_id = {item.id_kirim: item for item in (*before, *added)}
    totals = count_up(by_id.values(), len(kiriman.jawaban.nilai))
    return Tersimpan(resi, by_id.get(kiriman.id_kirim), totals)


def correct_sheet(store: Store, survei: Survei, ketikan: Ketikan) -> Tersimpan:
    """Replace what a sheet of the sitting holds. A layanan or titik can be changed, not removed.

    Raises SkmError `lembar-ketikan-tak-ada`, `entri-nomor-terpakai`, or what the store raises.
    """
    by_id = {item.id_kirim: item for item in sitting(store, survei.id, ketikan.sesi)}
    code = ketikan.kiriman.id_kirim
    if code not in by_id:
        raise SkmError("lembar-ketikan-tak-ada", id=code)
    kiriman = _prepare(survei, ketikan, by_id.values())
    stored = by_id[code] = store.correct_sheet(code, kiriman, ketikan.versi)
    totals = count_up(by_id.values(), len(kiriman.jawaban.nilai))
    return Tersimpan(Resi(stored.tanggapan, False, stored.diterima), stored, totals)


def sitting(
    store: Store, survei_id: str, sesi: str, limit: int = _EVERYTHING
) -> tuple[Lembar, ...]:
    """Return the stored sheets of a sitting, newest first."""
    return store.list_sheets(_key(survei_id, sesi), limit)


def batch_of(store: Store, survei_id: str, sesi: str) -> str | None:
    """Return the active batch of a sitting, by which the whole of it can be undone."""
    key = _key(survei_id, sesi)
    found = (b for b in store.list_batches(survei_id) if b.sesi == key and b.dibatalkan is None)
    return next((b.id for b in found), None)


def count_up(sheets: Iterable[Lembar], questions: int) -> Hitung:
    """Return the totals of sheets: how many, and per question how many answers and their sum."""
    filled, sums, number = [0] * questions, [0] * questions, 0
    for item in sheets:
        number += 1
        for at, mark in enumerate(item.jawaban.nilai[:questions]):
            if mark != KOSONG:
                filled[at] += 1
                sums[at] += int(mark)
    return Hitung(number, tuple(filled), tuple(sums))


def choose_second(sesi: str, ids: Sequence[str], setiap: int) -> tuple[str, ...]:
    """Return which sheets of a sitting are keyed twice, of their ids in the order keyed.

    Of every `setiap` sheets in a row it is one, at a place that only the sitting's random id
    decides: nobody can know it while keying. A sitting with any sheets has at least one.
    """
    places = [
        start + _draw(f"{sesi}:{start // setiap}", setiap) for start in range(0, len(ids), setiap)
    ]
    chosen = tuple(ids[at] for at in places if at < len(ids))
    return chosen or tuple(ids[_draw(sesi, len(ids))] for _ in ids[:1])


def compare(
    pertama: Mapping[str, Jawaban],
    kedua: Iterable[Kedua],
    pertanyaan: Sequence[str],
    bidang: Sequence[str],
    *,
    layanan: bool,
) -> Banding:
    """Compare sheets keyed twice, answer by answer; a sheet that is not in `pertama` is left out.

    `pertanyaan` and `bidang` are the codes of the questions and of the profile fields; `layanan`
    says whether it was keyed sheet by sheet.
    """
    sheets, differing, differing_data = 0, [], []
    for second in kedua:
        first = pertama.get(second.id_kirim)
        if first is None or len(first.nilai) != len(pertanyaan):
            continue
        sheets += 1
        code = second.id_kirim
        for kode, a, b in zip(pertanyaan, first.nilai, second.nilai, strict=True):
            if a != b:
                differing.append(Beda(code, kode, _shown(a), _shown(b)))
        one, two = dict(first.profil), dict(second.profil)
        pairs = [(kode, one.get(kode, ""), two.get(kode, "")) for kode in bidang]
        if layanan:
            pairs.append(("layanan", first.layanan or "", second.layanan or ""))
        differing_data += [Beda(code, kode, a, b) for kode, a, b in pairs if a != b]
    return Banding(
        lembar=sheets,
        jawaban=sheets * len(pertanyaan),
        jawaban_beda=len(differing),
        data=sheets * (len(bidang) + layanan),
        data_beda=len(differing_data),
        beda=tuple(differing + differing_data),
    )


def keep_result(store: Store, survei_id: str, sesi: str, banding: Banding) -> EntriGanda | None:
    """Keep the result of a sitting's double entry, and return what is kept of the sitting.

    A comparison that found no sheets is no result: an earlier one stays.
    """
    if banding.lembar:
        store.save_double_entry(
            survei_id, _key(survei_id, sesi), banding.lembar, banding.isian, banding.berbeda
        )
    return kept_result(store, survei_id, sesi)


def kept_result(store: Store, survei_id: str, sesi: str) -> EntriGanda | None:
    """Return the last result of a sitting's double entry; None where there is none."""
    key = _key(survei_id, sesi)
    return next((item for item in store.double_entries(survei_id) if item.sesi == key), None)


def open_periods(survei: Survei, today: date) -> tuple[Periode, ...]:
    """Return the periods that sheets may belong to, newest first: the last two years, and those
    that the survey assesses as a whole.
    """
    quarter, found = period_of(today, Jenis.TRIWULAN), []
    for _ in range(8):
        found.append(quarter)
        quarter = quarter.previous
    whole = sorted((p for p in survei.dinilai_langsung if p.mulai <= today), reverse=True)
    return (*found, *(p for p in whole if p not in found))


def _prepare(survei: Survei, ketikan: Ketikan, others: Iterable[Lembar]) -> Kiriman:
    """Return the sheet with its number and its marks; a number is used once in a sitting."""
    kiriman, nomor = ketikan.kiriman, str(ketikan.nomor)
    for item in others:
        if item.jawaban.identitas == nomor and item.id_kirim != kiriman.id_kirim:
            raise SkmError("entri-nomor-terpakai", nomor=nomor)
    # When a sheet is keyed says nothing about when the respondent answered.
    marks = find_flags(survei, kiriman.jawaban.nilai, None, datetime.now(UTC)) & {Tanda.LURUS}
    answer = replace(kiriman.jawaban, identitas=nomor)
    return replace(kiriman, jawaban=answer, tanda=marks)


def _key(survei_id: str, sesi: str) -> str:
    """Return what the store calls a sitting: nobody reads another survey's sheets by its id."""
    return f"{survei_id}:{sesi}"


def _draw(seed: str, below: int) -> int:
    digest = hashlib.blake2b(seed.encode(), digest_size=8).digest()
    return int.from_bytes(digest) % below


def _shown(mark: str) -> str:
    return "" if mark == KOSONG else mark
