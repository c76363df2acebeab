"""Strata and design effects against R's survey package, samplics, and sums by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import mean, variance

import numpy as np
import pytest

from skm.analysis.kepastian import sampling_variance, square_root
from skm.analysis.lapisan import Lapisan, kish_effect, simple_variance, stratified

DATA = Path(__file__).parents[1] / "contoh" / "api_strat.csv"
"""apistrat of R's survey package, as samplics tests with it: school type and its API in 2000."""
SCHOOLS = {"E": 4421, "M": 1018, "H": 755}
R_SURVEY = [15, 143, 21, 51, 337, 50, 274, 145, 15, 86]


def schools(*, terbatas: bool = True) -> list[Lapisan]:
    with DATA.open(encoding="utf-8") as file:
        rows = [(r["stype"], int(r["api00"])) for r in csv.DictReader(file)]
    found = []
    for kind, people in SCHOOLS.items():
        values = [Fraction(v) for k, v in rows if k == kind]
        found.append(Lapisan(people, len(values), mean(values), variance(values), terbatas))
    return found


@pytest.mark.parametrize(("terbatas", "se"), [(True, 9.408941), (False, 9.536132)])
def test_the_stratified_mean_of_samplics_and_r(terbatas: bool, se: float) -> None:
    middle, spread = stratified(schools(terbatas=terbatas))
    assert float(middle) == pytest.approx(662.2874, abs=5e-5)
    assert float(square_root(spread)) == pytest.approx(se, abs=5e-7)


def test_the_simple_variance_is_that_of_the_weighted_values() -> None:
    """R: svyvar of the weighted sample, over n, with the correction; here by numpy."""
    with DATA.open(encoding="utf-8") as file:
        rows = [(r["stype"], int(r["api00"])) for r in csv.DictReader(file)]
    sizes = {kind: sum(k == kind for k, _ in rows) for kind in SCHOOLS}
    weights = np.array([SCHOOLS[k] / sizes[k] for k, _ in rows])
    values, n = np.array([v for _, v in rows], dtype=float), len(rows)
    middle = np.average(values, weights=weights)
    spread = np.average((values - middle) ** 2, weights=weights) * n / (n - 1)
    expected = (1 - n / 6194) * spread / n
    assert float(simple_variance(schools())) == pytest.approx(expected, rel=1e-12)


def test_the_design_effect_of_r_s_deff() -> None:
    """tests/deff.R: a simple sample without its correction, against one of N = 1000: 1.010101."""
    values = [Fraction(v) for v in R_SURVEY]
    one = [Lapisan(1000, 10, mean(values), variance(values))]
    free = [Lapisan(1000, 10, mean(values), variance(values), terbatas=False)]
    effect = stratified(free)[1] / simple_variance(one)
    assert float(effect) == pytest.approx(1.010101, abs=5e-7)


ONE_STAGE = {
    1: (3, 15, "5.54 7.7 11.48 12.2 16.7"),
    2: (3, 9, "7.16 2.66 9.5 9.5 7.7 13.1"),
    3: (5, 20, "6.26 16.7 5.54 8.42 8.6 11.3 11.12 12.74 11.48 16.52"),
}
"""samplics' one_stage_fpc.csv by stratum: weight, size (which gives 2/3, 1/3 and 1/2), values."""


def test_the_total_and_the_mean_of_samplics() -> None:
    strata = {
        s: (w, size, [Fraction(v) for v in values.split()])
        for s, (w, size, values) in ONE_STAGE.items()
    }
    total = sum(w * sum(values) for w, _, values in strata.values())
    people = sum(w * len(values) for w, _, values in strata.values())
    assert float(total) == pytest.approx(853.12)
    assert float(total / people) == pytest.approx(10.27855, abs=5e-6)

    def error(of: Callable[[int, Fraction], Fraction]) -> float:
        spread = Fraction(0)
        for w, size, values in strata.values():
            n = len(values)
            wide = [n * of(w, v) for v in values]  # the mean of these is the stratum's total
            spread += sampling_variance(n, sum(wide, Fraction(0)), sum(v * v for v in wide), size)
        return float(square_root(spread))

    assert error(lambda w, v: w * v) == pytest.approx(50.8888, abs=5e-5)
    middle = total / people
    assert error(lambda w, v: w * (v - middle) / people) == pytest.approx(0.6131181, abs=5e-8)


def test_kish_s_effect_by_hand() -> None:
    """Ten with weight 1 and ten with weight 3: 20 · (10 + 90) / (10 + 30)² = 1,25; 16 remain."""
    assert kish_effect([(10, Fraction(1)), (10, Fraction(3))]) == Fraction(5, 4)
    assert kish_effect([(7, Fraction(2)), (9, Fraction(2))]) == 1


def test_nobody_has_no_mean() -> None:
    with pytest.raises(ValueError, match="0"):
        stratified([Lapisan(0, 3, Fraction(3), Fraction(1))])
    with pytest.raises(ValueError, match="0"):
        kish_effect([(3, Fraction(0))])
