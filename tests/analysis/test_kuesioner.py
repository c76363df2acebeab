"""Questionnaire quality: by hand on a few sheets, by numpy on many."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.analysis.kuesioner import MutuKuesioner, examine_questionnaire
from skm.rekap import Pola, Slot

SLOTS = tuple(Slot(f"U{i}") for i in (1, 2, 3))


def examined(*rows: tuple[str, int]) -> MutuKuesioner:
    return examine_questionnaire([Pola(SLOTS, nilai, n) for nilai, n in rows])


def test_alpha_by_hand() -> None:
    """Ten each of 111, 222, 234, 444. With divisor n: variances of U1 1,1875 (values 1 2 2 4),
    U2 1,25 (1 2 3 4), U3 1,6875 (1 2 4 4), sum 4,125; of the totals 3 6 9 12 it is 11,25.
    alpha = 3/2 · (1 - 4,125 / 11,25) = 0,95. Without U1: totals 2 4 7 8, variance 5,6875;
    2 · (1 - 2,9375 / 5,6875) = 0,9670."""
    found = examined(("111", 10), ("222", 10), ("234", 10), ("444", 10))
    assert found.alpha == Fraction(19, 20)
    assert found.butir[0].alpha_tanpa == 2 * (1 - Fraction(29375, 56875))
    assert (found.lembar, found.lengkap, found.seragam, found.dinilai) == (40, 40, 30, 40)
    assert found.alpha_beragam is None  # ten sheets that are not ticked straight down


@settings(deadline=None)  # the first call of the oracle takes long
@given(
    st.lists(st.text("1234", min_size=3, max_size=3), min_size=4, max_size=12, unique=True),
    st.integers(10, 30),
)
def test_all_figures_as_numpy_has_them(patterns: list[str], times: int) -> None:
    found = examined(*((p, times) for p in patterns))
    x = np.array([[int(m) for m in p] for p in patterns for _ in range(times)], dtype=float)
    total = x.sum(axis=1)
    if np.ptp(total) == 0:
        assert found.alpha is None
        return
    alpha = 1.5 * (1 - x.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    assert float(found.alpha or 0) == pytest.approx(alpha, abs=1e-9)
    for at, butir in enumerate(found.butir):
        rest = total - x[:, at]
        if np.ptp(x[:, at]) == 0 or np.ptp(rest) == 0:
            assert butir.korelasi is None
        else:
            expected = np.corrcoef(x[:, at], rest)[0, 1]
            assert float(butir.korelasi or 0) == pytest.approx(expected, abs=1e-9)
    if (np.ptp(x, axis=0) > 0).all():
        r = np.corrcoef(x.T)
        for (i, j), value in found.korelasi.items():
            assert float(value or 0) == pytest.approx(r[i, j], abs=1e-9)
        middle = r[np.triu_indices(3, 1)].mean()
        if abs(1 + 2 * middle) > 1e-6:
            baku = 3 * middle / (1 + 2 * middle)
            assert float(found.alpha_baku or 0) == pytest.approx(baku, abs=1e-6)


SHEETS = st.dictionaries(st.text("1234-", min_size=3, max_size=3), st.integers(1, 40), max_size=15)


@settings(deadline=None)
@given(SHEETS)
def test_alpha_of_the_varied_is_that_of_a_period_with_no_other_sheets(rows: dict[str, int]) -> None:
    varied = [(marks, n) for marks, n in rows.items() if len(set(marks)) > 1]
    assert examined(*rows.items()).alpha_beragam == examined(*varied).alpha


@settings(deadline=None)
@given(SHEETS, SHEETS)
def test_versions_in_another_order_are_the_same_sheets(
    first: dict[str, int], second: dict[str, int]
) -> None:
    """What the second version asks backwards is turned round, a sheet of each version in turn."""
    both = examined(*first.items(), *second.items())
    mixed = [Pola(SLOTS, marks, n) for marks, n in first.items()]
    for at, (marks, n) in enumerate(second.items()):
        mixed.insert(1 + 2 * at, Pola(SLOTS[::-1], marks[::-1], n))
    if first:
        assert examine_questionnaire(mixed) == both


def test_blanks_are_counted_and_leave_alpha() -> None:
    found = examined(("1-3", 30), ("---", 5), ("-44", 20), ("234", 30), ("432", 10))
    assert [b.kosong for b in found.butir] == [25, 35, 5]
    assert [b.terisi for b in found.butir] == [70, 60, 90]
    assert found.butir[0].persen_kosong == Fraction(2500, 95)
    assert found.lengkap == 40
    # An empty sheet cannot be ticked straight down; 44 can.
    assert (found.dinilai, found.seragam) == (90, 20)


def test_a_question_that_a_version_does_not_ask_is_not_left_blank() -> None:
    rows = [Pola(SLOTS, "234", 20), Pola(SLOTS[:2], "44", 15), Pola(SLOTS[:2], "4-", 5)]
    found = examine_questionnaire(rows)
    assert [(b.terisi, b.kosong) for b in found.butir] == [(40, 0), (35, 5), (20, 0)]
    assert found.lengkap == 20


@pytest.mark.parametrize("n", [0, 1, 29])
def test_too_few_sheets_state_nothing(n: int) -> None:
    found = examined(("124", n)) if n else examine_questionnaire([])
    assert (found.alpha, found.alpha_baku, found.korelasi) == (None, None, {})
    assert found.lembar == n


def test_alike_answers_have_no_correlation() -> None:
    found = examined(("444", 50))
    assert found.alpha is None
    assert {b.korelasi for b in found.butir} == {None}


def test_one_question_has_no_alpha() -> None:
    found = examine_questionnaire([Pola(SLOTS[:1], "1", 20), Pola(SLOTS[:1], "3", 20)])
    assert (found.alpha, found.alpha_baku) == (None, None)
    assert found.dinilai == 0


def test_a_thousand_correlated_sheets() -> None:
    """Nine unsur of one leaning: standardised alpha by the mean correlation of numpy."""
    chance = random.Random(5)  # noqa: S311
    slots = tuple(Slot(f"U{i}") for i in range(9))
    sheets = []
    for _ in range(1000):
        leaning = chance.randint(-2, 2)
        marks = (min(4, max(1, (chance.randint(5, 10) + leaning) // 2)) for _ in slots)
        sheets.append("".join(map(str, marks)))
    found = examine_questionnaire([Pola(slots, s, 1) for s in sheets])
    r = np.corrcoef(np.array([[int(m) for m in s] for s in sheets]).T)
    middle = r[np.triu_indices(9, 1)].mean()
    assert float(found.alpha_baku or 0) == pytest.approx(9 * middle / (1 + 8 * middle), abs=1e-12)
