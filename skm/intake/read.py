"""Any uploaded bytes to sheets of raw cells, or one clear reason why not."""

from __future__ import annotations

import hashlib

from skm.intake.csv_text import decode, parse_csv
from skm.intake.sheets import Bentuk, Berkas, Lembar
from skm.intake.workbook import OLE_MAGIC, ZIP_MAGIC, read_workbook
from skm.pesan import SkmError

CSV_SHEET = "CSV"
"""What the one sheet of a CSV is called."""
MAX_BYTES = 20 * 1024 * 1024
_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")


def read_file(nama: str, isi: bytes) -> Berkas:
    """Return the sheets of a CSV, XLSX, XLS or ODS, told by its content and not by its name.

    Raises SkmError and nothing else, whatever the bytes: `berkas-kosong`, `berkas-terlalu-besar`,
    `berkas-bukan-tabel`, `berkas-html`, or a code of `decode`, `parse_csv`, `read_workbook`.
    """
    if len(isi) > MAX_BYTES:
        raise SkmError("berkas-terlalu-besar", berkas=nama, batas=MAX_BYTES // 1024**2)
    head = isi[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise SkmError("berkas-kosong", berkas=nama)
    if head.startswith(_FOREIGN):
        raise SkmError("berkas-bukan-tabel", berkas=nama)
    if head.lower().startswith(_MARKUP):
        raise SkmError("berkas-html", berkas=nama)
    if isi.startswith((OLE_MAGIC, ZIP_MAGIC)):
        bentuk, lembar = read_workbook(nama, isi)
    else:
        bentuk = Bentuk.CSV
        lembar = (Lembar(CSV_SHEET, parse_csv(nama, decode(nama, isi))),)
    if not any(any(any(row) for row in sheet.baris) for sheet in lembar):
        raise SkmError("berkas-kosong", berkas=nama)
    return Berkas(nama, hashlib.sha256(isi).hexdigest(), bentuk, lembar)
