"""Standard errors of unsur and groups against the textbook on single answers."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import variance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skm.agregasi import Aturan, Cara, HasilPeriode, compute_period
from skm.analysis.groups import Kelompok, Per
from skm.analysis.kepastian import Kepastian
from skm.analysis.kepastian_unsur import (
    Arah,
    Sebab,
    group_certainty,
    letter_text,
    refusal,
    unsur_certainty,
    unsur_changes,
)
from skm.ikm import Hasil, Tally
from skm.metode import find_method
from skm.peraturan import tabel_mutu
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot, UnsurSpec

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
Counts = tuple[int, int, int, int]
HALF: Counts = (0, 0, 18, 18)


def cell(periode: Periode, *unsur: Counts) -> Cell:
    """The tallies of U1, U2, …, each of one question."""
    tallies = {Slot(f"U{at}"): Tally(counts) for at, counts in enumerate(unsur, start=1)}
    return Cell(periode, None, None, None, sum(unsur[0]), tallies)


def result(periode: Periode, *cells: Cell) -> HasilPeriode:
    codes = sorted({slot.kode for c in cells for slot in c.tallies})
    unsur = tuple(UnsurSpec(kode, f"Unsur {kode}") for kode in codes)
    return compute_period(cells, periode, Aturan(unsur, find_method()))


@given(st.tuples(*[st.integers(0, 40)] * 4))
def test_the_standard_error_of_the_answers_themselves(counts: Counts) -> None:
    assume(sum(counts) >= 30 and max(counts) < sum(counts))
    answers = [value for value, n in enumerate(counts, start=1) for _ in range(n)]
    found = unsur_certainty(result(T4, cell(T4, counts)), "U1")
    assert found is not None
    expected = 25 * sqrt(float(variance(map(Fraction, answers))) / len(answers))
    assert float(found.galat) == pytest.approx(expected, abs=1e-9)
    middle = Fraction(25 * sum(answers), len(answers))
    assert 25 <= found.dari <= middle <= found.sampai <= 100


def test_by_hand_with_the_served_population() -> None:
    """18 threes and 18 fours: s² = 9 / 35, SE = 25·√(9 / 35 / 36) = 2,1129; of 72 served ·√½."""
    hasil = result(T4, cell(T4, HALF))
    free, bound = unsur_certainty(hasil, "U1"), unsur_certainty(hasil, "U1", {T4: 72})
    assert free is not None
    assert bound is not None
    assert free.ikm == Decimal("87.50")
    assert float(free.galat) == pytest.approx(2.1129, abs=5e-5)
    assert float(bound.galat) == pytest.approx(1.4940, abs=5e-5)


def test_the_mean_of_two_quarters() -> None:
    """Two independent parts of the same error: 1/√2 of it."""
    one = unsur_certainty(result(T4, cell(T4, HALF)), "U1")
    both = unsur_certainty(result(S2, cell(T3, HALF), cell(T4, HALF)), "U1")
    assert one is not None
    assert both is not None
    assert float(both.galat / one.galat) == pytest.approx(sqrt(0.5))


def test_why_nothing_is_stated() -> None:
    few = cell(T4, (0, 0, 10, 19), (0, 0, 0, 30), (0, 0, 15, 15))
    hasil = result(T4, few)
    reasons = [refusal(hasil, kode) for kode in ("U1", "U2", "U3", "U9")]
    assert reasons == [Sebab.SEDIKIT, Sebab.SERAGAM, None, Sebab.SEDIKIT]
    assert [unsur_certainty(hasil, kode) is None for kode in ("U1", "U2", "U3")] == [
        True, True, False,
    ]  # fmt: skip


def test_two_questions_of_one_unsur_do_not_say_whose_answers_they_are() -> None:
    tallies = {Slot("U1", ke): Tally(HALF) for ke in (0, 1)}
    hasil = result(T4, Cell(T4, None, None, None, 36, tallies))
    assert refusal(hasil, "U1") is Sebab.GANDA
    assert unsur_certainty(hasil, "U1") is None


def test_a_second_question_that_nobody_answered_is_no_question() -> None:
    tallies = {Slot("U1", 0): Tally(HALF), Slot("U1", 1): Tally()}
    assert refusal(result(T4, Cell(T4, None, None, None, 36, tallies)), "U1") is None


def test_each_part_of_a_mean_must_be_certain_enough() -> None:
    assert refusal(result(S2, cell(T3, (0, 0, 9, 9)), cell(T4, HALF)), "U1") is Sebab.SEDIKIT
    assert refusal(result(S2, cell(T4, HALF)), "U1") is None
    assert refusal(result(S2, cell(T4, (0, 0, 0, 0))), "U1") is Sebab.SEDIKIT


def test_a_group_takes_its_own_scores() -> None:
    """KTP: 20 mean scores of 3 and 20 of 4: s² = 10 / 39, SE = 25·√(10 / 39 / 40) = 2,0016."""
    ktp = [SkorCell(T4, "ktp", t, None, 2, 20, 20 * s, 20 * s * s) for t, s in (("a", 6), ("b", 8))]
    kk = [SkorCell(T4, "kk", "a", None, 2, 40, 80, 400)]
    hasil = Hasil(find_method(), 40, (), nilai=Fraction("87.5"))
    group = Kelompok(((Per.LAYANAN, "ktp"),), HasilPeriode(T4, hasil, Cara.LANGSUNG))
    found = group_certainty(group, [*ktp, *kk])
    assert found is not None
    assert float(found.galat) == pytest.approx(2.0016, abs=5e-5)
    here = Kelompok(((Per.LAYANAN, "ktp"), (Per.TITIK, "a")), group.hasil)
    assert group_certainty(here, [*ktp, *kk]) is None


@pytest.mark.parametrize(
    ("dari", "ikm", "sampai", "text"),
    [
        ("88.31", "90", "92", "A, hampir pasti"),
        ("88.304", "90", "92", "A, bisa B"),
        ("86", "88.30", "88.304", "B, hampir pasti"),
        ("76.60", "80", "88.31", "B, bisa A atau C"),
        ("60", "70", "76.604", "C, bisa D"),
    ],
)
def test_the_letter_in_words(dari: str, ikm: str, sampai: str, text: str) -> None:
    sure = Kepastian(Decimal(ikm), Fraction(1), Fraction(dari), Fraction(sampai))
    assert letter_text(sure, tabel_mutu()) == text


def test_changes_are_corrected_over_all_unsur() -> None:
    """Of 36, threes: U1 18 → 8 (z = 2,526), U2 18 → 30 (z = −3,161), U3 does not move.

    p = 0,01155 and 0,00157; times 2 and 3: 0,0231 and 0,0047. U4 has too few answers.
    """
    before = result(T3, cell(T3, HALF, HALF, HALF, (0, 0, 9, 9)))
    now = result(T4, cell(T4, (0, 0, 8, 28), (0, 0, 30, 6), HALF, HALF))
    up, down, same = unsur_changes(now, before)
    assert [c.kode for c in (up, down, same)] == ["U1", "U2", "U3"]
    assert [c.arah for c in (up, down, same)] == [Arah.NAIK, Arah.TURUN, Arah.BELUM]
    assert (up.beda.selisih, down.beda.selisih) == (Decimal("6.94"), Decimal("-8.33"))
    assert float(up.p) == pytest.approx(0.0231, abs=5e-5)
    assert float(down.p) == pytest.approx(0.0047, abs=5e-5)
    assert same.p == 1


def test_a_change_that_stands_alone_may_fall_among_others() -> None:
    """The move of U1 alone is real at 5 %; among four that do not move it is not."""
    alone = result(T3, cell(T3, HALF)), result(T4, cell(T4, (0, 0, 9, 27)))
    among = result(T3, cell(T3, *[HALF] * 4)), result(T4, cell(T4, (0, 0, 9, 27), *[HALF] * 3))
    assert unsur_changes(alone[1], alone[0])[0].arah is Arah.NAIK
    assert unsur_changes(among[1], among[0])[0].arah is Arah.BELUM
