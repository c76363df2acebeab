"""Printed tables as a workbook: numbers are numbers again and print as they did."""

from __future__ import annotations

from decimal import Decimal

import pytest

from skm.analysis.table import Kolom, Tabel
from skm.report.xlsx import write_tables
from skm.report.xlsx.tables import Angka, read_printed

from .buku_uji import load

PERIODE = Tabel(
    "periode",
    "Hasil per periode",
    (Kolom("Periode"), Kolom("Responden", angka=True), Kolom("Capaian", angka=True), Kolom("Mutu")),
    (("Triwulan III 2024", "1.407", "—", "A"), ("Triwulan IV 2024", "1.560", "111,47%", "A")),
    ("Jumlah", "2.967", "", ""),
    "Metode penuh.",
)


@pytest.mark.parametrize(
    ("printed", "value", "shape"),
    [
        ("93,86", "93.86", "0.00"),
        ("3,742", "3.742", "0.000"),
        ("1.560", "1560", "#,##0"),
        ("1.234.567,5", "1234567.5", "#,##0.0"),
        ("0", "0", "0"),
        ("12", "12", "0"),
        ("111,29%", "111.29", '0.00"%"'),
        ("+0,16", "0.16", '+0.00;"−"0.00;0.00'),
        ("−0,21", "-0.21", '+0.00;"−"0.00;0.00'),
        ("-3", "-3", '+0;"−"0;0'),
    ],
)
def test_printed_numbers_are_read_back(printed: str, value: str, shape: str) -> None:
    assert read_printed(printed) == Angka(Decimal(value), shape)


@pytest.mark.parametrize(
    "text",
    ["", "—", "A", "1.56", "1,", "007", "1.0000", "3 orang", "1 560", "=1", "1" * 16, "٣", "1٣"],
)
def test_other_texts_stay_texts(text: str) -> None:
    assert read_printed(text) is None


def test_a_sheet_for_each_table() -> None:
    book = load(write_tables("LKIP 2024", [PERIODE, PERIODE], ["Draf."]), nilai=False)
    assert book.sheetnames == ["Periode", "Periode 2"]
    cells = [[c.value for c in line] for line in book["Periode"].iter_rows()]
    assert cells == [
        ["LKIP 2024", None, None, None],
        ["Hasil per periode", None, None, None],
        [None, None, None, None],
        ["Periode", "Responden", "Capaian", "Mutu"],
        ["Triwulan III 2024", 1407, "—", "A"],
        ["Triwulan IV 2024", 1560, 111.47, "A"],
        ["Jumlah", 2967, None, None],
        [None, None, None, None],
        ["Metode penuh.", None, None, None],
        ["Draf.", None, None, None],
    ]
    assert book["Periode"]["C6"].number_format == '0.00"%"'
    assert book["Periode"]["B7"].number_format == "#,##0"


def test_a_column_of_texts_keeps_what_looks_like_a_number() -> None:
    table = Tabel("kode", "Kode", (Kolom("Kode"),), (("2024",), ("=1+1",)))
    sheet = load(write_tables("", [table]), nilai=False)["Kode"]
    assert [(c.value, c.data_type) for c in sheet["A"][3:5]] == [("2024", "s"), ("=1+1", "s")]


def test_the_same_tables_give_the_same_bytes() -> None:
    assert write_tables("LKIP", [PERIODE]) == write_tables("LKIP", [PERIODE])
