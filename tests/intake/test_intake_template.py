"""The template asks for what the survey needs and comes back without a question."""

import io

import openpyxl
import pytest
from survei_uji import BAKU, BEKASI, GANDA, TODAY

from skm.intake import (
    Bentuk,
    check,
    propose,
    read_file,
    write_template_csv,
    write_template_xlsx,
)
from skm.intake.template import template_columns
from skm.survei import Survei, regulation_survey

SURVEYS = [BAKU, BEKASI, GANDA, regulation_survey("kuesioner"), regulation_survey(jumlah=4)]


def filled_row(survei: Survei) -> list[str]:
    values = {"Nomor": "1", "Tanggal": "31/12/2024", "Jam": "14:05", "Saran": "Bagus"}
    row = []
    for column in template_columns(survei):
        chosen = column.pilihan[-1] if column.pilihan else "34"
        row.append("3" if column.nilai else values.get(column.judul, chosen))
    return row


@pytest.mark.parametrize("survei", SURVEYS, ids=lambda s: s.id)
@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_a_filled_template_is_accepted_without_questions(survei: Survei, bentuk: str) -> None:
    if bentuk == "csv":
        line = ";".join(f'"{c}"' for c in filled_row(survei))
        isi = write_template_csv(survei) + f"{line}\r\n".encode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(write_template_xlsx(survei)))
        for at, text in enumerate(filled_row(survei), start=1):
            book["Jawaban"].cell(2, at).value = text
        buffer = io.BytesIO()
        book.save(buffer)
        book.close()
        isi = buffer.getvalue()
    berkas = read_file("templat", isi)
    pemetaan = propose(berkas, survei)
    asked = (pemetaan.saran, pemetaan.belum, pemetaan.masalah, pemetaan.konfirmasi)
    assert asked == ((), (), (), ())
    assert pemetaan.catatan == ()
    hasil = check(berkas, pemetaan, survei, TODAY)
    assert hasil.ditolak == hasil.peringatan == ()
    (jawaban,) = hasil.diterima
    assert set(jawaban.nilai) == {"3"}
    assert (jawaban.layanan is None) == (not survei.layanan)
    assert (jawaban.titik is None) == (not survei.titik)
    assert len(jawaban.profil) == len(survei.profil)
    assert jawaban.identitas == "1 14:05:00"


def test_the_csv_is_what_indonesian_excel_opens() -> None:
    isi = write_template_csv(BEKASI)
    assert isi.startswith(b"\xef\xbb\xbfNomor;Tanggal;Jam;Jenis Layanan;Titik Layanan;")
    assert "U8 Sarana dan prasarana" in isi.decode("utf-8-sig")


def test_lists_notes_and_instructions_of_the_workbook() -> None:
    isi = write_template_xlsx(BEKASI)
    assert read_file("t.xlsx", isi).bentuk is Bentuk.XLSX
    book = openpyxl.load_workbook(io.BytesIO(isi))
    assert book.sheetnames == ["Jawaban", "Petunjuk", "Daftar"]
    assert book["Daftar"].sheet_state == "hidden"
    rules = {
        str(r.sqref).split(":")[0]: r.formula1
        for r in book["Jawaban"].data_validations.dataValidation
    }
    assert rules["D2"] == "=Daftar!$D$1:$D$14" or rules["D2"] == "Daftar!$D$1:$D$14"
    assert rules["F2"] == '"1,2,3,4"'
    assert "Tidak sesuai" in book["Jawaban"]["F1"].comment.text
    text = "\n".join(str(row[0]) for row in book["Petunjuk"].iter_rows(values_only=True))
    for question in BEKASI.kuesioner.pertanyaan:
        assert question.teks in text
        assert all(f"{p.nilai} = {p.teks}" in text for p in question.pilihan)
    book.close()


def test_an_inactive_layanan_is_not_offered() -> None:
    layanan = (BEKASI.layanan[0].model_copy(update={"aktif": False}), *BEKASI.layanan[1:])
    survei = BEKASI.model_copy(update={"layanan": layanan})
    offered = next(c for c in template_columns(survei) if c.judul == "Jenis Layanan").pilihan
    assert BEKASI.layanan[0].nama not in offered
