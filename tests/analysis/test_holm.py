"""Holm's step-down by hand, and against the procedure as its author states it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.analysis.holm import holm, p_value


def percent(*values: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(v, 1000) for v in values)


def test_four_by_hand() -> None:
    """0,005·4 = 0,020; 0,010·3 = 0,030; 0,030·2 = 0,060; 0,040·1 may not be below 0,060."""
    assert holm(percent(10, 40, 30, 5)) == percent(30, 60, 60, 20)


def test_nothing_to_correct() -> None:
    assert holm(()) == ()
    assert holm(percent(40)) == percent(40)
    assert holm(percent(900, 600)) == percent(1000, 1000)


@given(st.lists(st.floats(0, 1), max_size=9))
def test_floats_are_the_fractions_that_they_are(p: list[float]) -> None:
    assert holm(p) == holm([Fraction(v) for v in p])


P = st.lists(st.fractions(0, 1, max_denominator=1000), min_size=1, max_size=9)


@given(P, st.sampled_from(percent(10, 50, 100)))
def test_it_rejects_what_the_stepwise_procedure_rejects(p: list[Fraction], alpha: Fraction) -> None:
    """From the smallest on, reject while p <= alpha / (how many are left); then stop."""
    left, rejected = sorted(p), []
    while left and left[0] <= alpha / len(left):
        rejected.append(left.pop(0))
    assert sorted(v for v, a in zip(p, holm(p), strict=True) if a <= alpha) == rejected


@given(P)
def test_between_the_plain_value_and_bonferroni(p: list[Fraction]) -> None:
    for plain, adjusted in zip(p, holm(p), strict=True):
        assert plain <= adjusted <= min(Fraction(1), len(p) * plain)


@pytest.mark.parametrize(
    ("selisih", "p"),
    [("0", 1.0), ("1.644853627", 0.1), ("-1.959963985", 0.05), ("3", 0.0026997960633)],
)
def test_the_normal_table(selisih: str, p: float) -> None:
    assert float(p_value(Fraction(selisih), Fraction(1))) == pytest.approx(p, rel=1e-7)
    assert p_value(2 * Fraction(selisih), Fraction(2)) == p_value(Fraction(selisih), Fraction(1))


def test_without_an_error_there_is_no_p_value() -> None:
    with pytest.raises(ValueError, match="0"):
        p_value(Fraction(1), Fraction(0))
