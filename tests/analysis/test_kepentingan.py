"""Derived importance: the correlation and its error by numpy, the quadrants by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.kepentingan import Kuadran, correlation, importance_map, quadrant
from skm.ikm import Tally
from skm.metode import find_method
from skm.periode import parse_period
from skm.rekap import Cell, Pola, Slot, UnsurSpec

T4 = parse_period("2024-T4")


@settings(deadline=None)  # the first call of the oracle takes long
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 4), st.integers(8, 32)), st.integers(1, 40), min_size=3
    )
)
def test_correlation_and_error_as_numpy_has_them(pairs: dict[tuple[int, int], int]) -> None:
    """The error from the influence of every single sheet: Σ IF² / n²."""
    rows = np.array([pair for pair, n in pairs.items() for _ in range(n)], dtype=float)
    found = correlation(pairs)
    if np.ptp(rows[:, 0]) == 0 or np.ptp(rows[:, 1]) == 0:
        assert found is None
        return
    zx, zy = ((rows[:, i] - rows[:, i].mean()) / rows[:, i].std() for i in (0, 1))
    r = float((zx * zy).mean())
    influence = zx * zy - r / 2 * (zx**2 + zy**2)
    assert found is not None
    assert float(found[0]) == pytest.approx(r, abs=1e-9)
    error = float(np.sqrt((influence**2).sum()) / len(rows))
    assert float(found[1]) == pytest.approx(error, abs=1e-7)


def test_the_error_covers_the_population_s_correlation() -> None:
    """200 of 5.000 ordinal sheets, 400 times: the 95 % interval holds the truth 92 to 98 %."""
    chance = random.Random(11)  # noqa: S311
    people = []
    for _ in range(5000):
        leaning = chance.randint(-2, 2)
        marks = [min(4, max(1, (chance.randint(5, 10) + leaning) // 2)) for _ in range(9)]
        people.append((marks[0], sum(marks[1:])))
    truth = np.corrcoef(np.array(people).T)[0, 1]
    held = 0
    for _ in range(400):
        pairs: dict[tuple[int, int], int] = {}
        for pair in chance.choices(people, k=200):
            pairs[pair] = pairs.get(pair, 0) + 1
        found = correlation(pairs)
        assert found is not None
        held += abs(float(found[0]) - truth) <= 1.96 * float(found[1])
    assert 0.92 <= held / 400 <= 0.98


@pytest.mark.parametrize(
    ("penting", "baik", "kuadran"),
    [
        (True, False, Kuadran.UTAMA),
        (True, True, Kuadran.PERTAHANKAN),
        (False, False, Kuadran.RENDAH),
        (False, True, Kuadran.JAGA),
    ],
)
def test_the_four_quadrants(penting: bool, baik: bool, kuadran: Kuadran) -> None:
    assert quadrant(penting=penting, baik=baik) is kuadran


def mapped(sheets: dict[str, int], codes: tuple[str, ...]) -> tuple[HasilPeriode, list[Pola]]:
    slots = tuple(Slot(c) for c in codes)
    columns = {
        slot: Tally.of([int(s[at]) for s, n in sheets.items() if s[at] != "-" for _ in range(n)])
        for at, slot in enumerate(slots)
    }
    aturan = Aturan(tuple(UnsurSpec(c, c) for c in codes), find_method())
    cell = Cell(T4, None, None, None, sum(sheets.values()), columns)
    return compute_period([cell], T4, aturan), [Pola(slots, s, n) for s, n in sheets.items()]


def test_an_unsur_that_moves_with_the_rest_and_is_low_comes_first() -> None:
    """U1 to U3 move together, U1 one lower; U4 goes its own way and is high."""
    sheets = {"1224": 50, "1223": 50, "2334": 50, "2333": 50, "3444": 50, "3443": 50}
    hasil, pola = mapped(sheets, ("U1", "U2", "U3", "U4"))
    peta = importance_map(hasil, pola)
    quadrants = {t.kode: (t.kuadran, t.jelas) for t in peta.titik}
    assert quadrants["U1"] == (Kuadran.UTAMA, True)
    assert quadrants["U4"] == (Kuadran.JAGA, True)
    assert peta.batas_ikm == hasil.hasil.nilai
    assert peta.lengkap == 300


def test_an_unsur_of_several_questions_goes_by_their_sum() -> None:
    """U1 is asked twice: its sum beside U2 and U3 of each complete sheet, by numpy."""
    slots = (Slot("U1"), Slot("U2"), Slot("U1", 1), Slot("U3"))
    sheets = {"1221": 10, "2334": 15, "3443": 20, "4144": 5, "4444": 30, "1-11": 40}
    hasil, _ = mapped(sheets, ("U1", "U2", "UX", "U3"))
    peta = importance_map(hasil, [Pola(slots, s, n) for s, n in sheets.items()])
    x = np.array([[int(m) for m in s] for s, n in sheets.items() if "-" not in s for _ in range(n)])
    own = {"U1": x[:, 0] + x[:, 2], "U2": x[:, 1], "U3": x[:, 3]}
    assert peta.lengkap == 80
    assert {t.kode for t in peta.titik} == set(own)
    for titik in peta.titik:
        mine = own[titik.kode]
        expected = np.corrcoef(mine, x.sum(axis=1) - mine)[0, 1]
        assert float(titik.korelasi) == pytest.approx(expected, abs=1e-12)


def test_an_unsur_that_never_varies_has_no_importance() -> None:
    sheets = {"1224": 20, "2334": 20, "3444": 20}
    hasil, pola = mapped(sheets, ("U1", "U2", "U3", "U4"))
    assert [t.kode for t in importance_map(hasil, pola).titik] == ["U1", "U2", "U3"]


@pytest.mark.parametrize("times", [1, 9])
def test_too_few_complete_sheets_have_no_map(times: int) -> None:
    hasil, pola = mapped({"123": times, "234": times, "341": times, "11-": 50}, ("U1", "U2", "U3"))
    assert importance_map(hasil, pola).titik == ()


def test_two_unsur_have_no_map() -> None:
    hasil, pola = mapped({"12": 40, "34": 40, "43": 40}, ("U1", "U2"))
    assert importance_map(hasil, pola).titik == ()
