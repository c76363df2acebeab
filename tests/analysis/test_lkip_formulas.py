"""The formulas that an LKIP prints are those that its figures follow."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from skm.agregasi import Agregasi, Aturan, compute_period
from skm.analysis.lkip import formula_form
from skm.ikm import Tally
from skm.metode import Metode, find_method, own_weight
from skm.periode import parse_period
from skm.rekap import Cell, Slot, UnsurSpec

YEAR, S1, S2, T1, T3 = map(parse_period, ("2024", "2024-S1", "2024-S2", "2024-T1", "2024-T3"))
PLAIN = Aturan((UnsurSpec("U1", "Waktu"), UnsurSpec("U2", "Sarana")), find_method())
MEAN = "rata-rata IKM triwulan di dalamnya"
DIRECT = "dinilai langsung dengan rumus IKM unit pelayanan"
POOLED = "rumus IKM unit pelayanan atas gabungan seluruh responden"
SUM = "jumlah IKM per unsur / jumlah unsur terisi"


def formulas(aturan: Aturan, *periods: object) -> dict[str, str]:
    """Of a year in which each of these periods has one answer."""
    tallies = {Slot("U1"): Tally((0, 0, 0, 1)), Slot("U2"): Tally((0, 0, 1, 0))}
    cells = [Cell(p, None, None, None, 1, tallies) for p in periods or (T1, T3)]
    halves = [compute_period(cells, half, aturan) for half in (S1, S2)]
    filled = [half for half in halves if half.hasil.nilai is not None]
    form = formula_form(compute_period(cells, YEAR, aturan), filled, "Perumusan")
    return dict(form.baris)


def weighted(metode: Metode) -> Aturan:
    own = own_weight({"U1": Fraction(8875, 10000), "U2": Fraction(1125, 10000)})
    return replace(PLAIN, metode=metode.with_weight(own))


def test_the_usual_rules_as_in_the_lkip_of_2024() -> None:
    found = formulas(PLAIN)
    assert found["IKM unit pelayanan"] == SUM
    assert found["IKM semester"] == MEAN
    assert found["IKM tahun"] == "rata-rata IKM semester di dalamnya"


def test_pooled_answers_are_no_mean() -> None:
    found = formulas(replace(PLAIN, agregasi=Agregasi.GABUNGAN))
    assert (found["IKM semester"], found["IKM tahun"]) == (POOLED, POOLED)


@pytest.mark.parametrize("direct", [frozenset({S1}), frozenset()])
def test_a_semester_measured_directly_by_rule_or_because_its_triwulan_are_unknown(
    direct: frozenset,
) -> None:
    first = T1 if direct else S1
    found = formulas(replace(PLAIN, dinilai_langsung=direct), first, T3)
    assert (found["IKM Semester I 2024"], found["IKM Semester II 2024"]) == (DIRECT, MEAN)
    assert "IKM semester" not in found


def test_a_year_measured_directly() -> None:
    found = formulas(replace(PLAIN, dinilai_langsung=frozenset({YEAR})), YEAR)
    assert found["IKM tahun"] == DIRECT
    assert "IKM semester" not in found


@pytest.mark.parametrize(
    ("nama", "formula"),
    [
        ("penuh", "jumlah (NRR per unsur × bobot unsur) × 25"),
        ("bertahap", "jumlah (IKM per unsur × bobot unsur)"),
    ],
)
def test_own_weights_are_named(nama: str, formula: str) -> None:
    found = formulas(weighted(find_method(nama)))
    assert found["IKM unit pelayanan"] == formula
    assert found["Bobot unsur"] == "U1 0,8875; U2 0,1125"


def test_rounded_weighted_nrr_do_not_come_to_the_sum_of_unsur() -> None:
    metode = find_method("tertimbang2")
    found = formulas(replace(PLAIN, metode=metode))
    assert found["IKM unit pelayanan"] == (
        "jumlah (NRR per unsur × bobot 1/jumlah unsur terisi) × 25"
    )


def test_the_printed_constant_is_the_weight() -> None:
    unsur = tuple(UnsurSpec(f"U{i}", str(i)) for i in range(1, 10))
    found = formulas(Aturan(unsur, find_method("penuh", "0.111")))
    assert found["IKM unit pelayanan"] == "jumlah (NRR per unsur × bobot 0,111) × 25"


def test_a_part_closed_under_another_method_has_its_own_formula() -> None:
    closed = weighted(find_method())
    found = formulas(replace(PLAIN, beku=((T1, closed),)))
    assert found["IKM unit pelayanan (metode penuh · bobot 1/k)"] == SUM
    assert found["IKM unit pelayanan (metode penuh · bobot sendiri)"].endswith("bobot unsur) × 25")
    assert "Bobot unsur (metode penuh · bobot sendiri)" in found
