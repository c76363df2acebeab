"""Rejected rows go back to the operator, are corrected, and come in again."""

import csv
import io
from datetime import datetime
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survei_uji import BAKU, BARE, NINE, TODAY, codes, csv_file, xlsx

from skm.intake import (
    Berkas,
    Lembar,
    check,
    clean_saran,
    mask,
    propose,
    read_file,
    undecided_order,
    write_rejects,
)
from skm.intake.csv_text import neutralise, restore
from skm.intake.rejects import KETERANGAN

TABLE = f"""Laporan
NIK;{NINE};Saran
3275012345678901;4;4;4;4;4;4;4;4;4;baik
3275012345678902;4;4;4;4;4;4;4;4;5;=HYPERLINK("x")
3275012345678903;;;;;;;;;;@kantor
"""
US = """Timestamp,Full name,U1,U2,Saran
10/2/2024 14:05:33,Contoh,4,4,baik
10/3/2024 9:00:00,Contoh,9,4,baik
10/31/2024 9:00:00,Contoh,4,4,baik
11/1/2024,Contoh,x,4,baik
1/12/1999 9:00:00,Contoh,4,4,baik
"""


def rejected(berkas: Berkas, bentuk: Literal["csv", "xlsx"]) -> Berkas:
    pemetaan = propose(berkas, BAKU)
    isi = write_rejects(berkas, pemetaan, check(berkas, pemetaan, BAKU, BARE), bentuk)
    return read_file(f"ditolak.{bentuk}", isi)


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_the_rows_as_they_were_and_why(bentuk: Literal["csv", "xlsx"]) -> None:
    again = rejected(csv_file(TABLE), bentuk)
    header, first, second = again.lembar[0].baris
    assert list(header) == [*NINE.split(";"), "Saran", KETERANGAN]
    assert first[:-1] == [*"44444444", "5", '=HYPERLINK("x")']
    assert second[9] == "@kantor"
    assert "U9" in str(first[-1])
    pemetaan = propose(again, BAKU)
    assert pemetaan.belum == ()
    assert pemetaan.saran == ()
    hasil = check(again, pemetaan, BAKU, BARE)
    assert codes(hasil.ditolak) == ["jawaban-salah", "tidak-ada-jawaban"]


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_a_second_rejection_writes_its_reasons_anew(bentuk: Literal["csv", "xlsx"]) -> None:
    once = rejected(csv_file(TABLE), bentuk)
    twice = rejected(once, bentuk)
    assert [list(r[:-1]) for r in twice.lembar[0].baris] == [
        list(r[:-1]) for r in once.lembar[0].baris
    ]
    assert list(twice.lembar[0].baris[0]).count(KETERANGAN) == 1


def test_no_cell_of_the_csv_is_a_formula() -> None:
    berkas = csv_file(TABLE)
    pemetaan = propose(berkas, BAKU)
    isi = write_rejects(berkas, pemetaan, check(berkas, pemetaan, BAKU, BARE))
    assert isi.startswith(b"\xef\xbb\xbf")
    cells = [
        c for row in csv.reader(io.StringIO(isi.decode("utf-8-sig")), delimiter=";") for c in row
    ]
    assert not [c for c in cells if c[:1] in ("=", "+", "@", "\t") or (c[:1] == "-" and c != "-")]


def test_a_row_that_is_too_long_stays_too_long() -> None:
    again = rejected(csv_file("U1;U2\n4;4;4"), "csv")
    assert codes(check(again, propose(again, BAKU), BAKU, BARE).ditolak) == ["baris-kelebihan-sel"]


def test_a_workbook_keeps_its_types() -> None:
    moment = datetime(2024, 12, 31, 8, 30)  # noqa: DTZ001
    berkas = read_file("a.xlsx", xlsx(["Waktu", "U1", "U2"], [moment, 7, 3.5]))
    row = rejected(berkas, "xlsx").lembar[0].baris[1]
    assert row[:3] == [moment, 7.0, 3.5]
    assert rejected(berkas, "csv").lembar[0].baris[1][:3] == ["2024-12-31 08:30:00", "7", "3.5"]


@settings(deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"'{0,3}[=+@-].{0,5}", fullmatch=True))
def test_neutralising_is_undone_on_reading(text: str) -> None:
    safe = neutralise(text)
    assert not (len(safe) > 1 and safe[0] in "=+-@\t\r")
    if text[:1] != "'":
        assert restore(safe) == text
    assert neutralise(restore(safe)) == safe


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_nothing_that_names_people_is_in_the_file(bentuk: Literal["csv", "xlsx"]) -> None:
    secrets = ("3275012345678901", "Budi Contoh", "081234567890", "budi@contoh.id", "Jalan Contoh")
    nik, name, phone, mail, street = secrets
    berkas = csv_file(
        f"""Nama;NIK;No HP;Alamat;Catatan lain;No;U1;U2;Saran
        {name};{nik};{phone};{street};{name};{nik};9;4;WA {phone}, {mail}
        {name};{nik};{phone};{street};{name};2;{phone};4;NIK {nik};{mail};lebih"""
    )
    isi = rejected(berkas, bentuk)
    text = repr(isi.lembar[0].baris)
    assert not [secret for secret in secrets if secret in text]
    header = [c for c in isi.lembar[0].baris[0] if c]
    assert header == ["No", "U1", "U2", "Saran", KETERANGAN]
    assert "WA [disamarkan], [disamarkan]" in text


@pytest.mark.parametrize("bentuk", ["csv", "xlsx"])
def test_a_corrected_row_comes_back_on_the_same_day(bentuk: Literal["csv", "xlsx"]) -> None:
    berkas = read_file("us.csv", US.encode())
    first = check(berkas, propose(berkas, BAKU), BAKU, TODAY)
    assert first.jumlah_diterima == 2
    again = rejected(berkas, bentuk)
    rows = [["4" if c in ("9", "x", 9.0) else c for c in row] for row in again.lembar[0].baris]
    corrected = Berkas("b", "0", again.bentuk, (Lembar("a", rows),))
    assert undecided_order(corrected, propose(corrected, BAKU), BAKU) is None
    hasil = check(corrected, propose(corrected, BAKU), BAKU, TODAY)
    days = [j.waktu.astimezone(BAKU.zona) for j in hasil.diterima if j.waktu]
    assert [f"{d:%Y-%m-%d %H:%M:%S}" for d in days] == [
        "2024-10-03 09:00:00",
        "2024-11-01 00:00:00",
    ]
    assert [j.periode and j.periode.kode for j in hasil.diterima] == ["2024-T4"] * 2
    assert codes(hasil.ditolak) == ["tanggal-terlalu-lama"]


CELL = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"),
    max_size=10,
).map(str.strip)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_whatever_stands_in_a_rejected_row_comes_back_equal(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Titik", "U1", "Saran", "U2"])
    writer.writerows([restore(note), "9", restore(saran), "4"] for note, saran in rows)
    berkas = read_file("a.csv", text.getvalue().encode())
    source = [
        [mask(str(titik)), "9", clean_saran(str(saran)) or "", "4"]
        for titik, _, saran, _ in berkas.lembar[0].baris[1:]
    ]
    again = rejected(berkas, "csv").lembar[0].baris[1:]
    assert [list(r[:4]) for r in again] == source
