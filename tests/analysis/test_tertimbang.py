"""Weighting by the people served: figures by hand, what is taken together, what is refused."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from statistics import variance

import pytest

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.tertimbang import (
    Dilayani,
    TakTertimbang,
    Tertimbang,
    Tolakan,
    collapse,
    weigh,
)
from skm.ikm import Tally
from skm.metode import find_method, own_weight
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot, UnsurSpec

T3, T4, S2 = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2"))
ATURAN = Aturan((UnsurSpec("U1", "Satu"), UnsurSpec("U2", "Dua")), find_method())
Answers = dict[str | None, list[tuple[int, int]]]


def measured(
    periods: dict[Periode, Answers], aturan: Aturan = ATURAN
) -> tuple[list[Cell], list[SkorCell]]:
    cells, scores = [], []
    for periode, by_layanan in periods.items():
        for layanan, sheets in by_layanan.items():
            tallies = {
                Slot(kode): Tally.of([s[at] for s in sheets])
                for at, kode in enumerate(("U1", "U2"))
            }
            cells.append(Cell(periode, layanan, None, None, len(sheets), tallies))
            sums = [sum(s) for s in sheets]
            squares = sum(s * s for s in sums)
            scores.append(
                SkorCell(periode, layanan, None, None, 2, len(sheets), sum(sums), squares)
            )
    return cells, scores


def weighed(
    periods: dict[Periode, Answers],
    dilayani: Dilayani,
    periode: Periode = T4,
    aturan: Aturan = ATURAN,
) -> Tertimbang | TakTertimbang:
    cells, scores = measured(periods)
    result: HasilPeriode = compute_period(cells, periode, aturan)
    return weigh(result, cells, scores, aturan, dilayani)


GOOD, WEAK = [(4, 4), (4, 3)] * 50, [(2, 2), (2, 3)] * 20
"""100 sheets with scores 4 and 3,5: IKM 93,75; 40 with 2 and 2,5: IKM 56,25."""


def test_the_weighted_ikm_and_its_error_by_hand() -> None:
    """Official: (100·93,75 + 40·56,25) / 140 = 83,04. People 1000 and 3000: 0,25·93,75 + 0,75·56,25
    = 65,625. Both spreads are 0,25² · n/(n-1)."""
    found = weighed({T4: {"a": GOOD, "b": WEAK}}, {T4: {"a": 1000, "b": 3000}})
    assert isinstance(found, Tertimbang)
    assert str(found.ikm) == "65.63"
    s_a, s_b = variance([4, 3.5] * 50), variance([2, 2.5] * 20)
    expected = 25 * sqrt(
        0.25**2 * (1 - 100 / 1000) * s_a / 100 + 0.75**2 * (1 - 40 / 3000) * s_b / 40
    )
    assert found.kepastian is not None
    assert float(found.kepastian.galat) == pytest.approx(expected, rel=1e-12)
    # Kish: weights 10 and 75: 140 · (100·100 + 40·5625) / (1000 + 3000)² = 2,05625; 140 / 2,05625.
    assert found.kish == Fraction(329, 160)
    assert found.setara == 68


def test_proportional_people_give_the_official_figure() -> None:
    found = weighed({T4: {"a": GOOD, "b": WEAK}}, {T4: {"a": 1000, "b": 400}})
    assert isinstance(found, Tertimbang)
    cells, _ = measured({T4: {"a": GOOD, "b": WEAK}})
    assert found.ikm == compute_period(cells, T4, ATURAN).hasil.ikm
    assert (found.kish, found.setara) == (1, 140)
    assert found.efek is not None
    assert found.efek < 1  # strata that differ make the mean surer than a simple sample


def test_a_mean_of_quarters_is_weighted_in_each() -> None:
    """T3 with its own people, T4 with the shares of the semester, hence without a correction."""
    parts: dict[Periode, Answers] = {T3: {"a": GOOD, "b": WEAK}, T4: {"a": GOOD, "b": WEAK}}
    both = weighed(parts, {T3: {"a": 200, "b": 200}, S2: {"a": 300, "b": 100}}, S2)
    first = weighed(parts, {T3: {"a": 200, "b": 200}}, T3)
    second = weighed(parts, {S2: {"a": 300, "b": 100}}, T4)
    assert isinstance(both, Tertimbang)
    assert isinstance(first, Tertimbang)
    assert isinstance(second, Tertimbang)
    # (75,00 + 84,375) / 2
    assert str(both.ikm) == "79.69"
    assert first.kepastian and second.kepastian and both.kepastian
    together = sqrt(float(first.kepastian.galat) ** 2 + float(second.kepastian.galat) ** 2) / 2
    assert float(both.kepastian.galat) == pytest.approx(together)
    s_a, s_b = variance([4, 3.5] * 50), variance([2, 2.5] * 20)
    free = 25 * sqrt(0.75**2 * s_a / 100 + 0.25**2 * s_b / 40)
    assert float(second.kepastian.galat) == pytest.approx(free)


def test_small_layanan_are_taken_together_and_empty_ones_with_them() -> None:
    found = weighed(
        {T4: {"a": GOOD, "b": WEAK, "c": WEAK[:10], "d": WEAK[:25]}},
        {T4: {"a": 1000, "b": 1000, "c": 200, "d": 300, "e": 100}},
    )
    assert isinstance(found, Tertimbang)
    assert set(found.digabung) == {"c", "d", "e"}
    assert found.kosong == ("e",)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"a": 30, "b": 40}, [("a",), ("b",)]),
        ({"a": 29, "b": 40, "c": 50}, [("c",), ("a", "b")]),
        ({"a": 10, "b": 20, "c": 50}, [("c",), ("a", "b")]),
        ({"a": 0, "b": 31, "c": 50}, [("c",), ("a", "b")]),
        ({"a": 5, "b": 6}, [("a", "b")]),
    ],
)
def test_groups_of_thirty(sizes: dict[str, int], groups: list[tuple[str, ...]]) -> None:
    assert collapse(sizes) == groups


@pytest.mark.parametrize(
    ("dilayani", "alasan", "layanan"),
    [
        ({}, Tolakan.TANPA_POPULASI, ()),
        ({T4: {"a": 1000}}, Tolakan.KURANG_POPULASI, ("b",)),
        ({T4: {"a": 1000, "b": 39}}, Tolakan.TERLALU_BANYAK, ("b",)),
        ({T4: {"a": 800, "b": 90, "z": 110}}, Tolakan.KOSONG, ("z",)),
    ],
)
def test_what_cannot_be_weighed_is_refused_by_name(
    dilayani: Dilayani, alasan: Tolakan, layanan: tuple[str, ...]
) -> None:
    found = weighed({T4: {"a": GOOD, "b": WEAK}}, dilayani)
    assert found == TakTertimbang(alasan, T4, layanan)


def test_one_group_is_nothing_to_weigh() -> None:
    found = weighed({T4: {"a": GOOD, "b": WEAK[:5]}}, {T4: {"a": 900, "b": 100}})
    assert found == TakTertimbang(Tolakan.SATU, T4)
    alone = weighed({T4: {"a": GOOD[:1]}}, {T4: {"a": 900}})
    assert alone == TakTertimbang(Tolakan.SATU, T4)


def test_answers_without_a_layanan_are_told() -> None:
    found = weighed({T4: {"a": GOOD, "b": WEAK, None: WEAK[:7]}}, {T4: {"a": 1000, "b": 900}})
    assert isinstance(found, Tertimbang)
    assert found.tanpa_layanan == 7


def test_unequal_weights_of_unsur_have_a_figure_without_an_error() -> None:
    weight = own_weight({"U1": Fraction(7, 10), "U2": Fraction(3, 10)})
    aturan = Aturan(ATURAN.unsur, find_method().with_weight(weight))
    found = weighed({T4: {"a": GOOD, "b": WEAK}}, {T4: {"a": 1000, "b": 1000}}, aturan=aturan)
    assert isinstance(found, Tertimbang)
    assert found.kepastian is None
    # a: (0,7·4 + 0,3·3,5)·25 = 96,25; b: (0,7·2 + 0,3·2,5)·25 = 53,75
    assert str(found.ikm) == "75.00"
