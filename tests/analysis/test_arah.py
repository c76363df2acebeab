"""The trend over several periods, against SciPy and against tables that textbooks print."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from skm.analysis.arah import (
    TitikWaktu,
    Uji,
    find_trend,
    kendall_p,
    kendall_score,
    middle,
    student_p,
    weighted_line,
)
from skm.analysis.kepastian_unsur import Arah
from skm.periode import parse_period


def points(*values: str, galat: str | None = "1", kind: str = "T") -> list[TitikWaktu]:
    """One figure a triwulan from 2020-T1 on, or a year."""
    error = Fraction(galat) if galat else None
    codes = [f"{2020 + i // 4}-T{i % 4 + 1}" if kind == "T" else str(2020 + i) for i in range(99)]
    return [
        TitikWaktu(parse_period(kode), Decimal(v), error)
        for kode, v in zip(codes, values, strict=False)
    ]


@pytest.mark.parametrize(
    ("t", "derajat"),
    [("12.706", 1), ("4.303", 2), ("3.182", 3), ("2.776", 4), ("2.571", 5), ("2.228", 10)],
)
def test_the_five_percent_points_of_every_textbook(t: str, derajat: int) -> None:
    assert float(student_p(Fraction(t), derajat)) == pytest.approx(0.05, abs=5e-5)


@settings(deadline=None)  # the first call of the oracle takes long
@given(st.fractions(-30, 30), st.integers(1, 40))
def test_student_as_scipy_has_it(t: Fraction, derajat: int) -> None:
    expected = 2 * stats.t.sf(abs(float(t)), derajat)
    assert float(student_p(t, derajat)) == pytest.approx(expected, abs=1e-7)


@settings(deadline=None)  # the first call of the oracle takes long
@given(
    st.lists(
        st.tuples(st.decimals(60, 99, places=2), st.fractions(Fraction(1, 5), 3)),
        min_size=3,
        max_size=9,
    )
)
def test_the_line_is_weighted_least_squares(rows: list[tuple[Decimal, Fraction]]) -> None:
    """Slope and error by numpy's linear algebra: (XᵀWX)⁻¹ XᵀWy, widened where Q/(k-2) > 1."""
    titik = [
        TitikWaktu(p.periode, v, e)
        for p, (v, e) in zip(points(*["0"] * len(rows)), rows, strict=True)
    ]
    x = np.array([[1.0, float(middle(t.periode)) / 12] for t in titik])
    x[:, 1] -= x[0, 1]
    y, w = np.array([float(v) for v, _ in rows]), np.diag([1 / float(e) ** 2 for _, e in rows])
    inverse = np.linalg.inv(x.T @ w @ x)
    beta = inverse @ x.T @ w @ y
    left = y - x @ beta
    error = np.sqrt(inverse[1, 1] * max(1.0, float(left @ w @ left) / (len(rows) - 2)))
    found = weighted_line(titik)
    assert float(found.kemiringan or 0) == pytest.approx(beta[1], abs=1e-6)
    expected = 2 * stats.t.sf(abs(beta[1]) / error, len(rows) - 2)
    assert float(found.p) == pytest.approx(expected, abs=1e-6)


def test_a_clear_rise_passes_and_noise_does_not() -> None:
    rise = find_trend(points("85", "87", "89", "91", galat="1/2"))
    assert rise is not None
    assert (rise.uji, rise.arah, rise.kemiringan) == (Uji.GARIS, Arah.NAIK, 8)
    noise = find_trend(points("88", "87.5", "88.4", "88.1"))
    assert noise is not None
    assert noise.arah is Arah.BELUM
    fall = find_trend(points("91", "88", "85.1", galat="1/5"))
    assert fall is not None
    assert fall.arah is Arah.TURUN


def test_ups_and_downs_beyond_the_errors_are_no_trend() -> None:
    """Each step is many errors wide, so the plain error would call the slope certain."""
    jumpy = find_trend(points("80", "90", "81", "92", galat="1/10"))
    assert jumpy is not None
    assert jumpy.arah is Arah.BELUM


@pytest.mark.parametrize(
    ("n", "score", "p"), [(4, 6, "1/12"), (5, 10, "1/60"), (5, 8, "1/12"), (6, 13, "1/60")]
)
def test_kendall_s_table(n: int, score: int, p: str) -> None:
    """Kendall, Rank Correlation Methods, appendix table 1, doubled: 0,042 and 0,0083."""
    assert kendall_p([Decimal(i) for i in range(n)], score) == Fraction(p)


@settings(deadline=None)  # the first call of the oracle takes long
@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=9, unique=True))
def test_kendall_as_scipy_has_it(values: list[int]) -> None:
    found = [Decimal(v) for v in values]
    expected = stats.kendalltau(range(len(values)), values, method="exact")
    assert float(kendall_p(found, kendall_score(found))) == pytest.approx(expected.pvalue)


@settings(deadline=None)  # the first call of the oracle takes long
@given(st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_ties_by_counting_every_order(values: list[int]) -> None:
    found = [Decimal(v) for v in values]
    score = kendall_score(found)
    orders = [abs(kendall_score(order)) for order in permutations(found)]
    assert kendall_p(found, score) == Fraction(sum(s >= abs(score) for s in orders), len(orders))


def test_published_figures_are_tested_by_rank() -> None:
    found = find_trend(points("80", "81", "83", "84", "90", galat=None, kind="year"))
    assert found is not None
    assert (found.uji, found.p, found.arah) == (Uji.PERINGKAT, Fraction(1, 60), Arah.NAIK)


@pytest.mark.parametrize(
    "titik",
    [[], points("80", "90"), points("80", "81", "83", "90", galat=None)],
    ids=["none", "two", "four without errors"],
)
def test_too_few_periods_say_nothing(titik: list[TitikWaktu]) -> None:
    assert find_trend(titik) is None
