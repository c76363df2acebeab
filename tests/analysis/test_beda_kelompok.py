"""Differences between groups: Welch by SciPy, Holm over all, small groups hidden or unjudged."""

from __future__ import annotations

from fractions import Fraction
from math import erfc, sqrt

import pytest
from scipy import stats

from skm.analysis.beda_kelompok import Dimensi, Kelas, Putusan, compare_groups
from skm.analysis.holm import holm


def kelas(kode: str, scores: list[Fraction]) -> Kelas:
    total, squares = sum(scores, Fraction(0)), sum((s * s for s in scores), Fraction(0))
    return Kelas(kode, kode.upper(), len(scores), total, squares)


def spread(middle: str, n: int) -> list[Fraction]:
    """Scores half a point around a middle, n of them."""
    steps = (Fraction(-1, 2), Fraction(1, 2), Fraction(0))
    return [Fraction(middle) + steps[i % 3] for i in range(n)]


def judged(*groups: Kelas) -> Dimensi:
    (found,) = compare_groups([("jk", "Jenis kelamin", groups)])
    return found


A, B, C = spread("3.4", 90), spread("3.1", 60), spread("3.38", 45)


def test_each_against_the_rest_as_welch_has_it() -> None:
    found = judged(kelas("a", A), kelas("b", B), kelas("c", C))
    expected = []
    for own, rest in ((A, B + C), (B, A + C), (C, A + B)):
        x, y = [25 * float(v) for v in own], [25 * float(v) for v in rest]
        welch = stats.ttest_ind(x, y, equal_var=False)
        difference = sum(x) / len(x) - sum(y) / len(y)
        expected.append((difference, abs(difference / welch.statistic)))
    for row, (difference, error) in zip(found.kelas, expected, strict=True):
        assert float(row.selisih or 0) == pytest.approx(difference, abs=1e-9)
        assert float(row.jarak_selisih or 0) == pytest.approx(1.96 * error, abs=1e-9)
    p = holm([Fraction(erfc(abs(d / e) / sqrt(2))) for d, e in expected])
    assert [row.putusan is not Putusan.BELUM for row in found.kelas] == [v <= 0.05 for v in p]
    assert [row.putusan for row in found.kelas][:2] == [Putusan.TINGGI, Putusan.RENDAH]


def test_two_groups_are_one_comparison() -> None:
    """Seven alike kinds of two and one real difference at p = 0,005: Holm over 8, not 16."""
    same = [(f"k{i}", f"K{i}", [kelas("x", A), kelas("y", A)]) for i in range(7)]
    # SE of a difference of two groups of 90 and 60 with like spread.
    near = [kelas("x", spread("3.4", 90)), kelas("y", spread("3.21", 60))]
    found = compare_groups([*same, ("beda", "Beda", near)])
    last = found[-1].kelas
    assert [k.putusan for k in last] == [Putusan.TINGGI, Putusan.RENDAH]
    first, second = (k.selisih for k in last)
    assert first is not None
    assert second == -first
    error = (last[0].jarak_selisih or Fraction(1)) / Fraction(196, 100)
    p = erfc(float(first / error) / sqrt(2))
    assert 8 * p <= 0.05 < 16 * p


def test_under_five_is_hidden_with_what_would_give_it_away() -> None:
    found = judged(kelas("a", A), kelas("b", B), kelas("c", C[:3]))
    shown = {k.kode: k for k in found.kelas}
    assert shown["c"].putusan is Putusan.RAHASIA
    assert shown["b"].putusan is Putusan.RAHASIA  # the smallest other one
    assert shown["c"].rata is shown["c"].selisih is shown["b"].rata is None
    assert shown["a"].rata is not None


@pytest.mark.parametrize(("n", "putusan"), [(29, Putusan.KECIL), (30, Putusan.BELUM)])
def test_under_thirty_has_a_mean_and_no_verdict(n: int, putusan: Putusan) -> None:
    found = judged(kelas("a", A), kelas("b", spread("3.4", n)))
    row = found.kelas[1]
    assert row.putusan is putusan
    assert row.rata is not None
    assert (row.jarak is None) is (n < 30)


def test_one_respondent_has_nothing() -> None:
    found = judged(kelas("a", A), kelas("b", B[:1]))
    assert {k.putusan for k in found.kelas} == {Putusan.RAHASIA}


def test_groups_that_all_answer_alike_are_not_judged() -> None:
    same = [Fraction(4)] * 40
    found = judged(kelas("a", same), kelas("b", same))
    assert {k.putusan for k in found.kelas} == {Putusan.KECIL}
    assert found.kelas[0].rata == 100


def test_a_kind_of_one_group_is_left_out() -> None:
    assert compare_groups([("jk", "Jenis kelamin", [kelas("a", A), kelas("b", [])])]) == ()
