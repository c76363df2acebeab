"""A mean of strata of known size, and what a design costs against a simple random sample.

The unit's IKM weighs every respondent alike, so a layanan that was asked often counts for more than
the people it served. Weighting each stratum by those people (post-stratification) gives

    mean = Σ W_h · mean_h,  variance = Σ W_h² · (1 - n_h/N_h) · s²_h / n_h,  W_h = N_h / N

(Cochran, Sampling Techniques, 5.3-5.5). How many of a stratum answered is taken as given (Holt &
Smith, Post stratification, J. R. Statist. Soc. A 142, 1979).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Lapisan:
    """A stratum: the people it stands for, and `n` >= 2 values with their mean and variance s².

    `terbatas` is False where `populasi` only gives the share: then no correction for a finite
    population is made.
    """

    populasi: int
    n: int
    rata: Fraction
    ragam: Fraction
    terbatas: bool = True

    @property
    def sisa(self) -> Fraction:
        """Return 1 - n/N (0-1), 1 where N is not known."""
        known = self.terbatas and self.populasi >= self.n
        return 1 - Fraction(self.n, self.populasi) if known else Fraction(1)


def stratified(lapisan: Sequence[Lapisan]) -> tuple[Fraction, Fraction]:
    """Return the weighted mean of the strata and its variance.

    Raises ValueError where they stand for nobody.
    """
    people = sum(s.populasi for s in lapisan)
    if people <= 0:
        raise ValueError(people)
    shares = [(Fraction(s.populasi, people), s) for s in lapisan]
    middle = sum((w * s.rata for w, s in shares), Fraction(0))
    return middle, sum((w * w * s.sisa * s.ragam / s.n for w, s in shares), Fraction(0))


def simple_variance(lapisan: Sequence[Lapisan]) -> Fraction:
    """Return the variance that a simple random sample of as many people would have.

    (1 - n/N) · S² / n, with S² of all people as the weighted sample shows it: Σ W_h · (mean of the
    squares)_h less the mean's square, times n / (n - 1), as R's survey package has it.
    """
    people, n = sum(s.populasi for s in lapisan), sum(s.n for s in lapisan)
    middle, _ = stratified(lapisan)
    squares = (
        Fraction(s.populasi, people) * (s.ragam * Fraction(s.n - 1, s.n) + s.rata * s.rata)
        for s in lapisan
    )
    spread = (sum(squares, Fraction(0)) - middle * middle) * Fraction(n, n - 1)
    known = all(s.terbatas for s in lapisan) and people >= n
    return (1 - Fraction(n, people) if known else Fraction(1)) * spread / n


def kish_effect(bobot: Iterable[tuple[int, Fraction]]) -> Fraction:
    """Return the design effect of unequal weights alone: n · Σ w² / (Σ w)², at least 1.

    `bobot` are (how many have the weight, the weight). n divided by it is how many equally weighted
    respondents would say as much (Kish, Survey Sampling, 11.2C and 11.7). Raises ValueError where
    all weights are zero.
    """
    rows = list(bobot)
    n, total = sum(k for k, _ in rows), sum((k * w for k, w in rows), Fraction(0))
    if not total:
        raise ValueError(total)
    return n * sum((k * w * w for k, w in rows), Fraction(0)) / (total * total)
