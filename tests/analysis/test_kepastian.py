"""Standard errors against R's survey package, and against the textbook on single respondents."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.agregasi import Cara, HasilPeriode
from skm.analysis.kepastian import (
    Alasan,
    Beda,
    Kepastian,
    difference,
    ikm_certainty,
    sampling_variance,
    square_root,
    why_unstated,
)
from skm.ikm import Hasil, HasilUnsur, Tally
from skm.metode import find_method
from skm.periode import Periode, parse_period
from skm.rekap import SkorCell

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
R_SURVEY = [15, 143, 21, 51, 337, 50, 274, 145, 15, 86]
"""tests/deff.R of R's survey package: mean 113.7, se 35.62616, with N = 1000 35.44758."""


def result(periode: Periode, ikm: str, bagian: tuple[HasilPeriode, ...] = ()) -> HasilPeriode:
    hasil = Hasil(find_method(), 100, (), nilai=Fraction(ikm))
    return HasilPeriode(periode, hasil, Cara.RATA_RATA if bagian else Cara.LANGSUNG, bagian)


def scores(periode: Periode, sheets: list[list[int]]) -> list[SkorCell]:
    """One cell a respondent: cells are only sums."""
    return [SkorCell(periode, None, None, None, len(s), 1, sum(s), sum(s) ** 2) for s in sheets]


@pytest.mark.parametrize(("populasi", "se"), [(None, 35.62616), (1000, 35.44758)])
def test_the_standard_error_of_r_survey(populasi: int | None, se: float) -> None:
    total, squares = Fraction(sum(R_SURVEY)), Fraction(sum(v * v for v in R_SURVEY))
    found = sampling_variance(len(R_SURVEY), total, squares, populasi)
    assert float(square_root(found)) == pytest.approx(se, abs=5e-6)


def test_a_population_that_the_sample_outgrew_is_no_population() -> None:
    found = sampling_variance(4, Fraction(10), Fraction(30), 3)
    assert found == sampling_variance(4, Fraction(10), Fraction(30))


def test_one_value_has_no_spread() -> None:
    with pytest.raises(ValueError, match="1"):
        sampling_variance(1, Fraction(3), Fraction(9))


SHEETS = st.lists(
    st.tuples(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(8, 15)),
    min_size=4,
    max_size=6,
    unique_by=lambda pair: mean(pair[0]),
).map(lambda groups: [sheet for sheet, times in groups for _ in range(times)])
"""At least 32 respondents, not all of one mean score."""


@given(SHEETS)
def test_the_ikm_s_standard_error_is_that_of_the_respondents_means(sheets: list) -> None:
    own = [mean(Fraction(v) for v in sheet) for sheet in sheets]
    expected = 25 * sqrt(float(variance(own)) / len(own))
    found = ikm_certainty(result(T4, "90"), scores(T4, sheets))
    assert found is not None
    assert float(found.galat) == pytest.approx(expected, abs=1e-9)
    assert 25 <= found.dari <= 90 <= found.sampai <= 100


def test_the_mean_of_two_quarters_is_surer_than_each() -> None:
    three = scores(T3, [[4, 4, 3]] * 20 + [[2, 3, 3]] * 20)
    four = scores(T4, [[4, 3, 3]] * 30 + [[1, 4, 4]] * 30)
    parts = (result(T3, "90"), result(T4, "92"))
    errors = [
        found.galat
        for part, cells in zip(parts, (three, four), strict=True)
        if (found := ikm_certainty(part, cells))
    ]
    whole = ikm_certainty(result(S2, "91", parts), [*three, *four])
    assert whole is not None
    assert float(whole.galat) == pytest.approx(sqrt(sum(float(e) ** 2 for e in errors)) / 2)


def test_knowing_the_served_population_narrows_the_interval() -> None:
    cells = scores(T4, [[4, 3]] * 25 + [[3, 3]] * 25)
    free, bound = (ikm_certainty(result(T4, "90"), cells, p) for p in ({}, {T4: 100}))
    assert free is not None
    assert bound is not None
    assert float(bound.galat / free.galat) == pytest.approx(sqrt(0.5))


def test_fewer_than_thirty_respondents_state_nothing() -> None:
    few = scores(T3, [[4, 3, 3]] * 29)
    many = scores(T4, [[4, 3, 2]] * 40)
    assert ikm_certainty(result(T3, "90"), few) is None
    semester = result(S2, "91", (result(T3, "90"), result(T4, "92")))
    assert ikm_certainty(semester, [*few, *many]) is None


def test_a_sheet_of_blanks_counts_for_nothing() -> None:
    cells = scores(T4, [[4, 3, 3]] * 30)
    blank = SkorCell(T4, None, None, None, 0, 5, 0, 0)
    assert ikm_certainty(result(T4, "90"), [*cells, blank]) == ikm_certainty(
        result(T4, "90"), cells
    )


@pytest.mark.parametrize(("before", "real"), [("92.00", False), ("87.00", True)])
def test_a_difference_is_real_beyond_chance(before: str, real: bool) -> None:
    """Standard errors 0,9 and 1,2 make 1,5; 1,96 times that is 2,94 points."""
    now = Kepastian(Decimal("93.00"), Fraction(9, 10), Fraction(91), Fraction(95))
    then = Kepastian(Decimal(before), Fraction(12, 10), Fraction(85), Fraction(95))
    beda = difference(now, then)
    assert beda.selisih == Decimal("93.00") - Decimal(before)
    assert float(beda.jarak) == pytest.approx(2.94)
    assert beda.nyata is real


def weighted(*bobot: str) -> HasilPeriode:
    rows = tuple(
        HasilUnsur(f"U{i}", "", 40, Tally(), Fraction(3), Fraction(w), Fraction(3), Fraction(75))
        for i, w in enumerate(bobot, start=1)
    )
    return HasilPeriode(T4, Hasil(find_method(), 40, rows, nilai=Fraction(75)), Cara.LANGSUNG)


@pytest.mark.parametrize(
    ("hasil", "sheets", "alasan"),
    [
        (weighted("0.5", "0.5"), [[4, 3]] * 20 + [[2, 1]] * 20, None),
        (weighted("0.9", "0.1"), [[4, 1]] * 20 + [[1, 4]] * 20, Alasan.BOBOT),
        (weighted("0.5", "0.5"), [[4, 4]] * 40, Alasan.SERAGAM),
        (weighted("0.5", "0.5"), [[4, 3]] * 14 + [[2, 1]] * 15, Alasan.SEDIKIT),
    ],
)
def test_nothing_is_stated_where_the_formula_does_not_hold(
    hasil: HasilPeriode, sheets: list, alasan: Alasan | None
) -> None:
    cells = scores(T4, sheets)
    assert why_unstated(hasil, cells) is alasan
    assert (ikm_certainty(hasil, cells) is None) is (alasan is not None)


def test_a_difference_that_prints_like_its_width_is_not_called_real() -> None:
    assert not Beda(Decimal("0.85"), Fraction("0.8489")).nyata
    assert Beda(Decimal("-0.86"), Fraction("0.8489")).nyata
