"""How far an IKM may be off by chance: standard error and 95 % interval.

Each respondent's score is the mean of the own answers (1-4); the IKM is close to 25 times the mean
score. SE = 25 · sqrt((1 - n/N) · s² / n) (Cochran, Sampling Techniques, 2.5), N only where the
served population is known. The interval covers chance only, not who chose to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from skm.agregasi import Cara, HasilPeriode
from skm.angka import round_half_up
from skm.ikm import IKM_PLACES, KONVERSI
from skm.periode import Periode
from skm.rekap import SkorCell

Z = Fraction(196, 100)
"""The normal distribution's two-sided 5 % point."""
FEWEST = 30
"""Below this many respondents the normal distribution is no good guide: nothing is stated."""
_DIGITS = 30
LOWEST, HIGHEST = Fraction(25), Fraction(100)


@dataclass(frozen=True, slots=True)
class Kepastian:
    """An IKM with its standard error and its 95 % interval, in points of the IKM.

    The interval stays inside 25-100.
    """

    ikm: Decimal
    galat: Fraction
    dari: Fraction
    sampai: Fraction

    @property
    def jarak(self) -> Fraction:
        """Return half the width that chance gives the interval: 1,96 standard errors."""
        return Z * self.galat


def sampling_variance(
    n: int, jumlah: Fraction | int, kuadrat: Fraction | int, populasi: int | None = None
) -> Fraction:
    """Return the variance of a mean of n >= 2 values from their sum and sum of squares.

    With the finite population correction where `populasi` is known and holds the sample.
    Raises ValueError for fewer than two values.
    """
    if n < 2:
        raise ValueError(n)
    # (kuadrat - jumlah² / n) / (n - 1) / n as one quotient
    variance = Fraction(n * kuadrat - jumlah * jumlah, n * n * (n - 1))
    return variance * Fraction(populasi - n, populasi) if populasi and populasi >= n else variance


def square_root(value: Fraction) -> Fraction:
    """Return the square root to thirty digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def ikm_certainty(
    hasil: HasilPeriode,
    scores: Sequence[SkorCell],
    populasi: Mapping[Periode, int] | None = None,
) -> Kepastian | None:
    """Return how certain a period's IKM is; None where `why_unstated` has a reason.

    The mean of several periods has the variance of a mean of independent samples. `populasi` are
    the people served by period.
    """
    variance = _variance(hasil, scores, populasi or {})
    if variance is None or hasil.hasil.ikm is None or why_unstated(hasil, scores):
        return None
    error = KONVERSI * square_root(variance)
    middle = Fraction(hasil.hasil.ikm)
    return Kepastian(
        ikm=hasil.hasil.ikm,
        galat=error,
        dari=max(LOWEST, middle - Z * error),
        sampai=min(HIGHEST, middle + Z * error),
    )


class Alasan(StrEnum):
    """Why no interval is stated."""

    SEDIKIT = "sedikit"
    """A measured period has fewer than 30 respondents."""
    BOBOT = "bobot"
    """The unsur have unequal weights, which a respondent's plain mean score does not know."""
    SERAGAM = "seragam"
    """All respondents of a period scored alike: their spread says nothing about others."""


def why_unstated(hasil: HasilPeriode, scores: Sequence[SkorCell]) -> Alasan | None:
    """Return the reason why a period's certainty is not stated; None where it can be."""
    if len({u.bobot for u in hasil.hasil.terisi}) > 1:
        return Alasan.BOBOT
    variances = []
    for part in _measured(hasil):
        inside = [s for s in scores if part.periode and part.periode.contains(s.periode)]
        n, total, squares = sum_scores(inside)
        if n < FEWEST:
            return Alasan.SEDIKIT
        variances.append(sampling_variance(n, total, squares))
    return Alasan.SERAGAM if not all(variances) else None


def _measured(hasil: HasilPeriode) -> Iterator[HasilPeriode]:
    if hasil.cara is not Cara.RATA_RATA:
        yield hasil
    for part in hasil.bagian:
        yield from _measured(part)


def _variance(
    hasil: HasilPeriode, scores: Sequence[SkorCell], populasi: Mapping[Periode, int]
) -> Fraction | None:
    if hasil.periode is None:
        return None
    if hasil.cara is Cara.RATA_RATA:
        parts = [_variance(part, scores, populasi) for part in hasil.bagian]
        known = [v for v in parts if v is not None]
        if not parts or len(known) < len(parts):
            return None
        return sum(known, Fraction(0)) / len(parts) ** 2
    inside = [s for s in scores if hasil.periode.contains(s.periode)]
    n, total, squares = sum_scores(inside)
    if n < FEWEST:
        return None
    return sampling_variance(n, total, squares, populasi.get(hasil.periode))


def sum_scores(scores: Iterable[SkorCell]) -> tuple[int, Fraction, Fraction]:
    """Return how many answered anything, and the sums of their scores and of the squares."""
    n, total, squares = 0, Fraction(0), Fraction(0)
    for cell in scores:
        if cell.terisi:
            n += cell.responden
            total += Fraction(cell.jumlah, cell.terisi)
            squares += Fraction(cell.kuadrat, cell.terisi**2)
    return n, total, squares


@dataclass(frozen=True, slots=True)
class Beda:
    """The difference of two IKM (now minus before) and the half width of its 95 % interval."""

    selisih: Decimal
    jarak: Fraction

    @property
    def nyata(self) -> bool:
        """Return whether chance alone hardly explains it: the interval does not hold zero.

        Judged on the printed width, so that a sentence never says that 0,85 is more than 0,85.
        """
        return abs(self.selisih) > round_half_up(self.jarak, IKM_PLACES)


def difference(now: Kepastian, before: Kepastian) -> Beda:
    """Return the difference of the IKM of two independent samples, with its certainty."""
    error = square_root(now.galat**2 + before.galat**2)
    return Beda(now.ikm - before.ikm, Z * error)
