"""What a cell weighs: the gain against the IKM computed anew, and who is on the list."""

from __future__ import annotations

from fractions import Fraction
from math import erfc, sqrt

from hypothesis import given, settings
from hypothesis import strategies as st

from skm.agregasi import Agregasi, Aturan, HasilPeriode, compute_period
from skm.analysis.groups import Per, group_results
from skm.analysis.holm import holm
from skm.analysis.kepastian import Z
from skm.analysis.kepastian_unsur import unsur_certainty
from skm.analysis.prioritas import (
    CUKUP_YAKIN,
    HAMPIR_PASTI,
    find_targets,
    gain,
    judged_respondents,
    place_text,
    priority_table,
)
from skm.analysis.terukur import Terukur, measured
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import parse_period
from skm.rekap import Cell, Slot, UnsurSpec

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
ATURAN = Aturan((UnsurSpec("U1", "Satu"), UnsurSpec("U2", "Dua")), find_method())
Counts = tuple[int, int, int, int]
GOOD: Counts = (0, 0, 20, 80)
NAMES = {Per.LAYANAN: {"ktp": "KTP", "kk": "Kartu Keluarga"}, Per.TITIK: {"a": "Loket Utara"}}


def cell(layanan: str, u1: Counts, u2: Counts = GOOD, periode: str = "2024-T4") -> Cell:
    tallies = {Slot("U1"): Tally(u1), Slot("U2"): Tally(u2)}
    return Cell(parse_period(periode), layanan, "a", None, max(sum(u1), sum(u2)), tallies)


def unit(*cells: Cell, aturan: Aturan = ATURAN) -> HasilPeriode:
    return compute_period(cells, T4, aturan)


def groups(*cells: Cell) -> list[Terukur]:
    return [measured(k) for k in group_results(cells, ATURAN, T4, (Per.LAYANAN,))]


@given(st.integers(1, 50), st.integers(0, 60))
def test_the_gain_is_what_the_ikm_computed_anew_gains(pairs: int, blank: int) -> None:
    """Half of the unit stands at 2, half at 4: its mean is 3. Then the first half rises to 3.

    U2 has answers of more people than U1: only those of the unsur count.
    """
    rest = cell("kk", (0, 0, 0, 2 * pairs), (0, blank, 0, 2 * pairs))
    weak = cell("ktp", (0, 2 * pairs, 0, 0), (0, 0, 2 * pairs, 0))
    raised = cell("ktp", (0, 0, 2 * pairs, 0), (0, 0, 2 * pairs, 0))
    before, after = unit(rest, weak).hasil.nilai, unit(rest, raised).hasil.nilai
    assert before is not None
    assert after is not None
    assert gain(unit(rest, weak), unit(weak), "U1") == after - before


def test_the_gain_of_a_mean_of_quarters_is_the_mean_of_the_gains() -> None:
    """T4 as above: 25 x 1/2 x 1/2 = 6,25 points; T3 has no such cell; their mean is 3,125."""
    weak, rest = cell("ktp", (0, 40, 0, 0)), cell("kk", (0, 0, 0, 40))
    earlier = cell("kk", (0, 0, 0, 40), periode="2024-T3")
    whole = compute_period([weak, rest, earlier], S2, ATURAN)
    assert gain(unit(weak, rest), unit(weak), "U1") == Fraction("12.5") / 2
    assert gain(whole, compute_period([weak], S2, ATURAN), "U1") == Fraction("3.125")


def test_pooled_answers_are_one_sample() -> None:
    pooled = Aturan(ATURAN.unsur, ATURAN.metode, Agregasi.GABUNGAN)
    cells = [cell("ktp", (0, 40, 0, 0)), cell("kk", (0, 0, 0, 120), periode="2024-T3")]
    whole, part = (compute_period(c, S2, pooled) for c in (cells, cells[:1]))
    assert gain(whole, part, "U1") == Fraction(40, 160) * (Fraction("87.5") - 50) / 2


def test_a_cell_above_the_unit_has_nothing_to_gain() -> None:
    weak, rest = cell("ktp", (0, 40, 0, 0)), cell("kk", (0, 0, 0, 40))
    assert gain(unit(weak, rest), unit(rest), "U1") < 0
    assert gain(unit(weak, rest), unit(weak), "U9") == 0


def test_the_list_holds_what_is_certain_and_weighs_most_first() -> None:
    """U1 of 100 at 3,2 and of 40 at 2,9, of the rest at 3,9."""
    cells = [
        cell("ktp", (0, 10, 60, 30)),
        cell("akta", (0, 12, 20, 8), (0, 0, 8, 32)),
        cell("kk", (0, 0, 30, 270), (0, 0, 60, 240)),
    ]
    found = find_targets(unit(*cells), groups(*cells))
    assert (found.kelompok, found.perbandingan) == (3, 6)
    assert [(s.kelompok.kode(Per.LAYANAN), s.unsur.kode) for s in found.sasaran] == [
        ("ktp", "U1"), ("akta", "U1"),
    ]  # fmt: skip
    # The unit: (320 + 116 + 1170) / 440 x 25 = 91,25; ktp: 80, akta: 72,5.
    first, second = found.sasaran
    assert (first.ikm_unit, first.unsur.ikm, second.unsur.ikm) == (Fraction("91.25"), 80, 72.5)
    assert first.tambahan == Fraction(100, 440) * Fraction("11.25") / 2
    assert second.tambahan == Fraction(40, 440) * Fraction("18.75") / 2
    assert [s.keyakinan for s in found.sasaran] == [HAMPIR_PASTI, HAMPIR_PASTI]


def test_a_weakness_that_many_comparisons_could_bring_by_chance_is_said_to_be_less_sure() -> None:
    """U1 of ktp: z = -2,13 is real alone (p = 0,033), but not as one of four (0,13)."""
    cells = [cell("ktp", (0, 0, 24, 12), (0, 0, 18, 18)), cell("kk", (0, 0, 150, 164), GOOD)]
    found = find_targets(unit(*cells), groups(*cells)).sasaran
    assert [s.keyakinan for s in found if s.unsur.kode == "U1"] == [CUKUP_YAKIN]


def test_a_cell_below_the_unit_that_chance_explains_is_not_on_the_list() -> None:
    """U1 of ktp 86,11 ± 4,12 reaches above the unit's 88,69."""
    cells = [cell("ktp", (0, 0, 20, 16), (0, 0, 18, 18)), cell("kk", (0, 0, 132, 168), GOOD)]
    whole, (ktp, _) = unit(*cells), groups(*cells)
    assert gain(whole, ktp.kelompok.hasil, "U1") > 0
    assert all(s.unsur.kode != "U1" for s in find_targets(whole, [ktp]).sasaran)


TALLY = st.tuples(*[st.integers(0, 60)] * 4)


@settings(deadline=None)
@given(st.lists(st.tuples(TALLY, TALLY), min_size=1, max_size=5))
def test_the_list_is_of_every_interval_below_the_unit(marks: list[tuple[Counts, Counts]]) -> None:
    """By the intervals themselves, and Holm's p of every comparison as a fraction."""
    cells = [cell(f"l{at}", *pair) for at, pair in enumerate(marks)]
    whole = unit(*cells)
    ikm = {u.kode: u.ikm for u in whole.hasil.unsur}
    weak, chances = {}, {}
    for group in groups(*cells):
        for unsur in group.kelompok.hasil.hasil.unsur:
            sure = unsur_certainty(group.kelompok.hasil, unsur.kode)
            below = (ikm[unsur.kode] or 0) - (unsur.ikm or 0)
            if sure is not None:
                key = group.kelompok.kode(Per.LAYANAN), unsur.kode
                chances[key] = Fraction(erfc(float(abs(below) / sure.galat) / sqrt(2)))
                weak[key] = below > Z * sure.galat
    adjusted = dict(zip(chances, holm(list(chances.values())), strict=True))
    found = find_targets(whole, groups(*cells))
    assert found.perbandingan == len(chances)
    assert {(s.kelompok.kode(Per.LAYANAN), s.unsur.kode): s.pasti for s in found.sasaran} == {
        key: adjusted[key] <= Fraction(1, 20) for key, is_weak in weak.items() if is_weak
    }


def test_few_answers_are_never_on_the_list() -> None:
    few, rest = cell("ktp", (29, 0, 0, 0), (0, 0, 9, 20)), cell("kk", (0, 0, 30, 270))
    found = find_targets(unit(few, rest), groups(few, rest))
    assert found.kelompok == 1
    assert not found.sasaran
    assert judged_respondents(groups(few, rest)) == 300


def test_the_table_keeps_ten_and_counts_the_rest() -> None:
    weak = [cell(f"l{at:02}", (0, 20, 20, 0), (0, 0, 20, 20)) for at in range(12)]
    cells = [*weak, cell("kk", (0, 0, 300, 2700), (0, 0, 1500, 1500))]
    found = find_targets(unit(*cells), groups(*cells))
    tabel = priority_table(found, NAMES, "Judul")
    assert (len(found.sasaran), len(tabel.baris)) == (12, 10)
    assert tabel.catatan.split(". ")[1].startswith("2 kelemahan")


def test_a_row_in_print() -> None:
    """ktp U1: 80,00, s² = 36 / 99, SE = 25·√(36 / 99 / 100) = 1,5076, times 1,96 = 2,95."""
    cells = [cell("ktp", (0, 10, 60, 30)), cell("kk", (0, 0, 30, 270), (0, 0, 60, 240))]
    tabel = priority_table(find_targets(unit(*cells), groups(*cells)), NAMES, "Judul")
    assert tabel.baris == (
        ("1", "Jenis layanan", "KTP", "U1 Satu", "100", "80,00", "2,95", "93,13", "+1,64",
         HAMPIR_PASTI),
    )  # fmt: skip


def test_where_a_cell_of_two_dimensions_is() -> None:
    cells = [cell("ktp", GOOD)]
    (group,) = group_results(cells, ATURAN, T4, (Per.LAYANAN, Per.TITIK))
    assert place_text(group, NAMES) == "KTP · Loket Utara"
