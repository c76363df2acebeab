"""LKIP 2024 Disdukcapil Kota Bekasi, tables 3.11-3.14, from the sample's own files of answers."""

import csv
import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from skm.agregasi import HasilPeriode, compute_period
from skm.analysis.target import achievement
from skm.angka import format_fixed
from skm.jawaban import Jawaban
from skm.metode import find_method
from skm.periode import parse_period
from skm.rekap import Cell, tally_answers
from skm.survei import Survei, load_survei

ROOT = Path(__file__).parents[1]
LKIP = json.loads((ROOT / "tests/contoh/lkip-disdukcapil-bekasi-2024.json").read_text("utf-8"))
TABLES = {
    "2024-T4": LKIP["tabel_3_11_triwulan_IV"],
    "2024-T3": LKIP["tabel_3_12_triwulan_III"],
    "2024-S1": LKIP["tabel_3_13_semester_I"],
}


@cache
def survei() -> Survei:
    return load_survei(ROOT / "surveys/contoh-disdukcapil-bekasi-2024.toml")


@cache
def cells() -> tuple[Cell, ...]:
    """Read with the csv module alone: intake has its own tests."""
    answers = []
    for name in survei().data:
        with (ROOT / "surveys" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                marks = "".join(row[u.nama] or "-" for u in survei().unsur)
                year, month = row["Waktu"][:4], int(row["Waktu"][5:7])
                quarter = parse_period(f"{year}-T{(month + 2) // 3}")
                answers.append(Jawaban(marks, quarter))
    return tuple(tally_answers(answers, survei().slots()))


def result(periode: str, metode: str = "penuh") -> HasilPeriode:
    return compute_period(cells(), parse_period(periode), survei().rules(find_method(metode)))


@pytest.mark.parametrize("periode", TABLES)
def test_nrr_as_published(periode: str) -> None:
    nrr = [format_fixed(u.nrr, 3) for u in result(periode).hasil.unsur]
    assert nrr == [f"{value:.3f}" for value in TABLES[periode]["nrr"]]


@pytest.mark.parametrize(
    ("periode", "ikm"),
    [
        ("2024-S1", "93.64"),
        ("2024-T3", "93.70"),
        ("2024-T4", "93.86"),
        ("2024-S2", "93.78"),
        ("2024", "93.71"),
    ],
)
def test_full_precision_gives_every_published_ikm(periode: str, ikm: str) -> None:
    hasil = result(periode).hasil
    assert (str(hasil.ikm), hasil.mutu, hasil.kinerja) == (ikm, "A", "Sangat Baik")


@pytest.mark.parametrize("periode", ["2024-T4", "2024-T3"])
def test_staged_rounding_gives_ikm_per_unsur_digit_for_digit(periode: str) -> None:
    hasil = result(periode, "bertahap").hasil
    printed = [f"{value:.2f}" for value in TABLES[periode]["ikm_unsur"]]
    assert [format_fixed(u.ikm, 2) for u in hasil.unsur] == printed
    assert format_fixed(hasil.jumlah_ikm_unsur, 2) == f"{TABLES[periode]['jumlah_ikm_unsur']:.2f}"
    assert [u.mutu for u in hasil.unsur] == TABLES[periode]["kategori"]


def test_the_arithmetic_line_of_table_3_11() -> None:
    hasil = result("2024-T4", "bertahap").hasil
    assert (hasil.jumlah_ikm_unsur, hasil.unsur_terisi) == (Decimal("844.70"), 9)
    assert hasil.ikm == Decimal("93.86")
    assert hasil.responden == 1560


def test_table_3_13_computes_ikm_per_unsur_from_unrounded_nrr() -> None:
    ikm = [format_fixed(u.ikm, 2) for u in result("2024-S1").hasil.unsur]
    assert ikm == [f"{value:.2f}" for value in TABLES["2024-S1"]["ikm_unsur"]]
    assert result("2024-S1").catatan == "semester dinilai langsung sebagai satu periode"


class TestWhereTheSourceContradictsItself:
    def test_table_3_12_staged_is_93_71_but_printed_93_70(self) -> None:
        assert result("2024-T3", "bertahap").hasil.ikm == Decimal("93.71")
        assert str(TABLES["2024-T3"]["ikm"]) == "93.7"
        assert result("2024-T3").hasil.ikm == Decimal("93.70")

    def test_table_3_11_needs_both_roundings(self) -> None:
        assert result("2024-T4", "nrr3").hasil.ikm == Decimal("93.85")

    def test_achievement_uses_93_71_and_93_86(self) -> None:
        """Tabel 3.9 prints 111,29 % (year), part B 111,47 % (triwulan IV), both of 84,20."""
        targets = survei().target
        for periode, printed in (("2024", "111.29"), ("2024-T4", "111.47")):
            reached = achievement(parse_period(periode), result(periode).hasil.ikm, targets)
            assert format_fixed(reached.persen, 2) == printed
