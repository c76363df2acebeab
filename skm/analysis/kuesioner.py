"""How well the questionnaire measures: whether its questions go together, and how it is filled in.

Of the sheets that answered every question: Cronbach's alpha k/(k-1) · (1 - Σ s²_i / s²_total)
(Psychometrika 16, 1951), the standardised alpha k·r̄ / (1 + (k-1)·r̄), alpha without each question,
and each question's correlation with the sum of the others, so that it does not correlate with
itself (Nunnally & Bernstein, Psychometric Theory, 1994, ch. 8). The correlations between questions
are the bivariate analysis of PermenPANRB 14/2017, BAB V.

All follow exactly from whole numbers; only roots are rounded, to thirty digits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import compress, groupby
from operator import attrgetter, mul, sub

from skm.analysis.kepastian import FEWEST, square_root
from skm.jawaban import KOSONG
from skm.rekap import Pola, Slot

Lembar = Mapping[bytes, int]
"""Sheets by their answers in one order of questions, a byte each and 0 for a blank, with how many
are alike.
"""
LEMAH = Fraction(3, 10)
"""A question that goes with the others less than this is looked at (Nunnally & Bernstein)."""
MEMADAI = Fraction(7, 10)
"""From this alpha on the questions are taken as measuring one thing well enough."""
TERLALU_TINGGI = Fraction(95, 100)
"""Above it the questions say the same, or sheets are ticked straight down."""
_MARK = bytes.maketrans(f"{KOSONG}1234".encode(), bytes(range(5)))
_BLANK = bytes(1)


@dataclass(frozen=True, slots=True)
class Butir:
    """One question. Correlation and alpha are None where they cannot be computed.

    `kosong` are the sheets that left it blank; `korelasi` is with the sum of the others (-1 to 1);
    `alpha_tanpa` is the alpha of the others alone.
    """

    slot: Slot
    terisi: int
    kosong: int
    korelasi: Fraction | None
    alpha_tanpa: Fraction | None

    @property
    def persen_kosong(self) -> Fraction:
        """Return the share of sheets that left it blank, in percent."""
        total = self.terisi + self.kosong
        return Fraction(100 * self.kosong, total) if total else Fraction(0)


@dataclass(frozen=True, slots=True)
class MutuKuesioner:
    """The figures of a questionnaire as it was filled in.

    `lembar` are all sheets, `lengkap` those with every question answered, which alpha and
    correlations are of; under thirty of those none is stated. `seragam` are the sheets of
    `dinilai` (two answers or more) whose answers are all alike; `alpha_beragam` leaves them out.
    `korelasi` is by the places of two questions.
    """

    lembar: int
    lengkap: int
    dinilai: int
    seragam: int
    butir: tuple[Butir, ...]
    alpha: Fraction | None
    alpha_baku: Fraction | None
    alpha_beragam: Fraction | None
    korelasi: Mapping[tuple[int, int], Fraction | None]

    @property
    def persen_seragam(self) -> Fraction:
        """Return the share of sheets that are ticked straight down, in percent."""
        return Fraction(100 * self.seragam, self.dinilai) if self.dinilai else Fraction(0)


def arrange(pola: Sequence[Pola]) -> tuple[tuple[Slot, ...], Lembar]:
    """Return the questions in order of unsur and place, and the sheets by their answers to them.

    A question that a sheet's questionnaire did not ask is a blank there.
    """
    asked = _asked(pola)
    slots = tuple(asked)
    # Where each of all questions stands on a sheet of another layout; -1 is the blank at its end.
    places: dict[tuple[Slot, ...], list[int]] = {}
    sheets: dict[bytes, int] = {}
    for layout, nilai, n in pola:
        marks = nilai.encode().translate(_MARK)
        if layout != slots:
            if layout not in places:
                places[layout] = [layout.index(s) if s in layout else -1 for s in slots]
            marks = bytes([(marks + _BLANK)[at] for at in places[layout]])
        sheets[marks] = sheets.get(marks, 0) + n
    return slots, sheets


def whole_sheets(lembar: Lembar) -> Lembar:
    """Return the sheets with every question answered."""
    return {marks: n for marks, n in lembar.items() if 0 not in marks}


def examine_questionnaire(pola: Sequence[Pola]) -> MutuKuesioner:
    """Return the figures of all sheets of a period."""
    slots, sheets = arrange(pola)
    asked = _asked(pola)
    judged = alike = 0
    for marks, n in sheets.items():
        given = marks.replace(_BLANK, b"")
        if len(given) > 1:
            judged += n
            alike += n if _is_alike(given) else 0
    times = list(sheets.values())
    filled = [sum(compress(times, column)) for column in zip(*sheets, strict=True)]
    whole = whole_sheets(sheets)
    sums = Jumlah.of(whole, len(slots))
    moments = sums.moments() if sums.n >= FEWEST else None
    same = {marks: n for marks, n in whole.items() if _is_alike(marks)}
    varied = sums.without(Jumlah.of(same, len(slots)))
    return MutuKuesioner(
        lembar=sum(times),
        lengkap=sums.n,
        dinilai=judged,
        seragam=alike,
        butir=tuple(
            Butir(
                slot,
                filled[at],
                asked[slot] - filled[at],
                moments.with_others(at) if moments else None,
                moments.alpha(without=at) if moments else None,
            )
            for at, slot in enumerate(slots)
        ),
        alpha=moments.alpha() if moments else None,
        alpha_baku=moments.standard_alpha() if moments else None,
        alpha_beragam=varied.moments().alpha() if varied.n >= FEWEST else None,
        korelasi=moments.correlations() if moments else {},
    )


def _asked(pola: Sequence[Pola]) -> Counter[Slot]:
    """Return how many sheets asked each question, in the order of the questions."""
    asked: Counter[Slot] = Counter()
    # Sheets of one layout stand together: it is looked at once.
    for layout, own in groupby(pola, key=attrgetter("slots")):
        n = sum(p.n for p in own)
        for slot in layout:
            asked[slot] += n
    return asked


def _is_alike(marks: bytes) -> bool:
    return marks.count(marks[:1]) == len(marks)


@dataclass(frozen=True, slots=True)
class Jumlah:
    """n complete sheets: the sum of the answers to each question, and of each two's products."""

    n: int
    jumlah: tuple[int, ...]
    hasil_kali: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, lembar: Lembar, k: int) -> Jumlah:
        """Return the sums of complete sheets of k questions."""
        # By whole columns: some ten thousand different sheets are usual.
        columns = list(zip(*lembar, strict=True)) or [()] * k
        weighted = [list(map(mul, column, lembar.values())) for column in columns]
        table = [[0] * k for _ in range(k)]
        for i in range(k):
            for j in range(i, k):
                table[i][j] = table[j][i] = sum(map(mul, weighted[i], columns[j]))
        return cls(sum(lembar.values()), tuple(map(sum, weighted)), tuple(map(tuple, table)))

    def without(self, some: Jumlah) -> Jumlah:
        """Return the sums of these sheets without some of them."""
        return Jumlah(
            self.n - some.n,
            tuple(map(sub, self.jumlah, some.jumlah)),
            tuple(
                tuple(map(sub, row, less))
                for row, less in zip(self.hasil_kali, some.hasil_kali, strict=True)
            ),
        )

    def moments(self) -> Momen:
        """Return the moments of these sheets."""
        sums = list(enumerate(self.jumlah))
        return Momen(
            tuple(
                tuple(self.n * self.hasil_kali[i][j] - one * other for j, other in sums)
                for i, one in sums
            )
        )


@dataclass(frozen=True, slots=True)
class Momen:
    """n times the covariances of the questions, times n: whole numbers, n² · population values.

    Every figure here is a ratio of them, so the divisor n - 1 drops out.
    """

    kov: tuple[tuple[int, ...], ...]

    def alpha(self, without: int | None = None) -> Fraction | None:
        """Return Cronbach's alpha; None for fewer than two questions or a sum that never varies."""
        kept = [at for at in range(len(self.kov)) if at != without]
        total = sum(self.kov[i][j] for i in kept for j in kept)
        k = len(kept)
        if k < 2 or not total:
            return None
        own = sum(self.kov[i][i] for i in kept)
        return Fraction(k, k - 1) * (1 - Fraction(own, total))

    def standard_alpha(self) -> Fraction | None:
        """Return alpha as if all questions varied alike; None where one does not vary."""
        found = list(self.correlations().values())
        known = [r for r in found if r is not None]
        k = len(self.kov)
        if not found or len(known) < len(found):
            return None
        middle = sum(known, Fraction(0)) / len(known)
        below = 1 + (k - 1) * middle
        return k * middle / below if below else None

    def with_others(self, at: int) -> Fraction | None:
        """Return a question's correlation with the sum of the others; None where either is flat."""
        others = [j for j in range(len(self.kov)) if j != at]
        together = sum(self.kov[at][j] for j in others)
        spread = sum(self.kov[i][j] for i in others for j in others)
        return _ratio(together, self.kov[at][at], spread)

    def correlations(self) -> dict[tuple[int, int], Fraction | None]:
        """Return the correlation of every two questions, the earlier one first."""
        k = len(self.kov)
        return {
            (i, j): _ratio(self.kov[i][j], self.kov[i][i], self.kov[j][j])
            for i in range(k)
            for j in range(i + 1, k)
        }


def _ratio(together: int, first: int, second: int) -> Fraction | None:
    if not first or not second:
        return None
    return together / square_root(Fraction(first * second))
