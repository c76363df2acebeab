"""Any bytes give sheets or one SkmError with its own code."""

import csv
import io
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survei_uji import xlsx

from skm.intake import Bentuk, csv_text, extents, read, read_file, workbook
from skm.pesan import SkmError, catalogue

TABEL = [["Nomor", "Saran, kritik"], ["1", "baik; sekali\nterima kasih"], ["2", "3,0"]]


def kode_of(isi: bytes, nama: str = "a.csv") -> str:
    with pytest.raises(SkmError) as caught:
        read_file(nama, isi)
    assert str(caught.value)
    return caught.value.kode


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_every_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{c}"' for c in row) for row in TABEL) + "\r\n"
    berkas = read_file("jawaban.csv", (text + f'"3"{delimiter}"é"\r\n').encode(encoding))
    assert berkas.bentuk is Bentuk.CSV
    assert berkas.lembar[0].baris == [*TABEL, ["3", "é"]]


def test_excels_own_separator_line_is_honoured_and_not_a_row() -> None:
    berkas = read_file("a.csv", b"sep=;\r\na,b;c\r\n1,0;2\r\n")
    assert berkas.lembar[0].baris == [["a,b", "c"], ["1,0", "2"]]


def test_decimal_commas_do_not_hide_the_semicolon() -> None:
    berkas = read_file("a.csv", b"U1;U2;U3\n3,0;4,0;2,0\n1,0;2,0;3,0\n")
    assert berkas.lembar[0].baris[1] == ["3,0", "4,0", "2,0"]


def test_empty_lines_keep_the_row_numbers() -> None:
    assert read_file("a.csv", b"a;b\n\n1;2\n").lembar[0].baris == [["a", "b"], [], ["1", "2"]]


def test_the_content_decides_not_the_name() -> None:
    assert read_file("jawaban.csv", xlsx(["U1"], [4])).bentuk is Bentuk.XLSX
    assert read_file("jawaban.xlsx", b"U1;U2\n4;3\n").bentuk is Bentuk.CSV


@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        (b"", "berkas-kosong"),
        (b"\xef\xbb\xbf \r\n", "berkas-kosong"),
        (b";;\n;;\n", "berkas-kosong"),
        (b"%PDF-1.7 ...", "berkas-bukan-tabel"),
        (b"\x89PNG\r\n\x1a\n", "berkas-bukan-tabel"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "berkas-html"),
        (b"a;b\n1;\x00\n", "berkas-biner"),
        (b"a;b\n1;\x07\n", "berkas-biner"),
        (b"a;b\n1;\x81\n", "berkas-enkoding"),
        (b"\xff\xfea", "berkas-enkoding"),
        (b"PK\x03\x04 not a zip", "berkas-rusak"),
        (workbook.OLE_MAGIC + b"\x00" * 600, "berkas-rusak"),
        (workbook.OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"), "berkas-sandi"),
        (b'a;b\n1;"tidak ditutup\n2;3\n', "csv-kutip"),
        (b'a;b;c;d;e;f\n1;2;3;4;5;"x\n1;2;3;4;5;6\n1;2;3;4;5;y"\n', "csv-kutip"),
    ],
)
def test_what_cannot_be_read_has_its_own_code(isi: bytes, kode: str) -> None:
    assert kode_of(isi) == kode


def test_a_quote_left_open_is_placed() -> None:
    with pytest.raises(SkmError) as caught:
        read_file("a.csv", b'a;b\n1;2\n1;"tidak ditutup\n2;3\n')
    assert caught.value.isi["baris"] == 3


def test_a_long_text_over_several_lines_is_no_open_quote() -> None:
    berkas = read_file("a.csv", b'U1,U2,U3,U4,U5,Saran\n4,4,4,4,4,"KTP, KK\nakta, KIA"\n')
    assert len(berkas.lembar[0].baris) == 2


def test_too_many_bytes() -> None:
    assert kode_of(b"1" * (read.MAX_BYTES + 1)) == "berkas-terlalu-besar"


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_text, "MAX_ROWS", 3)
    assert len(read_file("a.csv", b"U1;U2\n" + b"1;2\n" * 3).lembar[0].baris) == 4
    assert kode_of(b"U1;U2\n" + b"1;2\n" * 4) == "berkas-terlalu-banyak-baris"


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (extents.MAX_RATIO * 64 * 1024 + 1))
    assert kode_of(buffer.getvalue()) == "berkas-terlalu-besar-isi"


def edited(isi: bytes, old: bytes, new: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(isi)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in source.namelist():
            content = source.read(name)
            out.writestr(name, content.replace(old, new) if "sheet1" in name else content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("cell", "kode"),
    [
        (b'r="XFD1048576"', "berkas-terlalu-besar-isi"),
        (b'r = "xfd9"', "berkas-terlalu-besar-isi"),
        (b"\nr='ZZ900000'", "berkas-terlalu-besar-isi"),
        (b'r="B99999999"', "berkas-terlalu-banyak-baris"),
        (b'r="B1048576"', "berkas-terlalu-banyak-baris"),
    ],
)
def test_a_cell_in_the_far_corner_is_refused_before_memory_is_asked_for(
    cell: bytes, kode: str
) -> None:
    assert kode_of(edited(xlsx(["a"], [None, 2]), b'r="B2"', cell)) == kode


ODS = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Data">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL = '<table:table-cell {}office:value-type="float" office:value="3"/>'
PADDING = '<table:table-cell table:number-columns-repeated="16000"/>'


def ods(rows: str, manifest: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f"{manifest}</manifest:manifest>",
        )
        archive.writestr("content.xml", ODS.format(rows))
    return buffer.getvalue()


JAWABAN_XLS = (Path(__file__).parent / "berkas" / "jawaban.xls").read_bytes()


def test_xls() -> None:
    berkas = read_file("jawaban.xls", JAWABAN_XLS)
    assert berkas.bentuk is Bentuk.XLS
    assert berkas.lembar[0].baris[1] == [date(2024, 12, 1), *[2.0] * 4, "c", *[2.0] * 4]


def test_an_xls_cell_in_the_far_corner_ends_another_process() -> None:
    start = JAWABAN_XLS.index(struct.pack("<HHHH", 0x00FD, 10, 3, 5))
    far = JAWABAN_XLS[: start + 4] + b"\xff\xff\xff\xff" + JAWABAN_XLS[start + 8 :]
    assert kode_of(far) == "berkas-rusak"


def test_ods_with_the_endless_empty_cells_that_it_always_has() -> None:
    row = f"<table:table-row>{CELL.format('') * 2}{PADDING}</table:table-row>"
    rest = f'<table:table-row table:number-rows-repeated="1048000">{PADDING}</table:table-row>'
    berkas = read_file("a.ods", ods(row * 2 + rest))
    assert berkas.bentuk is Bentuk.ODS
    assert [list(r) for r in berkas.lembar[0].baris] == [[3.0, 3.0], [3.0, 3.0]]


def test_ods_cells_repeated_without_end_are_refused() -> None:
    many = CELL.format('office:x="a>b" table:number-columns-repeated="99999999" ')
    assert kode_of(ods(f"<table:table-row>{many}</table:table-row>")) == "berkas-terlalu-besar-isi"
    far = '<table:table-row table:number-rows-repeated="99999999">'
    assert (
        kode_of(ods(f"{far}{CELL.format('')}</table:table-row>")) == "berkas-terlalu-banyak-baris"
    )


def test_ods_under_a_password() -> None:
    isi = ods("", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    assert kode_of(isi) == "berkas-sandi"


def test_two_kinds_in_one_file_are_refused() -> None:
    assert kode_of(workbook.OLE_MAGIC + b"\x00" * 600 + xlsx(["a"])) == "berkas-rusak"


def test_a_zip_that_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("catatan.txt", "halo")
    assert kode_of(buffer.getvalue()) == "berkas-bukan-tabel"


def test_a_broken_workbook() -> None:
    isi = xlsx(["a"], [1])
    assert kode_of(isi[: len(isi) // 2]) == "berkas-rusak"


def test_sheets_trimmed_merged_and_hidden() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Layanan", "U1"], ["KTP", 4], [None, 3], ["KK", True]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.cell(40, 30).value = " "
    sheet["C1"] = datetime(2024, 12, 31, 14, 5)  # noqa: DTZ001
    book.create_sheet("Daftar").sheet_state = "hidden"
    book["Daftar"].append(["U1", "U2"])
    book.create_sheet("Kosong")
    buffer = io.BytesIO()
    book.save(buffer)
    (lembar,) = read_file("a.xlsx", buffer.getvalue()).lembar
    assert [list(r) for r in lembar.baris] == [
        ["Layanan", "U1", datetime(2024, 12, 31, 14, 5)],  # noqa: DTZ001
        ["KTP", 4.0, ""],
        ["KTP", 3.0, ""],
        ["KK", "TRUE", ""],
    ]


def returns_or_says_why(isi: bytes) -> None:
    try:
        read_file("apa saja", isi)
    except SkmError as error:
        assert error.kode in catalogue()
        assert str(error)


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_no_bytes_bring_a_traceback(isi: bytes) -> None:
    returns_or_says_why(isi)


@settings(deadline=None)
@given(
    st.sampled_from(
        [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b'"', workbook.OLE_MAGIC]
    ),
    st.binary(max_size=2000),
)
def test_no_bytes_after_a_known_beginning_bring_a_traceback(magic: bytes, isi: bytes) -> None:
    returns_or_says_why(magic + isi)


GOOD = xlsx(["U1", "U2"], [4, 3])


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_no_damaged_workbook_brings_a_traceback(at: int, noise: bytes) -> None:
    returns_or_says_why(GOOD[:at] + noise + GOOD[at + len(noise) :])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, len(JAWABAN_XLS) - 1), st.binary(min_size=1, max_size=8))
def test_no_damaged_xls_brings_a_traceback(at: int, noise: bytes) -> None:
    returns_or_says_why(JAWABAN_XLS[:at] + noise + JAWABAN_XLS[at + len(noise) :])


@settings(deadline=None)
@given(st.text(alphabet=' \t;,"\r\na1', max_size=200))
def test_no_text_brings_a_traceback(text: str) -> None:
    returns_or_says_why(text.encode())


@given(st.text(st.sampled_from('ab1;;;"\n\r\v\u2028 '), max_size=60))
@settings(max_examples=500, deadline=None, database=None)
def test_rows_are_those_that_the_csv_module_reads(text: str) -> None:
    text = f"a;b\n{text}"
    try:
        rows = csv_text.parse_csv("uji.csv", text)
    except SkmError:
        assert '"' in text
    else:
        assert rows == list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_cell_past_the_limit_of_the_csv_module_is_refused() -> None:
    with pytest.raises(SkmError) as error:
        csv_text.parse_csv("uji.csv", "a;b\n" + "1" * 131_073 + ";2\n")
    assert error.value.kode == "csv-kutip"
