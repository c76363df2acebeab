"""The regulation's processing sheet: its summary rows are read, compared, and no respondents."""

from decimal import Decimal

import pytest
from survei_uji import BAKU, BARE, BEKASI, NINE, checked, codes, xlsx

from skm.intake import check, propose, read_file
from skm.intake.processing import Ringkas, parse_figure, summary_kind

# NRR 3,5 3,5 4 4 3 3 2 2 1 of two respondents.
ROWS = f"""No. Urut;{NINE};
1;4;3;4;4;3;3;2;2;1;
2;3;4;4;4;3;3;2;2;1;
"""
SHEET = f"""PENGOLAHAN INDEKS KEPUASAN MASYARAKAT
{ROWS}Σ Nilai /Unsur;7;7;8;8;6;6;4;4;2;
NRR / Unsur = Σ nilai per unsur : Σ kuesioner yang terisi;3,5;3,5;4;4;3;3;2;2;1;
NRR tertbg/unsur = NRR x 0,111;0,389;0,389;0,444;0,444;0,333;0,333;0,222;0,222;0,111;*) 2,886
IKM Unit pelayanan;;;;;;;;;;**) 72,15

Keterangan:
- U1 s.d. U9;= Unsur-unsur pelayanan
NRR;= Nilai rata-rata
Mutu Pelayanan : C (Kurang Baik)
No;UNSUR PELAYANAN;NILAI RATA-RATA
U1;Persyaratan;3,5
"""


def test_the_sheet_of_the_regulation() -> None:
    hasil = checked(SHEET)
    assert [j.nilai for j in hasil.diterima] == ["434433221", "344433221"]
    assert hasil.ditolak == ()
    assert hasil.pembanding is not None
    cetakan = hasil.pembanding.cetakan
    assert cetakan.jumlah == dict(
        zip([f"U{i}" for i in range(1, 10)], [7, 7, 8, 8, 6, 6, 4, 4, 2], strict=True)
    )
    assert cetakan.nrr["U1"] == Decimal("3.5")
    assert cetakan.tertimbang["U3"] == Decimal("0.444")
    assert cetakan.ikm == Decimal("72.15")
    assert hasil.pembanding.baris == (5, 6, 7, 8, 10, 12, 13)
    assert hasil.pembanding.utuh
    best = hasil.pembanding.cocok[0]
    assert best.metode.bobot.nama == "0.111"


def test_a_printed_figure_that_the_rows_do_not_give() -> None:
    hasil = checked(SHEET.replace("Unsur;7;7;", "Unsur;7;8;").replace("72,15", "77,15"))
    assert hasil.pembanding is not None
    assert hasil.pembanding.cocok == ()
    (sum_fault,) = hasil.pembanding.beda
    assert (sum_fault.besaran, sum_fault.unsur) == ("jumlah", "U2")
    assert (sum_fault.tercetak, sum_fault.dihitung) == (8, 7)
    assert "ikm" in {b.besaran for b in hasil.pembanding.kecocokan[0].beda}


def test_columns_in_the_other_order_give_figures_by_unsur() -> None:
    swapped = SHEET.replace("U8;U9", "U9;U8", 1)
    hasil = checked(swapped)
    assert hasil.pembanding is not None
    assert hasil.pembanding.cetakan.jumlah["U9"] == 4


def test_a_rejected_row_is_said_beside_the_comparison() -> None:
    hasil = checked(SHEET.replace("1;4;3;4", "1;9;3;4", 1))
    assert hasil.jumlah_ditolak == 1
    assert hasil.pembanding is not None
    assert not hasil.pembanding.utuh


def test_full_precision_cells_of_a_workbook() -> None:
    header = ["No", *NINE.split(";")]
    rows = [[1, *[4] * 9], [2, *[4] * 9], [3, *[3] * 9]]
    nrr = ["NRR per unsur", *[11 / 3] * 9]
    ikm = ["Nilai IKM", 11 / 3 * 25]
    berkas = read_file("a.xlsx", xlsx(header, *rows, nrr, ikm))
    hasil = check(berkas, propose(berkas, BAKU), BAKU, BARE)
    assert hasil.jumlah_diterima == 3
    assert hasil.pembanding is not None
    assert hasil.pembanding.cocok[0].metode.nama == "penuh"


def test_rows_after_a_subtotal_are_still_respondents_and_still_checked() -> None:
    hasil = checked(f"{ROWS}Jumlah;7;7;8;8;6;6;4;4;2;\n3;4;4;4;4;4;4;4;4;4\n4;4;4;4;4;4;4;4;4;7")
    assert hasil.jumlah_diterima == 3
    assert codes(hasil.ditolak) == ["jawaban-salah"]


def test_no_summary_no_comparison() -> None:
    assert checked(ROWS).pembanding is None


def test_a_layanan_called_like_a_note_is_a_respondent() -> None:
    hasil = checked(
        "Layanan;U1;U2\nKeterangan usaha;4;4\nCatatan sipil;3;3\nKeterangan: A = baik;;"
    )
    assert hasil.jumlah_diterima == 2
    assert hasil.ditolak == ()


def test_a_row_of_letters_for_mutu_is_no_respondent() -> None:
    hasil = checked(f"{ROWS}Mutu;A;A;B;B;C;C;D;D;D")
    assert hasil.jumlah_diterima == 2
    assert hasil.ditolak == ()


def test_a_respondent_with_few_answers_after_a_subtotal_is_kept() -> None:
    hasil = checked(f"{ROWS}Jumlah;7;7;8;8;6;6;4;4;2;\n3;4;;;;;;;;3")
    assert hasil.jumlah_diterima == 3


def test_a_saran_that_begins_like_a_label_is_a_respondent() -> None:
    hasil = checked("Saran;U1;U2\nJumlah petugas kurang;4;4\nRata-rata lama menunggu;3;3")
    assert hasil.jumlah_diterima == 2


@pytest.mark.parametrize(
    "label", ["Prioritas", "Umum", "Kategori", "Average", "Mean", "Rata-rata", "Total"]
)
def test_respondents_with_a_first_cell_like_a_label_are_kept(label: str) -> None:
    table = f"Loket;{NINE}\n{label};4;4;4;4;4;4;4;4;4\nA;3;3;3;3;3;3;3;3;3\n"
    assert checked(table).jumlah_diterima == 2
    twice = checked(f"{table}{label};4;4;4;3;3;3;4;4;4\n{label};;4;;;;;;;")
    assert twice.jumlah_diterima == 4
    assert twice.nomor_baris == (2, 3, 4, 5)
    assert set(codes(twice.peringatan)) <= {"responden-berjudul"}
    # A wrong answer is a fault and no reason to pass over the row.
    assert codes(checked(f"{table}{label};4;4;4;4;4;4;4;4;x\nA;4;4;4;4;4;4;4;4;4").ditolak) == [
        "jawaban-salah"
    ]


def test_a_file_of_one_label_is_all_respondents() -> None:
    assert checked("Loket;U1;U2\nPrioritas;4;4").jumlah_diterima == 1
    assert checked("Loket;U1;U2\nPrioritas;4;4\nPrioritas;3;3").jumlah_diterima == 2


def test_a_known_titik_called_like_a_label_is_a_respondent() -> None:
    titik = BEKASI.titik[0].model_copy(update={"kode": "prioritas", "nama": "Prioritas"})
    survei = BEKASI.model_copy(update={"titik": (*BEKASI.titik, titik)})
    hasil = checked("Loket;U1;U2\nPrioritas;4;4\nTotal;4;4", survei)
    assert hasil.jumlah_diterima == 1
    assert codes(hasil.peringatan)[-1] == "ringkasan-berisi-jawaban"


def test_a_summary_of_whole_numbers_under_all_respondents_is_none_and_that_is_said() -> None:
    hasil = checked(
        f"No;{NINE}\n1;4;4;4;4;3;3;3;2;2\nJumlah;4;4;4;4;3;3;3;2;2\nNRR;4;4;4;4;3;3;3;2;2"
    )
    assert hasil.jumlah_diterima == 1
    assert hasil.pembanding is not None
    assert hasil.pembanding.baris == (3, 4)
    assert [(t.kode, t.baris) for t in hasil.peringatan] == [
        ("ringkasan-berisi-jawaban", 3),
        ("ringkasan-berisi-jawaban", 4),
    ]


def test_rows_passed_over_are_said_with_their_numbers() -> None:
    (warning,) = checked(SHEET).peringatan
    assert warning.kode == "baris-ringkasan"
    assert dict(warning.isi)["daftar"] == "5-8, 10-15"


def test_the_surveys_own_method_is_tried_on_the_printed_figures() -> None:
    hasil = checked(f"No;{NINE}\n1;4;4;4;4;4;4;4;4;\nIKM;100;;;;;;;;", BEKASI)
    assert hasil.pembanding is not None
    assert hasil.pembanding.cocok[0].metode == BEKASI.rules().metode


@pytest.mark.parametrize(
    ("label", "jenis"),
    [
        ("Jumlah", Ringkas.JUMLAH),
        ("TOTAL NILAI", Ringkas.JUMLAH),
        ("Jumlah nilai per unsur", Ringkas.JUMLAH),
        ("∑ Nilai/Unsur", Ringkas.JUMLAH),
        ("Jumlah kuesioner yang terisi", Ringkas.TERISI),
        ("Jumlah responden", Ringkas.TERISI),
        ("NRR per unsur", Ringkas.NRR),
        ("Nilai rata-rata per unsur", Ringkas.NRR),
        ("Rata-rata", Ringkas.NRR),
        ("NRR tertimbang per unsur", Ringkas.TERTIMBANG),
        ("Rata-rata tertimbang", Ringkas.TERTIMBANG),
        ("Jumlah NRR tertimbang", Ringkas.JUMLAH_TERTIMBANG),
        ("Jumlah NRR IKM tertimbang", Ringkas.JUMLAH_TERTIMBANG),
        ("IKM per unsur", Ringkas.IKM_UNSUR),
        ("IKM Unit Pelayanan", Ringkas.IKM),
        ("Nilai IKM:", Ringkas.IKM),
        ("Mutu pelayanan", Ringkas.LAIN),
        ("Mutu per unsur", Ringkas.LAIN),
        ("Bobot", Ringkas.LAIN),
        ("Keterangan", Ringkas.CATATAN),
        ("Jumlah petugas kurang", None),
        ("12", None),
        ("Pencatatan Kelahiran", None),
        ("Kartu Keluarga", None),
    ],
)
def test_labels(label: str, jenis: Ringkas | None) -> None:
    assert summary_kind(label) is jenis


@pytest.mark.parametrize(
    ("sel", "angka"),
    [
        ("93,86", Decimal("93.86")),
        ("93.86", Decimal("93.86")),
        (93.86, Decimal("93.86")),
        (11 / 3, Decimal("3.666667")),
        ("A", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_figures(sel: float | str | None, angka: Decimal | None) -> None:
    assert parse_figure(sel) == angka
