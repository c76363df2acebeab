"""Whether the IKM of several periods really rises or falls: a test, not a line by eye.

Where every period's standard error is known: weighted least squares, weights 1/SE². The slope's
error is √(1 / Σ w (t - t̄)²), widened by √(Q / (k - 2)) where the periods scatter more around the
line than their standard errors allow (Birge, Phys. Rev. 40, 1932), and held against Student's t
with k - 2 degrees of freedom (Knapp & Hartung, Statistics in Medicine 22, 2003). With few periods
only a clear trend passes: real ups and downs of an office are no trend.

Where some are published figures without a standard error: Mann-Kendall's S with its exact
distribution (Mann, Econometrica 13, 1945; Kendall, Rank Correlation Methods). It takes each figure
as it stands and asks only how many pairs go up; four periods can never pass at 5 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import atan, comb, cos, pi, sin, sqrt

from skm.analysis.holm import ALPHA
from skm.analysis.kepastian import square_root
from skm.analysis.kepastian_unsur import Arah
from skm.periode import Periode

PALING_SEDIKIT = 3
"""Periods that a line with known standard errors needs: two always lie on one."""
TANPA_GALAT = 5
"""Periods that Mann-Kendall needs to be able to pass: 2 / 5! = 0,017, but 2 / 4! = 0,083."""
SETAHUN = 12


class Uji(StrEnum):
    """The test that was used."""

    GARIS = "garis"
    """Weighted least squares on the known standard errors."""
    PERINGKAT = "peringkat"
    """Mann-Kendall."""


@dataclass(frozen=True, slots=True)
class TitikWaktu:
    """A period's IKM and its standard error in points; None where that is not known."""

    periode: Periode
    ikm: Decimal
    galat: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Tren:
    """What a test says of the periods: `p` is two-sided (0-1).

    `kemiringan` is the change in points a year; Mann-Kendall has none.
    """

    uji: Uji
    periode: tuple[Periode, ...]
    p: Fraction
    naik: bool
    kemiringan: Fraction | None = None

    @property
    def arah(self) -> Arah:
        """Return the verdict at 5 %."""
        if self.p > ALPHA:
            return Arah.BELUM
        return Arah.NAIK if self.naik else Arah.TURUN


def find_trend(titik: Sequence[TitikWaktu]) -> Tren | None:
    """Return what can be said of the periods in order; None where they are too few for any test."""
    ordered = sorted(titik, key=lambda t: t.periode.mulai)
    known = [(t, t.galat) for t in ordered if t.galat]
    if len(known) == len(ordered) >= PALING_SEDIKIT:
        return weighted_line(ordered)
    return rank_trend(ordered) if len(ordered) >= TANPA_GALAT else None


def weighted_line(titik: Sequence[TitikWaktu]) -> Tren:
    """Return the weighted line's verdict. Raises ValueError for fewer than three known periods."""
    rows = [(middle(t.periode), Fraction(t.ikm), 1 / t.galat**2) for t in titik if t.galat]
    if len(rows) < PALING_SEDIKIT:
        raise ValueError(len(rows))
    weight = _total(w for *_, w in rows)
    time = _total(w * x for x, _, w in rows) / weight
    level = _total(w * y for _, y, w in rows) / weight
    spread = _total(w * (x - time) ** 2 for x, _, w in rows)
    slope = _total(w * (x - time) * (y - level) for x, y, w in rows) / spread
    left = _total(w * (y - level - slope * (x - time)) ** 2 for x, y, w in rows)
    freedom = len(rows) - 2
    error = square_root(max(Fraction(1), left / freedom) / spread)
    return Tren(
        uji=Uji.GARIS,
        periode=tuple(t.periode for t in titik if t.galat),
        p=student_p(slope / error, freedom),
        naik=slope > 0,
        kemiringan=slope * SETAHUN,
    )


def _total(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def middle(periode: Periode) -> Fraction:
    """Return the middle of a period in months, counted from the year 0."""
    first = periode.mulai.year * SETAHUN + periode.mulai.month - 1
    last = periode.selesai.year * SETAHUN + periode.selesai.month
    return Fraction(first + last, 2)


def student_p(t: Fraction, derajat: int) -> Fraction:
    """Return the two-sided p-value (0-1) of Student's t with `derajat` >= 1 degrees of freedom.

    The finite series for whole degrees (Abramowitz & Stegun, 26.7.3 and 26.7.4).
    """
    if derajat < 1:
        raise ValueError(derajat)
    angle = atan(float(abs(t)) / sqrt(derajat))
    if derajat % 2:
        term, inside = cos(angle), 0.0
        for step in range(1, (derajat - 1) // 2 + 1):
            inside += term
            term *= cos(angle) ** 2 * (2 * step) / (2 * step + 1)
        held = 2 / pi * (angle + sin(angle) * inside)
    else:
        term, inside = 1.0, 0.0
        for step in range(1, derajat // 2 + 1):
            inside += term
            term *= cos(angle) ** 2 * (2 * step - 1) / (2 * step)
        held = sin(angle) * inside
    return Fraction(max(0.0, 1 - held))


def rank_trend(titik: Sequence[TitikWaktu]) -> Tren:
    """Return Mann-Kendall's verdict; equal figures count neither up nor down."""
    values = [t.ikm for t in titik]
    score = kendall_score(values)
    return Tren(
        Uji.PERINGKAT, tuple(t.periode for t in titik), kendall_p(values, score), naik=score > 0
    )


def kendall_score(nilai: Sequence[Decimal]) -> int:
    """Return S: pairs that go up less pairs that go down."""
    pairs = ((a, b) for at, a in enumerate(nilai) for b in nilai[at + 1 :])
    return sum((b > a) - (b < a) for a, b in pairs)


def kendall_p(nilai: Sequence[Decimal], skor: int) -> Fraction:
    """Return how often chance alone gives an S as far from 0 (0-1), exact, ties included.

    Every order of the same figures is equally likely: their inversions are counted by the
    q-multinomial n!_q / Π t!_q over the groups of t equal figures.
    """
    ties = Counter(nilai).values()
    ways = _factorial(len(nilai))
    for tied in ties:
        ways = _divide(ways, _factorial(tied))
    pairs = comb(len(nilai), 2) - sum(comb(tied, 2) for tied in ties)
    far = sum(n for down, n in enumerate(ways) if abs(pairs - 2 * down) >= abs(skor))
    return Fraction(far, sum(ways))


def _factorial(n: int) -> list[int]:
    """Return how many orders of n different things have 0, 1, 2, … inversions."""
    ways = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(ways) + size - 1)
        for at, many in enumerate(ways):
            for more in range(size):
                longer[at + more] += many
        ways = longer
    return ways


def _divide(ways: list[int], by: list[int]) -> list[int]:
    """Return the quotient of two such polynomials; it leaves no rest."""
    rest, found = list(ways), []
    for at in range(len(ways) - len(by) + 1):
        factor = rest[at]  # `by` begins with 1
        found.append(factor)
        for place, many in enumerate(by):
            rest[at + place] -= factor * many
    return found
