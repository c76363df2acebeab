"""How often the 95 % interval holds the truth: 2,000 samples from a known population.

A population of 600 people answers nine unsur; each has an own leaning, so that the answers of one
sheet go together. 150 are drawn without replacement, a quarter: the correction counts.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.kepastian import ikm_certainty
from skm.analysis.kepastian_unsur import unsur_certainty
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import parse_period
from skm.rekap import Cell, SkorCell, Slot, UnsurSpec

pytestmark = pytest.mark.lambat

T4 = parse_period("2024-T4")
DRAWS, N, UNSUR = 2_000, 150, 9
KODE = [f"U{at}" for at in range(1, UNSUR + 1)]
ATURAN = Aturan(tuple(UnsurSpec(kode, kode) for kode in KODE), find_method())
Sheet = tuple[int, ...]


def population(chance: random.Random) -> list[Sheet]:
    """600 sheets: the own leaning (-2 to 2) moves all nine answers of a sheet."""
    people = []
    for _ in range(600):
        leaning = chance.randint(-2, 2)
        marks = (chance.randint(5, 10) + leaning for _ in KODE)
        people.append(tuple(min(4, max(1, mark // 2)) for mark in marks))
    return people


def measured(sheets: list[Sheet]) -> tuple[HasilPeriode, list[SkorCell]]:
    tallies = {Slot(k): Tally.of(v) for k, v in zip(KODE, zip(*sheets, strict=True), strict=True)}
    sums = [sum(sheet) for sheet in sheets]
    n = len(sheets)
    score = SkorCell(T4, None, None, None, UNSUR, n, sum(sums), sum(s * s for s in sums))
    return compute_period([Cell(T4, None, None, None, n, tallies)], T4, ATURAN), [score]


@pytest.fixture(scope="module")
def coverage() -> dict[str, Fraction]:
    """How many of the intervals hold the population's own figure, in percent."""
    chance = random.Random(14_2017)  # noqa: S311
    people = population(chance)
    true_ikm = Fraction(25 * sum(map(sum, people)), UNSUR * len(people))
    true_u1 = Fraction(25 * sum(sheet[0] for sheet in people), len(people))
    held = dict.fromkeys(("ikm", "unsur", "tanpa populasi"), 0)
    for _ in range(DRAWS):
        hasil, scores = measured(chance.sample(people, N))
        whole = ikm_certainty(hasil, scores, {T4: len(people)})
        unsur = unsur_certainty(hasil, "U1", {T4: len(people)})
        unbound = ikm_certainty(hasil, scores)
        for name, truth, found in (
            ("ikm", true_ikm, whole),
            ("unsur", true_u1, unsur),
            ("tanpa populasi", true_ikm, unbound),
        ):
            assert found is not None
            held[name] += found.dari <= truth <= found.sampai
    return {name: Fraction(100 * n, DRAWS) for name, n in held.items()}


@pytest.mark.parametrize("what", ["ikm", "unsur"])
def test_the_interval_holds_the_truth_as_often_as_it_says(
    coverage: dict[str, Fraction], what: str
) -> None:
    assert 93 <= coverage[what] <= 97


def test_without_the_served_population_it_is_on_the_careful_side(
    coverage: dict[str, Fraction],
) -> None:
    """√(1 - 150/600) = 0,866: 1,96 / 0,866 = 2,263 errors hold 97,6 %."""
    assert coverage["ikm"] < coverage["tanpa populasi"] <= 99


def test_taking_answers_for_people_would_promise_too_much() -> None:
    """Answers of one person go together: 1,350 answers say less than 1,350 people would."""
    sheets = population(random.Random(9))  # noqa: S311
    means = [Fraction(sum(sheet), UNSUR) for sheet in sheets]
    middle = sum(means) / len(means)
    of_people = sum((m - middle) ** 2 for m in means) / (len(means) - 1) / len(means)
    marks = [mark for sheet in sheets for mark in sheet]
    of_answers = sum((v - middle) ** 2 for v in marks) / (len(marks) - 1) / len(marks)
    assert of_people > 2 * of_answers
