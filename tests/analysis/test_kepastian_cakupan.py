"""How often the 95 % interval holds the truth: 2,000 samples from a known population.

A population of 600 people answers nine unsur; each has an own leaning, so that the answers of one
sheet go together. 150 are drawn without replacement, a quarter: the correction counts. Then three
layanan of different size and quality: drawn a fixed number from each, and drawn from all at once.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.kepastian import ikm_certainty
from skm.analysis.kepastian_unsur import unsur_certainty
from skm.analysis.tertimbang import Tertimbang, weigh
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


LAYANAN = {"besar": (1_200, -2), "sedang": (500, 0), "kecil": (300, 2)}
"""People served by layanan, and how much better or worse they are served."""
FIXED = {"besar": 60, "sedang": 60, "kecil": 60}
"""A stratified sample that asks as many in each: the unweighted IKM is far off."""


def served() -> dict[str, list[Sheet]]:
    """The people of each layanan; the small one is served best."""
    chance = random.Random(2_017)  # noqa: S311
    return {
        kode: [
            tuple(min(4, max(1, mark + shift // 2)) for mark in sheet)
            for sheet in (people_of(chance) for _ in range(n))
        ]
        for kode, (n, shift) in LAYANAN.items()
    }


def people_of(chance: random.Random) -> Sheet:
    """One person's sheet."""
    leaning = chance.randint(-2, 2)
    marks = (chance.randint(5, 10) + leaning for _ in KODE)
    return tuple(min(4, max(1, mark // 2)) for mark in marks)


def sampled(by_layanan: dict[str, list[Sheet]]) -> tuple[Tertimbang, Fraction]:
    """The weighted IKM of a sample, and the official one."""
    cells, scores = [], []
    for kode, sheets in by_layanan.items():
        columns = zip(*sheets, strict=True)
        tallies = {Slot(k): Tally.of(v) for k, v in zip(KODE, columns, strict=True)}
        sums, n = [sum(s) for s in sheets], len(sheets)
        cells.append(Cell(T4, kode, None, None, n, tallies))
        squares = sum(s * s for s in sums)
        scores.append(SkorCell(T4, kode, None, None, UNSUR, n, sum(sums), squares))
    hasil = compute_period(cells, T4, ATURAN)
    people = {kode: n for kode, (n, _) in LAYANAN.items()}
    found = weigh(hasil, cells, scores, ATURAN, {T4: people})
    assert isinstance(found, Tertimbang)
    assert hasil.hasil.nilai is not None
    return found, hasil.hasil.nilai


@pytest.fixture(scope="module")
def weighted() -> dict[str, Fraction]:
    """How many weighted intervals hold the truth in percent, by design, and the mean deviations."""
    chance = random.Random(14)  # noqa: S311
    people = served()
    everybody = [(kode, sheet) for kode, sheets in people.items() for sheet in sheets]
    total = sum(sum(sheet) for _, sheet in everybody)
    truth = Fraction(25 * total, UNSUR * len(everybody))
    held = {"berlapis": 0, "pasca": 0}
    off = {"resmi": Fraction(0), "tertimbang": Fraction(0)}
    for _ in range(DRAWS):
        fixed, official = sampled({k: chance.sample(v, FIXED[k]) for k, v in people.items()})
        off["resmi"] += official - truth
        off["tertimbang"] += Fraction(fixed.ikm) - truth
        drawn: dict[str, list[Sheet]] = {kode: [] for kode in LAYANAN}
        for kode, sheet in chance.sample(everybody, 400):
            drawn[kode].append(sheet)
        for name, found in (("berlapis", fixed), ("pasca", sampled(drawn)[0])):
            assert found.kepastian is not None
            held[name] += found.kepastian.dari <= truth <= found.kepastian.sampai
    return {
        **{name: Fraction(100 * n, DRAWS) for name, n in held.items()},
        **{name: total / DRAWS for name, total in off.items()},
    }


@pytest.mark.parametrize("design", ["berlapis", "pasca"])
def test_the_weighted_interval_holds_the_truth(weighted: dict[str, Fraction], design: str) -> None:
    assert 93 <= weighted[design] <= 97


def test_weighting_takes_away_what_an_unequal_sample_distorts(
    weighted: dict[str, Fraction],
) -> None:
    assert abs(weighted["tertimbang"]) < Fraction(1, 10)
    assert abs(weighted["resmi"]) > 3
