"""A small group's place in a table tells nothing of its figures."""

from __future__ import annotations

from skm.agregasi import Aturan, compute_period
from skm.analysis.groups import Kelompok, Per
from skm.analysis.tables import group_table, ranking_table
from skm.ikm import Tally
from skm.laporan.kecil import without_few
from skm.metode import find_method
from skm.periode import parse_period
from skm.rekap import Cell, Slot, UnsurSpec

T4 = parse_period("2024-T4")
ATURAN = Aturan((UnsurSpec("U1", "Waktu"),), find_method())
NAMES = {"a": "Aula", "b": "Balai", "c": "Cabang", "d": "Dinas", "e": "Eks Karesidenan"}


def groups(**counts: tuple[int, int, int, int]) -> list[Kelompok]:
    found = []
    for kode, marks in counts.items():
        cell = Cell(T4, None, kode, None, sum(marks), {Slot("U1"): Tally(marks)})
        found.append(Kelompok(((Per.TITIK, kode),), compute_period([cell], T4, ATURAN)))
    return found


def test_hidden_groups_stand_last_in_a_ranking_and_leave_no_gap() -> None:
    """By IKM: e 100,00 (1 respondent), b and d 75,00, c 62,50 (2), a 50,00."""
    found = groups(a=(0, 9, 0, 0), b=(0, 0, 9, 0), c=(0, 1, 1, 0), d=(0, 0, 8, 0), e=(0, 0, 0, 3))
    table = ranking_table(found, Per.TITIK, NAMES, "Peringkat")
    assert [row[1] for row in table.baris] == [
        "Eks Karesidenan", "Balai", "Dinas", "Cabang", "Aula",
    ]  # fmt: skip
    shown = without_few(table, found, Per.TITIK, NAMES, kolom=1)
    assert [row[:4] for row in shown.baris] == [
        ("1", "Balai", "9", "75,00"),
        ("1", "Dinas", "8", "75,00"),
        ("3", "Aula", "9", "50,00"),
        ("—", "Cabang", "2", "—"),
        ("—", "Eks Karesidenan", "3", "—"),
    ]


def test_in_other_tables_the_survey_s_order_stays() -> None:
    found = groups(a=(0, 9, 0, 0), c=(0, 1, 1, 0), b=(0, 0, 9, 0), e=(0, 0, 0, 3))
    table = group_table(found, Per.TITIK, NAMES, "Kekuatan")
    shown = without_few(table, found, Per.TITIK, NAMES)
    assert [row[:3] for row in shown.baris] == [
        ("Aula", "9", "50,00"),
        ("Cabang", "2", "—"),
        ("Balai", "9", "75,00"),
        ("Eks Karesidenan", "3", "—"),
    ]


def test_a_ranking_without_small_groups_is_left_as_it_is() -> None:
    found = groups(a=(0, 9, 0, 0), b=(0, 0, 9, 0))
    table = ranking_table(found, Per.TITIK, NAMES, "Peringkat")
    assert without_few(table, found, Per.TITIK, NAMES, kolom=1) is table
