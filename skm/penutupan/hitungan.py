"""The counts of a closed period: enough for every figure, and small however many answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from skm.ikm import Tally
from skm.jawaban import KOSONG, Baris
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot
from skm.survei import Kuesioner, Survei

DIMENSI = ("layanan", "titik", "kanal")


class Sebaran(NamedTuple):
    """How often each question of a questionnaire version was answered 1, 2, 3 and 4 at a place."""

    kuesioner: str
    periode: str
    layanan: str
    titik: str
    kanal: str
    responden: int
    jawaban: tuple[tuple[int, int, int, int], ...]


class Skor(NamedTuple):
    """Respondents who answered `terisi` questions, and the sums of s and s², s being one's sum."""

    periode: str
    layanan: str
    titik: str
    kanal: str
    terisi: int
    responden: int
    jumlah: int
    kuadrat: int


class Profil(NamedTuple):
    """How many respondents of a channel gave an option of a profile field; '' is no answer."""

    periode: str
    kanal: str
    bidang: str
    pilihan: str
    jumlah: int


@dataclass(frozen=True, slots=True)
class Hitungan:
    """All counts of a period, in the order of their keys."""

    sebaran: tuple[Sebaran, ...]
    skor: tuple[Skor, ...]
    profil: tuple[Profil, ...]

    @property
    def responden(self) -> int:
        """Return how many answers are counted."""
        return sum(row.responden for row in self.sebaran)


def count_rows(rows: Iterable[Baris]) -> Hitungan:
    """Return the counts of answers."""
    options: Counter[tuple[str, str, str, str]] = Counter()
    alike = Counter(row[:6] for row in _counting(rows, options))
    people: Counter[tuple[str, ...]] = Counter()
    marks: dict[tuple[str, ...], list[list[int]]] = {}
    scores: dict[tuple[str, str, str, str, int], list[int]] = {}
    for (versi, periode, layanan, titik, kanal, nilai), times in alike.items():
        place = (versi, periode, layanan, titik, kanal)
        people[place] += times
        table = marks.setdefault(place, [[0, 0, 0, 0] for _ in nilai])
        for row, mark in zip(table, nilai, strict=True):
            if mark != KOSONG:
                row[int(mark) - 1] += times
        values = [int(mark) for mark in nilai if mark != KOSONG]
        sums = scores.setdefault((periode, layanan, titik, kanal, len(values)), [0, 0, 0])
        total = sum(values)
        for i, amount in enumerate((times, times * total, times * total * total)):
            sums[i] += amount
    return Hitungan(
        sebaran=tuple(
            Sebaran(*_five(place), people[place], tuple((a, b, c, d) for a, b, c, d in table))
            for place, table in sorted(marks.items())
        ),
        skor=tuple(Skor(*key, *_three(sums)) for key, sums in sorted(scores.items())),
        profil=tuple(Profil(*key, n) for key, n in sorted(options.items())),
    )


def _counting(
    rows: Iterable[Baris], options: Counter[tuple[str, str, str, str]]
) -> Iterator[Baris]:
    """Yield the rows, and count their profile options on the way: a million are read once."""
    for row in rows:
        for field, option in row.profil:
            options[row.periode, row.kanal, field, option] += 1
        yield row


def _five(place: tuple[str, ...]) -> tuple[str, str, str, str, str]:
    versi, periode, layanan, titik, kanal = place
    return versi, periode, layanan, titik, kanal


def _three(sums: Sequence[int]) -> tuple[int, int, int]:
    return sums[0], sums[1], sums[2]


def cells_of(
    hitungan: Hitungan, survei: Survei, kuesioner: Mapping[str, Kuesioner], per: Collection[str]
) -> list[Cell]:
    """Return the counts as the rules take them, split by what `per` names."""
    slots = {versi: survei.slots(questions) for versi, questions in kuesioner.items()}
    split = [name in per for name in DIMENSI]
    people: Counter[tuple[str, ...]] = Counter()
    sums: dict[tuple[str, ...], dict[Slot, list[int]]] = {}
    for versi, periode, layanan, titik, kanal, responden, marks in hitungan.sebaran:
        key = (
            periode,
            *(v if s else "" for v, s in zip((layanan, titik, kanal), split, strict=True)),
        )
        people[key] += responden
        held = sums.setdefault(key, {})
        for slot, counts in zip(slots[versi], marks, strict=True):
            row = held.setdefault(slot, [0, 0, 0, 0])
            for i, n in enumerate(counts):
                row[i] += n
    return [
        Cell(
            parse_period(key[0]),
            *_place(key),
            people[key],
            {slot: Tally((a, b, c, d)) for slot, (a, b, c, d) in held.items()},
        )
        for key, held in sorted(sums.items())
    ]


def scores_of(hitungan: Hitungan, per: Collection[str]) -> list[SkorCell]:
    """Return the sums of respondents' scores, split by what `per` names."""
    sums: dict[tuple[tuple[str, ...], int], list[int]] = {}
    for row in hitungan.skor:
        key = (row.periode, *(getattr(row, name) if name in per else "" for name in DIMENSI))
        held = sums.setdefault((key, row.terisi), [0, 0, 0])
        for i, amount in enumerate((row.responden, row.jumlah, row.kuadrat)):
            held[i] += amount
    return [
        SkorCell(parse_period(key[0]), *_place(key), terisi, *_three(held))
        for (key, terisi), held in sorted(sums.items())
    ]


def _place(key: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    return key[1] or None, key[2] or None, key[3] or None


def inside(hitungan: Hitungan, periode: Periode, kanal: str | None = None) -> Hitungan:
    """Return the counts of the periods inside `periode`, of all channels or of one."""
    kept = {kode for kode in _codes(hitungan) if periode.contains(parse_period(kode))}

    def wanted(row: Sebaran | Skor | Profil) -> bool:
        return row.periode in kept and kanal in (None, row.kanal)

    return Hitungan(
        tuple(row for row in hitungan.sebaran if wanted(row)),
        tuple(row for row in hitungan.skor if wanted(row)),
        tuple(row for row in hitungan.profil if wanted(row)),
    )


def _codes(hitungan: Hitungan) -> set[str]:
    return {row.periode for row in hitungan.sebaran}
