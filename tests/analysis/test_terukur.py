"""What is kept by tallies is what is computed from the cells each time."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.agregasi import Agregasi, Aturan
from skm.analysis.groups import Per, group_results
from skm.analysis.terukur import Terukur, measure_groups, measured
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import Periode, parse_period
from skm.rekap import Cell, Slot, UnsurSpec

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
UNSUR = (UnsurSpec("U1", "Satu"), UnsurSpec("U2", "Dua", pertanyaan=2))
RULES = [
    Aturan(UNSUR, find_method(nama), cara)
    for nama in ("penuh", "bertahap")
    for cara in Agregasi
]  # fmt: skip
PER = (Per.LAYANAN, Per.TITIK)


@st.composite
def cells(draw: st.DrawFn) -> list[Cell]:
    places = st.tuples(
        st.sampled_from((T3, T4)), st.sampled_from("ab"), st.sampled_from((None, "x"))
    )
    counts = st.tuples(*[st.integers(0, 40)] * 4)
    return [
        Cell(
            periode, layanan, titik, None, draw(st.integers(1, 200)),
            {slot: Tally(draw(counts)) for slot in (Slot("U1"), Slot("U2"), Slot("U2", 1))},
        )
        for periode, layanan, titik in draw(st.lists(places, max_size=6))
    ]  # fmt: skip


def directly(found: Sequence[Cell], aturan: Aturan, periode: Periode) -> list[Terukur]:
    return [measured(k) for k in group_results(found, aturan, periode, PER)]


@settings(deadline=None)
@given(cells(), st.sampled_from(RULES), st.sampled_from((T4, S2)))
def test_kept_groups_are_those_computed_anew(
    found: list[Cell], aturan: Aturan, periode: Periode
) -> None:
    """Also with an answer more to the first cell, and as it was before."""
    more = [c._replace(responden=c.responden + 1) if not at else c for at, c in enumerate(found)]
    for counted in (found, more, found):
        assert measure_groups(counted, aturan, periode, PER) == directly(counted, aturan, periode)


def one(tally: Tally, aturan: Aturan = RULES[0], periode: Periode = T4) -> Terukur:
    cell = Cell(T4, "a", "x", None, tally.n, {Slot("U1"): tally})
    (found,) = measure_groups([cell], aturan, periode, PER)
    return found


def test_a_group_has_the_errors_of_what_can_be_compared() -> None:
    """U1: half of 40 at 3 and half at 4, s² = 10 / 39; U2 has no answers."""
    found = one(Tally((0, 0, 20, 20)))
    ((unsur, error),) = found.galat
    assert (unsur.kode, unsur.ikm) == ("U1", Fraction("87.5"))
    assert float(error) == pytest.approx(25 * (10 / 39 / 40) ** 0.5)
    assert found.kelompok.kunci == ((Per.LAYANAN, "a"), (Per.TITIK, "x"))


@pytest.mark.parametrize("tally", [Tally((0, 0, 9, 20)), Tally((0, 0, 0, 40))])
def test_few_or_equal_answers_have_no_error(tally: Tally) -> None:
    assert one(tally).galat == ()


def test_other_rules_and_other_periods_are_not_mistaken_for_each_other() -> None:
    tally = Tally((0, 1, 20, 20))
    penuh, bertahap = one(tally).kelompok.hasil, one(tally, RULES[2]).kelompok.hasil
    assert (penuh.hasil.unsur[0].nrr, bertahap.hasil.unsur[0].nrr) == (
        Fraction(142, 41), Fraction("3.463"),
    )  # fmt: skip
    assert one(tally, periode=S2).kelompok.hasil.periode == S2
