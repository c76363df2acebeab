"""Several comparisons at once: p-values, and Holm's correction that keeps false alarms at 5 %.

Nine unsur tested one by one at 5 % give a false alarm in up to 37 of 100 periods (1 - 0,95^9).
Holm's step-down holds it at 5 % whatever the dependence between the tests, and unsur answered by
the same people do depend on each other (Holm, A simple sequentially rejective multiple test
procedure, Scand. J. Statist. 6, 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import erfc, sqrt

ALPHA = Fraction(5, 100)
"""How often chance alone may be taken for a change or a weakness."""


def p_value(selisih: Fraction, galat: Fraction) -> float:
    """Return the two-sided p-value (0-1) of a difference with the standard error `galat`.

    p = 2 · (1 - Φ(|selisih| / galat)). Raises ValueError where `galat` is not above zero.
    """
    if galat.numerator <= 0:
        raise ValueError(galat)
    # As float(abs(selisih) / galat): Python rounds a quotient of whole numbers correctly.
    above, below = selisih.numerator * galat.denominator, selisih.denominator * galat.numerator
    return erfc(abs(above) / below / sqrt(2))


def holm(p: Sequence[Fraction | float]) -> tuple[Fraction, ...]:
    """Return Holm's adjusted p-values (0-1), in the order given: real where at most `ALPHA`.

    The i-th smallest of m is multiplied by m - i + 1, is at most 1, and is never below the one
    before it: exactly, a float being the fraction that it stands for.
    """
    adjusted = [Fraction(0)] * len(p)
    reached = Fraction(0)
    for place, at in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        if reached < 1:
            reached = max(reached, min(Fraction(1), (len(p) - place) * Fraction(p[at])))
        adjusted[at] = reached
    return tuple(adjusted)
