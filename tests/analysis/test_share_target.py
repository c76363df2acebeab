from decimal import Decimal
from fractions import Fraction

import pytest

from skm.analysis.share import ordered, shares
from skm.analysis.tables import percent_text, share_table
from skm.analysis.target import achievement
from skm.periode import parse_period

# LKIP 2024, respondents of triwulan IV per layanan and the percentages printed beside them.
LKIP = [
    (303, "19,42"),
    (297, "19,04"),
    (199, "12,76"),
    (181, "11,60"),
    (158, "10,13"),
    (139, "8,91"),
    (99, "6,35"),
    (74, "4,74"),
    (54, "3,46"),
    (21, "1,35"),
    (20, "1,28"),
    (13, "0,83"),
    (1, "0,06"),
    (1, "0,06"),
]


def test_percentages_of_the_lkip() -> None:
    parts = shares((str(i), n) for i, (n, _) in enumerate(LKIP))
    assert [percent_text(p.persen) for p in parts] == [f"{text}%" for _, text in LKIP]
    table = share_table("x", "X", "Layanan", parts)
    assert table.kaki == ("Jumlah", "1.560", "100,00%")


def test_nobody() -> None:
    parts = shares([("a", 0), ("b", 0)])
    assert [p.persen for p in parts] == [0, 0]
    assert share_table("x", "X", "Y", parts).kaki[2] == "—"


def test_the_surveys_order_comes_first_and_nothing_is_lost() -> None:
    assert ordered({"z": 2, "b": 1}, ["a", "b"]) == [("a", 0), ("b", 1), ("z", 2)]


TARGET = {
    parse_period(k): Decimal(v)
    for k, v in {"2023": "95.00", "2024": "84.20", "2024-T4": "84.20", "2024-T2": "84.00"}.items()
}


@pytest.mark.parametrize(
    ("periode", "ikm", "persen"),
    [
        ("2024", "93.71", "111,29%"),  # Tabel 3.9
        ("2024-T4", "93.86", "111,47%"),  # bagian B
        ("2023", "91.55", "96,37%"),  # the source cuts it to 96,36
    ],
)
def test_achievement_as_published(periode: str, ikm: str, persen: str) -> None:
    reached = achievement(parse_period(periode), Decimal(ikm), TARGET)
    assert percent_text(reached.persen) == persen


def test_a_semester_borrows_the_target_of_its_last_quarter() -> None:
    reached = achievement(parse_period("2024-S1"), Decimal("84.00"), TARGET)
    assert (reached.periode.kode, reached.persen) == ("2024-T2", Fraction(100))


def test_without_target_or_answers() -> None:
    assert achievement(parse_period("2024-T3"), Decimal("93.70"), TARGET) is None
    assert achievement(parse_period("2024"), None, TARGET).persen is None
