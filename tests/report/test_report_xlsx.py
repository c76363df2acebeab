"""The audit workbook: its sheets, what its cells hold, and that texts stay texts."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl.workbook.workbook import Workbook

from skm.jawaban import Kutipan
from skm.pesan import SkmError
from skm.report.xlsx import answers, write_workbook
from skm.report.xlsx.formulas import column
from skm.report.xlsx.method import regulation_code
from skm.report.xlsx.names import free_name

from .buku_contoh import JAHAT, NAMES, content, written
from .buku_uji import check_blocks, formulas, load, make, row, small_survey
from .cetakan import contoh

pytestmark = pytest.mark.lambat


@pytest.mark.parametrize("name", NAMES)
def test_the_last_results_are_ours(name: str) -> None:
    check_blocks(load(written(name)), content(name).hasil)


def test_sheets_in_the_order_of_reading() -> None:
    assert load(written("jahat")).sheetnames == [
        *("Ringkasan", "IKM", "Hitungan", "Layanan", "Titik"),
        *("Jawaban 2", "Jawaban", "Saran", "Metode"),
    ]


def test_the_chain_is_made_of_formulas() -> None:
    """Nothing between the answers and the IKM is typed but the weights, which are a ratio."""
    book = load(written("penuh"), nilai=False)
    counted = [c for r in book["Hitungan"].iter_rows(min_row=6, min_col=4) for c in r]
    assert len(counted) == 9 * (9 * 4)
    assert all(c.data_type == "f" for c in counted)
    assert all("'Jawaban'!" in c.value for c in counted if c.column_letter in "DEFGH")
    figures = [c for r in book["IKM"].iter_rows(min_row=4, min_col=2) for c in r if c.value]
    assert {c.data_type for c in figures if not str(c.value).startswith(("U", "Jumlah"))} == {"f"}


def test_without_the_answers_counts_are_values(monkeypatch: pytest.MonkeyPatch) -> None:
    buku = content("penuh")
    monkeypatch.setattr(answers, "MOST_ROWS", len(buku.baris) - 1)
    book = load(write_workbook(buku), nilai=False)
    assert "Jawaban" not in book.sheetnames
    assert not any("Jawaban" in text for _, _, text in formulas(book))
    check_blocks(load(write_workbook(buku)), buku.hasil)
    monkeypatch.setattr(answers, "MOST_ROWS", len(buku.baris))
    assert "Jawaban" in load(write_workbook(buku)).sheetnames


def test_answers_of_two_versions_stand_in_the_slots_of_their_unsur() -> None:
    """Version b asks U2, U1, U3 to U9, U1 and U1 in this order."""
    lines = _answers(load(written("versi")))
    slots = ("U1.1", "U1.2", "U1.3", "U2", "U9")
    found = [tuple(line[slot] for slot in slots) for line in lines]
    expected = [
        (1, None, None, 2, 1),
        (4, None, None, None, 4),
        (2, None, None, 2, 2),
        (1, 3, 4, 4, 2),
        (3, 2, 2, None, 3),
        (None, 2, None, 1, None),
        (4, 4, 4, 4, 4),
    ]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def _answers(book: Workbook) -> list[dict[str, object]]:
    """The answers by the first word of their headings."""
    lines = list(book["Jawaban"].iter_rows(values_only=True))
    head = next(i for i, line in enumerate(lines) if line[0] == "No.")
    keys = [str(h).split(" ")[0] if str(h).startswith("U") else str(h) for h in lines[head]]
    return [dict(zip(keys, line, strict=True)) for line in lines[head + 1 :]]


def test_answers_carry_names_and_nothing_of_a_person() -> None:
    lines = _answers(load(written("contoh-bertahap")))
    assert len(lines) == 1560
    assert list(lines[0]) == [
        *("No.", "Triwulan", "Kanal", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"),
        *("Jenis kelamin", "Usia", "Pendidikan", "Pekerjaan"),
    ]
    assert {line["Jenis kelamin"] for line in lines} == {"Laki-laki", "Perempuan", "(tidak diisi)"}
    assert {line["Kanal"] for line in lines} == {"Unggah"}


def test_the_order_of_arrival_is_not_kept() -> None:
    buku = content("penuh")
    turned = make(buku.survei, "2024", buku.baris[::-1])
    assert write_workbook(turned) == write_workbook(make(buku.survei, "2024", buku.baris))


def test_remarks_stay_texts() -> None:
    sheet = load(written("jahat"), nilai=False)["Saran"]
    cells = [r[4] for r in sheet.iter_rows(min_row=5)]
    assert [c.value for c in cells] == [" " * 9, "+6", "-7", "=5+5", "@8"]
    assert {c.data_type for c in cells} == {"s"}


def test_a_remark_longer_than_a_cell_is_cut() -> None:
    saran = [Kutipan("2024-T1", "l1", "t1", "x" * 40_000)]
    buku = make(small_survey(), "2024-T1", [row("2024-T1", "444444444")], saran=saran)
    assert load(write_workbook(buku))["Saran"]["E5"].value == "x" * 32_767


def test_no_text_of_a_survey_is_run() -> None:
    """All formulas are ours: none holds a name, a title or a table's cell."""
    book = load(written("jahat"), nilai=False)
    found = [text for _, _, text in formulas(book)]
    assert not any(bad in text for text in found for bad in (*JAHAT[:1], "1+1", "2+2", "4+4"))
    assert book["Ringkasan"]["A1"].value == "=1+1"
    assert book["Ringkasan"]["A1"].data_type == "s"


def test_no_macros_and_no_links_outside() -> None:
    with zipfile.ZipFile(io.BytesIO(written("jahat"))) as archive:
        names = archive.namelist()
        relations = b"".join(archive.read(n) for n in names if n.endswith(".rels"))
    assert not any("vba" in n or "externalLink" in n for n in names)
    assert b"TargetMode" not in relations


def test_charts_of_the_unsur_and_of_the_periods() -> None:
    with zipfile.ZipFile(io.BytesIO(written("penuh"))) as archive:
        charts = [archive.read(n) for n in archive.namelist() if n.startswith("xl/charts/chart")]
    assert len(charts) == 2
    bars, line = sorted(charts, key=lambda chart: b"barChart" not in chart)
    assert b"IKM per unsur, Tahun 2024" in bars
    assert b"<c:lineChart>" in line


def test_pages_are_a4_with_unit_and_period() -> None:
    book = load(written("jahat"))
    assert {sheet.page_setup.paperSize for sheet in book} == {9}
    header = book["IKM"].oddHeader
    assert header.left.text.startswith("A&&B A&&B")
    assert header.right.text == "Triwulan I 2024"


def test_the_same_content_gives_the_same_bytes() -> None:
    assert write_workbook(content("campur")) == write_workbook(content("campur"))


def test_answers_that_are_not_those_of_the_figures_are_refused() -> None:
    buku = content("campur")
    lost = make(buku.survei, "2024-S2", buku.baris[1:])
    for wrong in (
        replace(buku, hasil=lost.hasil),
        replace(buku, layanan=lost.layanan),
        replace(buku, baris=buku.baris[1:]),
    ):
        with pytest.raises(SkmError) as caught:
            write_workbook(wrong)
        assert caught.value.kode == "buku-kerja-berbeda"


def test_the_numbers_of_the_regulation_are_told_beside_ours() -> None:
    """Bekasi's U8 is Sarana and U9 Pengaduan; the regulation's list has them the other way."""
    codes = {u.kode: regulation_code(u.nama) for u in contoh().unsur}
    assert (codes["U1"], codes["U8"], codes["U9"]) == ("U1", "U9", "U8")
    assert regulation_code("Kebersihan") == ""


def test_weights_are_ratios_or_decimals() -> None:
    for name, expected in (("penuh", "=1/9"), ("nrr3", 0.111), ("nrr2-rata2", 0.11)):
        lines = list(load(written(name), nilai=False)["IKM"].iter_rows(values_only=True))
        weights = next(line for line in lines if line[0] == "Bobot menurut metode")
        assert set(weights[1:10]) == {expected}
    own = list(load(written("tertimbang2"))["IKM"].iter_rows(values_only=True))
    weights = next(line for line in own if line[0] == "Bobot menurut metode")
    assert sum(Fraction(str(w)) for w in weights[1:10]) == 1


def test_each_rounding_first_drops_what_binary_fractions_add() -> None:
    """80,62499999999999 is what a spreadsheet makes of 80,625."""
    for name in ("bertahap", "tertimbang2", "tahap-sendiri"):
        found = [text for _, _, text in formulas(load(written(name), nilai=False))]
        rounding = [text for text in found if "ROUND(" in text]
        assert len(rounding) > 100
        for text in rounding:
            assert text.count("ROUND(ROUND(") * 2 == text.count("ROUND(")


def test_columns_by_letters() -> None:
    letters = {0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", 16_383: "XFD"}
    assert {number: column(number) for number in letters} == letters


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Periode", "Periode"),
        ("a/b\\c[d]:e*f?", "a b c d e f"),
        ("'kutip'", "kutip"),
        ("History", "History 2"),
        ("saran", "saran 2"),
        ("x" * 40, "x" * 31),
        ("", "Lembar"),
    ],
)
def test_names_of_sheets(wanted: str, given: str) -> None:
    assert free_name(wanted, ["Saran"]) == given


def test_long_names_that_begin_alike_stay_apart() -> None:
    first = free_name("y" * 50, [])
    assert free_name("y" * 60, [first]) == f"{'y' * 29} 2"
