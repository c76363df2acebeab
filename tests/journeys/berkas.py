"""A workbook as a clerk has it: a cover sheet, titles, mixed dates and answers, a few faults."""

from datetime import datetime
from pathlib import Path

import openpyxl

# Excel knows no time zones.
SENIN, KAMIS = datetime(2025, 1, 6, 9, 15), datetime(2025, 1, 9)  # noqa: DTZ001
HEADER = [
    "No", "Timestamp", "Nama", "Jenis Layanan yang diterima", "Lokasi",
    "1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan"
    " dengan jenis pelayanannya?",
    "Prosedur", "U3", "Biaya", "Produk layanan", "Kompetensi petugas", "Perilaku",
    "Sarana prasarana", "Penanganan pengaduan", "L/P", "Umur", "Pendidikan", "Pekerjaan",
    "Kritik dan Saran", "",
]  # fmt: skip
KTP, PISAH = "KTP elektronik", "Identitas Kependudukan Digital"
ROWS = [
    [1, SENIN, "Responden A", PISAH, "Kecamatan Rawalumbu",
     "Sangat sesuai", "Mudah", 3, "Gratis", 4, "d", "c", 4, 4, "L", 34, "SMA", "Swasta", "Bagus."],
    [2, "07/01/2025 10.20", "Responden B", PISAH, "Kec. Rawalumbu",
     "sesuai", "sangat mudah", "4", "4 - Gratis", 3, 3, 3, "3", 3,
     "Perempuan", "28", "S1", "PNS", "-"],
    [3, 45664.5, "Responden C", KTP, "Kelurahan Kranji",
     4, 4, 4, 4, 4, 4, 4, 4, "N/A", "P", "", "SMA", None, None],
    [4, "31/02/2025", "Responden D", "Pencatatan Perceraian", "Kelurahan Kranji",
     4, 4, 4, 4, 4, 4, 4, 4, 4, "P", 40, "SMA", None, None],
    [5, KAMIS, "Responden E", "Pencatatan Perceraian", "Kelurahan Kranji",
     5, 0, 3.5, "baik sekali", 4, 4, 4, 4, 4, "P", 40, "SMA", None, None],
]  # fmt: skip

# By hand, of the rows 1 to 3 (4 and 5 are faulty), U1 … U9; U9 of row 3 is blank:
# sums 11 11 11 12 11 11 10 11 7, answered 3 3 3 3 3 3 3 3 2
# NRR 3.667 3.667 3.667 4 3.667 3.667 3.333 3.667 3.5, mean 32.8333 / 9 = 3.648148, x 25 = 91.2037
IKM = "91,20"


def write_messy(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.active["A1"] = "LAPORAN SKM"
    sheet = book.create_sheet("Data Januari")
    sheet["A1"] = "REKAP SURVEI KEPUASAN MASYARAKAT"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "Triwulan I 2025"
    for at, row in enumerate([HEADER, *ROWS], start=4):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, value)
    book.save(path)
    return path
