"""Printed tables as sheets, a sheet each: what is printed as a number is a number again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from skm.analysis.table import Tabel
from skm.report.xlsx.book import Buku, new_workbook
from skm.report.xlsx.sheet import Lembar
from skm.report.xlsx.styles import number_format

if TYPE_CHECKING:
    from xlsxwriter.format import Format

WIDEST, NARROWEST = 60, 9
UPRIGHT = 5
"""As many columns as an upright page holds."""
LETTERS = 2
EXACT_DIGITS = 15
"""More digits than this no spreadsheet keeps."""
_NUMBER = re.compile(
    r"(?P<tanda>[+−-]?)(?P<bulat>[1-9]\d{0,2}(?:\.\d{3})+|0|[1-9]\d*)"
    r"(?:,(?P<pecahan>\d+))?(?P<persen>%?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Angka:
    """A printed number as a value, and the number format that prints it the same way."""

    nilai: Decimal
    bentuk: str


def read_printed(teks: str) -> Angka | None:
    """Return the number that "1.560", "93,86", "111,29%" or "−0,21" prints; None for other text.

    A percentage keeps its value: 111,29% is 111.29.
    """
    match = _NUMBER.fullmatch(teks)
    if match is None:
        return None
    whole, decimals = match["bulat"].replace(".", ""), match["pecahan"] or ""
    if len(whole + decimals) > EXACT_DIGITS:
        return None
    shape = "#,##0" if "." in match["bulat"] else "0"
    shape += f".{'0' * len(decimals)}" if decimals else ""
    shape += '"%"' if match["persen"] else ""
    value = Decimal(f"{whole}.{decimals or 0}")
    if match["tanda"]:
        shape = f'+{shape};"−"{shape};{shape}'
    return Angka(-value if match["tanda"] in ("−", "-") else value, shape)


class PenulisTabel:
    """Writes tables to sheets of a workbook, `judul` over each and the sentences under it."""

    def __init__(self, buku: Buku, judul: str = "", catatan: Sequence[str] = ()) -> None:
        self._buku = buku
        self._judul = judul
        self._catatan = catatan
        self._formats: dict[tuple[str, bool], Format] = {}

    def write(self, tabel: Tabel) -> Lembar:
        """Write a table to a sheet of its own, and return the sheet."""
        nama = tabel.nama[:1].upper() + tabel.nama[1:]
        lembar = self._buku.add_table(nama, tidur=len(tabel.kolom) > UPRIGHT)
        titles = [self._judul, tabel.judul] if self._judul else [tabel.judul]
        for row, title in enumerate(titles):
            lembar.text(row, 0, title, lembar.gaya.subjudul)
        head, widths = len(titles) + 1, _widths(tabel)
        lembar.widths(widths)
        lembar.headings(head, [k.judul for k in tabel.kolom], widths)
        row = head + 1
        for cells in tabel.baris:
            self._row(lembar, row, tabel, cells, kaki=False)
            lembar.fit(row, cells, widths)
            row += 1
        if tabel.kaki:
            self._row(lembar, row, tabel, tabel.kaki, kaki=True)
            row += 1
        notes = filter(None, (tabel.catatan, *self._catatan))
        for place, note in enumerate(notes, start=row + 1):
            lembar.paragraph(place, note, len(widths) - 1, sum(widths), lembar.gaya.keterangan)
        lembar.sheet.freeze_panes(head + 1, 0)
        lembar.sheet.repeat_rows(head)
        return lembar

    def _row(
        self, lembar: Lembar, row: int, tabel: Tabel, cells: Sequence[str], *, kaki: bool
    ) -> None:
        gaya = lembar.gaya
        for at, (kolom, cell) in enumerate(zip(tabel.kolom, cells, strict=True)):
            number = read_printed(cell) if kolom.angka else None
            if number is not None:
                look = self._number_format(number.bentuk, kaki=kaki)
                lembar.sheet.write_number(row, at, float(number.nilai), look)
            elif kolom.angka:
                lembar.text(row, at, cell, gaya.kanan_tebal if kaki else gaya.kanan)
            elif _is_letters(tabel, at):
                lembar.text(row, at, cell, gaya.huruf_tebal if kaki else gaya.tengah)
            else:
                lembar.text(row, at, cell, gaya.tebal if kaki else gaya.teks)

    def _number_format(self, bentuk: str, *, kaki: bool) -> Format:
        known = self._formats.get((bentuk, kaki))
        if known is None:
            known = self._formats[bentuk, kaki] = number_format(self._buku.book, bentuk, tebal=kaki)
        return known


def write_tables(judul: str, tabel: Sequence[Tabel], catatan: Sequence[str] = ()) -> bytes:
    """Return a workbook (XLSX) of printed tables, a sheet each with `catatan` under it.

    `judul` stands over each and at the head of every page. The same tables give the same bytes.
    """
    with new_workbook(judul, judul, "") as (buku, buffer):
        writer = PenulisTabel(buku, judul, catatan)
        for item in tabel:
            writer.write(item)
    return buffer.getvalue()


def _widths(tabel: Tabel) -> list[float]:
    """Return a width for each column: that of its longest cell, within limits."""
    return [
        min(max(NARROWEST, len(kolom.judul) / 2, *(len(cell) for cell in _cells(tabel, i))), WIDEST)
        + 2
        for i, kolom in enumerate(tabel.kolom)
    ]


def _is_letters(tabel: Tabel, kolom: int) -> bool:
    """Return whether a column holds codes or mutu letters alone, which are read centred."""
    return all(len(cell) <= LETTERS for cell in _cells(tabel, kolom))


def _cells(tabel: Tabel, kolom: int) -> list[str]:
    return [row[kolom] for row in (*tabel.baris, tabel.kaki) if row]
