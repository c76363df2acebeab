"""The needed sample (PermenPANRB 14/2017, BAB IV and Lampiran II: Krejcie & Morgan)."""

from __future__ import annotations

from fractions import Fraction

from skm.angka import round_half_up

CHI_SQUARE = Fraction("3.841")
"""One degree of freedom, 5 % error."""
ERROR = Fraction("0.05")
_PQ = Fraction(1, 4)


def needed_sample(populasi: int) -> int:
    """Return how many respondents a population of `populasi` (>= 0) needs.

    S = λ²·N·P·Q / (d²·(N−1) + λ²·P·Q), rounded half up: the 90 rows of Lampiran II. Never more
    than the population itself. Raises ValueError for a negative population.
    """
    if populasi < 0:
        raise ValueError(populasi)
    if populasi == 0:
        return 0
    share = CHI_SQUARE * _PQ
    exact = share * populasi / (ERROR**2 * (populasi - 1) + share)
    return min(populasi, int(round_half_up(exact, 0)))
