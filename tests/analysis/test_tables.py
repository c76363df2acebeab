import csv
import io
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from skm.agregasi import Aturan, compute_period
from skm.analysis.groups import Kelompok, Per
from skm.analysis.share import shares
from skm.analysis.table import Kolom, Tabel, write_csv
from skm.analysis.tables import (
    arithmetic_line,
    distribution_table,
    group_table,
    period_table,
    ranking_table,
    unsur_table,
)
from skm.angka import format_number
from skm.ikm import HasilUnsur, Tally, UnsurTally, compute_ikm
from skm.metode import find_method, own_weight
from skm.peraturan import tabel_mutu
from skm.periode import parse_period
from skm.rekap import Cell, Slot, UnsurSpec

SUMS = [5838, 5849, 5638, 6033, 5944, 5789, 5722, 5905, 5992]  # LKIP 2024, triwulan IV


def lkip(metode: str):
    unsur = []
    for i, total in enumerate(SUMS, start=1):
        fours = total - 3 * 1560
        unsur.append(UnsurTally(f"U{i}", f"Unsur {i}", (Tally((0, 0, 1560 - fours, fours)),)))
    return compute_ikm(unsur, 1560, find_method(metode), tabel_mutu())


def test_the_line_under_table_3_11() -> None:
    assert arithmetic_line(lkip("bertahap")) == "844,70 / 9 = 93,86"
    assert arithmetic_line(lkip("penuh")) == "844,71 / 9 = 93,86"


def test_the_line_is_only_printed_where_it_is_how_the_figure_comes_about() -> None:
    weighted = find_method("penuh", "0.111")
    unsur = [UnsurTally(f"U{i}", "", (Tally((0, 0, 0, 1)),)) for i in range(9)]
    assert arithmetic_line(compute_ikm(unsur, 1, weighted, tabel_mutu())) == ""


def test_equal_values_under_own_weights_are_no_sum_of_unsur() -> None:
    own = own_weight({"U1": Fraction(9, 10), "U2": Fraction(1, 10)})
    unsur = [UnsurTally(f"U{i}", "", (Tally((0, 0, 1, 1)),)) for i in (1, 2)]
    unequal = compute_ikm(unsur, 2, find_method().with_weight(own), tabel_mutu())
    assert (str(unequal.ikm), arithmetic_line(unequal)) == ("87.50", "")
    assert arithmetic_line(compute_ikm(unsur, 2, find_method(), tabel_mutu())) == (
        "175,00 / 2 = 87,50"
    )


def test_a_value_off_the_scale_and_blank_unsur_are_noted() -> None:
    unsur = [UnsurTally(f"U{i}", "", (Tally((0, 0, 0, 1)),)) for i in range(13)]
    unsur.append(UnsurTally("U13", "", (Tally(),)))
    hasil = compute_ikm(unsur, 1, find_method("tertimbang2"), tabel_mutu())
    note = unsur_table(hasil, "X").catatan
    assert "Tidak terisi: U13" in note
    assert "di luar rentang" in note
    assert "di luar" not in unsur_table(lkip("penuh"), "X").catatan


def test_a_group_without_one_quarter_says_so() -> None:
    result = compute_period([cell("2024-T3", (0, 0, 0, 40))], parse_period("2024-S2"), ATURAN)
    groups = [Kelompok(((Per.TITIK, "a"),), result)]
    for tabel in (
        ranking_table(groups, Per.TITIK, {}, "X"),
        group_table(groups, Per.TITIK, {}, "X"),
    ):
        assert tabel.baris[0][-1].startswith("Hanya dari Triwulan III 2024; tanpa data:")


def test_the_spread_of_an_unsur_with_two_questions_adds_up() -> None:
    tally = Tally((0, 1, 2, 5))
    unsur = HasilUnsur("U4", "Perilaku", n=4, tally=tally)
    parts = shares(zip("abcd", tally.counts, strict=True))
    assert distribution_table(unsur, list("abcd"), parts).kaki == ("", "Jumlah", "8", "100,00%")


def test_unsur_table_prints_as_published() -> None:
    tabel = unsur_table(lkip("bertahap"), "Triwulan IV")
    assert tabel.baris[2][:4] == ("U3", "Unsur 3", "1.560", "3,614")
    assert tabel.baris[2][5:] == ("90,35", "A", "Sangat Baik")
    assert tabel.kaki[5:] == ("93,86", "A", "Sangat Baik")


def cell(periode: str, counts: tuple) -> Cell:
    return Cell(parse_period(periode), "a", None, None, sum(counts), {Slot("U1"): Tally(counts)})


ATURAN = Aturan((UnsurSpec("U1", "Persyaratan"),), find_method())


def test_period_table_with_and_without_target() -> None:
    result = compute_period([cell("2024-T3", (0, 0, 0, 2))], parse_period("2024-S2"), ATURAN)
    (row,) = period_table([result], {parse_period("2024-T4"): Decimal("80")}, "Tahun").baris
    assert row == (
        "Semester II 2024",
        "2",
        "100,00",
        "A",
        "Sangat Baik",
        "80,00",
        "125,00%",
        "hanya dari Triwulan III 2024; tanpa data: Triwulan IV 2024",
    )
    (row,) = period_table([result], {}, "Tahun").baris
    assert row[5:7] == ("—", "—")


def test_equal_printed_ikm_share_a_rank() -> None:
    groups = [
        Kelompok(
            ((Per.TITIK, kode),),
            compute_period([cell("2024-T3", counts)], parse_period("2024-T3"), ATURAN),
        )
        for kode, counts in [
            ("a", (0, 0, 1, 1)),
            ("b", (0, 0, 0, 40)),
            ("c", (0, 0, 2, 2)),
            ("d", (0, 1, 0, 0)),
        ]
    ]
    tabel = ranking_table(groups, Per.TITIK, {"a": "A", "b": "B", "c": "C"}, "X")
    assert [row[:4] for row in tabel.baris] == [
        ("1", "B", "40", "100,00"),
        ("2", "A", "2", "87,50"),
        ("2", "C", "4", "87,50"),
        ("4", "d", "1", "50,00"),
    ]
    assert tabel.baris[0][-1] == ""
    assert tabel.baris[3][-1] == "Responden kurang dari 30."


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.fractions(0, 9999)))
)
def test_csv_reads_back_and_runs_no_formula(rows: list) -> None:
    kolom = (Kolom("Nama"), Kolom("Nilai", angka=True))
    tabel = Tabel("t", "T", kolom, tuple((name, format_number(v, 2)) for name, v in rows))
    text = write_csv(tabel).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert read[0] == ["Nama", "Nilai"]
    for (name, value), back in zip(rows, read[1:], strict=True):
        risky = name[:1] in {"=", "+", "-", "@", "\t", "\r"}
        assert back == [f"'{name}" if risky else name, format_number(Fraction(value), 2)]
