"""Counts by period, layanan, titik and channel: what a file or the store hands to the rules.

A `Cell` is one combination with its tallies; sums over cells are all that the IKM needs, so its
cost does not grow with the number of answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from skm.ikm import Tally, UnsurTally
from skm.jawaban import KOSONG, Jawaban
from skm.periode import Periode

K = TypeVar("K")


class Slot(NamedTuple):
    """A question's place: the `ke`-th question (from 0) of the unsur `kode`.

    Questions of two questionnaire versions that hold the same place are pooled. A tuple, because
    it is the key of every tally and hashed for each.
    """

    kode: str
    ke: int = 0


class Tallies(Mapping[Slot, Tally]):
    """Tallies as the store counts them; each is made when it is asked for.

    A triwulan of 14 layanan and 72 titik has 9,072 of them, and few are looked at one by one.
    `letak` says which question is the how many-th, `hitungan` holds the sums of the marks of all,
    then how many answered each, how many answered 1, and how many 2.
    """

    __slots__ = ("_hitungan", "_letak")

    def __init__(self, letak: Mapping[Slot, int], hitungan: Sequence[int]) -> None:
        self._letak = letak
        self._hitungan = hitungan

    def __getitem__(self, slot: Slot) -> Tally:
        total, n, n1, n2 = self._hitungan[self._letak[slot] :: len(self._hitungan) // 4]
        n4 = total - 3 * n + 2 * n1 + n2  # of total = n1 + 2 n2 + 3 n3 + 4 n4
        return Tally((n1, n2, n - n1 - n2 - n4, n4))

    def __iter__(self) -> Iterator[Slot]:
        return iter(self._letak)

    def __len__(self) -> int:
        return len(self._letak)

    def __repr__(self) -> str:
        return repr(dict(self))


class Cell(NamedTuple):
    """One combination's respondents and tallies. A key that was not asked for is None.

    `periode` is a triwulan where the day is known, else the period that the operator gave. A
    tuple, because the store makes thousands at once.
    """

    periode: Periode | None
    layanan: str | None
    titik: str | None
    kanal: str | None
    responden: int
    tallies: Mapping[Slot, Tally]


Group = tuple[str, ...]
"""Codes of period, layanan, titik and channel; "" for one that is not known or not asked for."""


@dataclass(frozen=True, slots=True)
class TabelNrr:
    """The exact NRR of many combinations at once, as whole numbers.

    `baris` has of each its respondents, then of every question in `slots` the sum of its marks,
    then how many answered each: the NRR is the quotient of the two.
    """

    slots: tuple[Slot, ...]
    baris: Mapping[Group, tuple[int, ...]]

    def nrr(self, group: Group) -> dict[Slot, Fraction]:
        """Return the NRR of each question that somebody of the group answered. Raises KeyError."""
        _, *sums = self.baris[group]
        width = len(self.slots)
        return {
            slot: Fraction(total, n)
            for slot, total, n in zip(self.slots, sums[:width], sums[width:], strict=True)
            if n
        }


@dataclass(frozen=True, slots=True)
class SkorCell:
    """Respondents who answered `terisi` questions: the sums of s and s², s being one's own sum.

    s / terisi is a respondent's mean score (1-4), so the mean and the variance of the scores of
    any group follow exactly. A key that was not asked for is None.
    """

    periode: Periode
    layanan: str | None
    titik: str | None
    kanal: str | None
    terisi: int
    responden: int
    jumlah: int
    kuadrat: int


class Pola(NamedTuple):
    """`n` sheets that answered alike: one mark a question, "1" to "4" or blank, in `slots`' order.

    Equal sheets are counted together, so what is computed from them does not grow with the answers.
    A tuple, because some ten thousand are made at once.
    """

    slots: tuple[Slot, ...]
    nilai: str
    n: int


@dataclass(frozen=True, slots=True)
class SkorKelas:
    """As `SkorCell`, of those who gave one option of a profile field; "" is no answer.

    An age stands under its class. `JAM` as the field is the time of day that they answered at.
    """

    bidang: str
    pilihan: str
    terisi: int
    responden: int
    jumlah: int
    kuadrat: int


JAM = ":jam"
"""The field of `SkorKelas` for the time of day: no profile field's code begins with a colon."""


@dataclass(frozen=True, slots=True)
class UnsurSpec:
    """An unsur of the survey, in its order, and how many questions it has."""

    kode: str
    nama: str
    pertanyaan: int = 1


def pool(cells: Iterable[Cell], unsur: Sequence[UnsurSpec]) -> tuple[list[UnsurTally], int]:
    """Return the summed tallies per unsur, in the survey's order, and the respondents.

    An earlier questionnaire may have asked more questions of an unsur: those stay in.
    """
    sums: dict[Slot, Tally] = {}
    respondents = 0
    for cell in cells:
        respondents += cell.responden
        for slot, tally in cell.tallies.items():
            before = sums.get(slot)  # most groups are one cell
            sums[slot] = tally if before is None else before + tally
    asked: Counter[str] = Counter()
    for slot in sums:
        asked[slot.kode] = max(asked[slot.kode], slot.ke + 1)
    rows = [
        UnsurTally(
            u.kode,
            u.nama,
            tuple(
                sums.get(Slot(u.kode, i), Tally()) for i in range(max(u.pertanyaan, asked[u.kode]))
            ),
        )
        for u in unsur
    ]
    return rows, respondents


def table_of(cells: Iterable[Cell]) -> TabelNrr:
    """Return the exact NRR of each question in each cell."""
    known = list(cells)
    slots = tuple(dict.fromkeys(slot for cell in known for slot in cell.tallies))
    found: dict[Group, tuple[int, ...]] = {}
    for cell in known:
        tallies = [cell.tallies.get(slot, Tally()) for slot in slots]
        periode = cell.periode.kode if cell.periode else ""
        group = (periode, cell.layanan or "", cell.titik or "", cell.kanal or "")
        found[group] = (
            cell.responden,
            *(tally.total for tally in tallies),
            *(tally.n for tally in tallies),
        )
    return TabelNrr(slots, found)


def group_cells(cells: Iterable[Cell], key: Callable[[Cell], K]) -> dict[K, list[Cell]]:
    """Return the cells by key, in the order of first appearance."""
    groups: dict[K, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(key(cell), []).append(cell)
    return groups


def tally_answers(
    answers: Iterable[Jawaban], slots: Sequence[Slot], kanal: str | None = None
) -> list[Cell]:
    """Return the cells of answer sheets of one questionnaire version.

    `slots` are the unsur places of its questions. Equal rows are counted before they are split
    into questions: a file has far fewer different rows than rows.
    """
    rows = Counter((a.periode, a.layanan, a.titik, a.nilai) for a in answers)
    counts: dict[tuple[Periode | None, str | None, str | None], list[list[int]]] = {}
    respondents: Counter[tuple[Periode | None, str | None, str | None]] = Counter()
    for (periode, layanan, titik, nilai), times in rows.items():
        key = (periode, layanan, titik)
        respondents[key] += times
        table = counts.setdefault(key, [[0, 0, 0, 0] for _ in slots])
        for row, mark in zip(table, nilai, strict=True):
            if mark != KOSONG:
                row[int(mark) - 1] += times
    return [
        Cell(
            *key,
            kanal=kanal,
            responden=respondents[key],
            tallies={
                slot: Tally((row[0], row[1], row[2], row[3]))
                for slot, row in zip(slots, table, strict=True)
            },
        )
        for key, table in counts.items()
    ]
