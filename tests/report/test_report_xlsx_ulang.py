"""The audit workbook recalculated: LibreOffice gets our figures from the answers alone."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from openpyxl.workbook.workbook import Workbook

from skm.report.xlsx import answers, groups, write_workbook

from .buku_contoh import JAHAT, NAMES, content, rules, written
from .buku_uji import (
    SOFFICE,
    block,
    check_blocks,
    check_groups,
    formulas,
    group_lines,
    line_of,
    load,
    make,
    printed,
    recalculate,
)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]

LKIP = json.loads(
    (Path(__file__).parents[1] / "contoh/lkip-disdukcapil-bekasi-2024.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def values_only() -> dict[str, bytes]:
    """Workbooks of too many answers: with them but no formulas of groups, and without them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "MOST_COMPARISONS", 0)
        found = {"nilai-kelompok": write_workbook(content("penuh"))}
        patch.setattr(answers, "MOST_ROWS", 99)
        found["nilai-semua"] = write_workbook(content("penuh"))
    return found


@pytest.fixture(scope="module")
def recalculated(
    tmp_path_factory: pytest.TempPathFactory, values_only: dict[str, bytes]
) -> dict[str, Workbook]:
    """All workbooks in one run of LibreOffice, which takes seconds to start."""
    changed = {"satu-jawaban-lain": _with_another_answer(written("bertahap"))}
    everything = {name: written(name) for name in NAMES} | values_only | changed
    return recalculate(everything, tmp_path_factory.mktemp("xlsx"))


def _with_another_answer(asli: bytes) -> bytes:
    """The workbook as a person leaves it who types 1 over the first answer to U1."""
    book = load(asli, nilai=False)
    sheet = book["Jawaban"]
    head = next(r for r in sheet.iter_rows() if r[0].value == "No.")
    column = next(c.column for c in head if str(c.value).startswith("U1 "))
    sheet.cell(head[0].row + 1, column).value = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_another_program_calculates_our_figures(
    name: str, recalculated: dict[str, Workbook]
) -> None:
    check_blocks(recalculated[name], content(name).hasil)
    check_groups(recalculated[name], content(name))


@pytest.mark.parametrize("name", [*NAMES, "nilai-kelompok", "nilai-semua"])
def test_every_formula_gives_what_it_was_written_with(
    name: str, recalculated: dict[str, Workbook], values_only: dict[str, bytes]
) -> None:
    ours_written = values_only.get(name) or written(name)
    ours, theirs = load(ours_written), recalculated[name]
    found = formulas(load(ours_written, nilai=False))
    different = [
        (sheet, cell, text, ours[sheet][cell].value, theirs[sheet][cell].value)
        for sheet, cell, text in found
        if not _same(ours[sheet][cell].value, theirs[sheet][cell].value)
    ]
    assert len(found) > 100
    assert different == []


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    return (ours or None) == (theirs or None)


def test_the_published_figures_come_out(recalculated: dict[str, Workbook]) -> None:
    """LKIP 2024, tables 3.11-3.14, from the sample's answers."""
    sheet, published = recalculated["contoh"]["IKM"], LKIP["rekap_periode"]
    for label, key in (
        ("Semester I 2024", "semester_I"),
        ("Triwulan III 2024", "triwulan_III"),
        ("Triwulan IV 2024", "triwulan_IV"),
        ("Semester II 2024", "semester_II"),
        ("Tahun 2024", "tahunan"),
    ):
        assert block(sheet, label)["IKM unit pelayanan"][0] == published[key]
    for label, table in (
        ("Semester I 2024", "tabel_3_13_semester_I"),
        ("Triwulan III 2024", "tabel_3_12_triwulan_III"),
        ("Triwulan IV 2024", "tabel_3_11_triwulan_IV"),
    ):
        nrr = line_of(block(sheet, label), "NRR =")[:9]
        assert [printed(v, 3) for v in nrr] == [f"{v:.3f}" for v in LKIP[table]["nrr"]]


def test_the_published_steps_come_out(recalculated: dict[str, Workbook]) -> None:
    """LKIP 2024, table 3.11: each IKM per unsur, and 844,70 / 9 = 93,86."""
    lines = block(recalculated["contoh-bertahap"]["IKM"], "Triwulan IV 2024")
    *per_unsur, total = line_of(lines, "IKM per unsur =")
    table = LKIP["tabel_3_11_triwulan_IV"]
    assert [printed(v, 2) for v in per_unsur] == [f"{v:.2f}" for v in table["ikm_unsur"]]
    assert printed(total, 2) == f"{table['jumlah_ikm_unsur']:.2f}"
    assert lines["IKM unit pelayanan"][0] == table["ikm"]


@pytest.mark.parametrize(
    ("name", "ikm", "mutu"),
    [("seri-unit", 80.63, "B"), ("seri-kelas", 76.61, "B"), ("seri-nrr", 92.75, "A")],
)
def test_halves_go_up(name: str, ikm: float, mutu: str, recalculated: dict[str, Workbook]) -> None:
    lines = block(recalculated[name]["IKM"], "Triwulan I 2024")
    assert lines["IKM unit pelayanan"][0] == ikm
    assert lines["Mutu pelayanan"][0] == mutu


def test_each_period_has_the_mutu_of_its_own_table(recalculated: dict[str, Workbook]) -> None:
    """The same IKM, 70 to 76, was B until triwulan II of 2017 and is C since triwulan III."""
    sheet = recalculated["dua-tabel"]["IKM"]
    for label, mutu in (("Triwulan II 2017", "B"), ("Triwulan III 2017", "C"), ("Tahun 2017", "B")):
        lines = block(sheet, label)
        assert 70 < lines["IKM unit pelayanan"][0] < 76
        assert lines["Mutu pelayanan"][0] == mutu


def test_half_of_an_nrr_goes_up(recalculated: dict[str, Workbook]) -> None:
    lines = block(recalculated["seri-nrr"]["IKM"], "Triwulan I 2024")
    assert set(line_of(lines, "NRR =")[:9]) == {3.71}


def test_one_answer_changes_all_that_follows(recalculated: dict[str, Workbook]) -> None:
    """From an answer to the year's IKM, the groups and the summary without a break."""
    before = content("bertahap")
    first, *others = sorted(before.baris)
    assert first.nilai[0] not in "1-"
    rows = [first._replace(nilai=f"1{first.nilai[1:]}"), *others]
    after = make(before.survei, "2024", rows, rules(before.hasil.hasil.metode))
    book = recalculated["satu-jawaban-lain"]
    assert after.hasil.hasil.nilai != before.hasil.hasil.nilai
    check_blocks(book, after.hasil)
    check_groups(book, after)


def test_groups_with_names_like_conditions(recalculated: dict[str, Workbook]) -> None:
    lines = group_lines(recalculated["jahat"], "Layanan")
    assert [line[1:3] for line in lines] == [(nama, 1) for nama in JAHAT]
