"""One sheet: what is written to it, and what it is called in formulas."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from skm.report.xlsx.formulas import at, fixed_area, on
from skm.report.xlsx.styles import ROW_PIXELS, Gaya

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""What a cell can hold."""
LINE_POINTS = ROW_PIXELS * 0.75
TITLE_POINTS = 24.0
LETTERS = 1.12
"""Letters to a unit of width, which is that of a digit: most letters are narrower."""
BOLD = 0.85
"""How much of a width is left for bold letters beside a filter's button."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

Nilai = Fraction | Decimal | int | str | None
"""A figure as ours: exact, or a text, or None where nobody answered."""


@dataclass(frozen=True, slots=True)
class Lembar:
    """A sheet with its name and the workbook's formats. Rows and columns count from 0."""

    nama: str
    sheet: Worksheet
    gaya: Gaya

    def text(self, baris: int, kolom: int, teks: str, gaya: Format) -> None:
        """Write a text as a text, whatever it begins with; an empty one leaves the cell empty."""
        if teks:
            self.sheet.write_string(baris, kolom, clean(teks), gaya)
        else:
            self.sheet.write_blank(baris, kolom, None, gaya)

    def figure(self, baris: int, kolom: int, rumus: str | None, nilai: Nilai, gaya: Format) -> None:
        """Write a formula with our value as what it last gave, or without one the value alone."""
        shown = float(nilai) if isinstance(nilai, Fraction | Decimal) else nilai
        if rumus is not None:
            self.sheet.write_formula(baris, kolom, rumus, gaya, "" if shown is None else shown)
        elif isinstance(shown, str):
            self.text(baris, kolom, shown, gaya)
        elif shown is None:
            self.sheet.write_blank(baris, kolom, None, gaya)
        else:
            self.sheet.write_number(baris, kolom, shown, gaya)

    def title(self, judul: str, *catatan: str) -> None:
        """Write the sheet's title and remarks, a line each."""
        self.text(0, 0, judul, self.gaya.judul)
        self.sheet.set_row(0, TITLE_POINTS)
        for baris, teks in enumerate(catatan, start=1):
            self.text(baris, 0, teks, self.gaya.catatan)

    def widths(self, lebar: Sequence[float]) -> None:
        """Set the columns' widths, in characters, from the first one on."""
        for kolom, width in enumerate(lebar):
            self.sheet.set_column(kolom, kolom, width)

    def headings(self, baris: int, judul: Sequence[str], lebar: Sequence[float]) -> None:
        """Write the headings of a table whose columns have these widths."""
        for kolom, teks in enumerate(judul):
            self.text(baris, kolom, teks, self.gaya.kepala)
        self.fit(baris, judul, [width * BOLD for width in lebar])

    def fit(self, baris: int, teks: Sequence[str], lebar: Sequence[float]) -> None:
        """Make a row high enough for texts that wrap; not every program does it by itself."""
        lines = max(map(_lines, teks, lebar), default=1)
        self.sheet.set_row(baris, LINE_POINTS * lines)

    def paragraph(self, baris: int, teks: str, kolom: int, lebar: float, gaya: Format) -> None:
        """Write a text across the columns 0 to `kolom`, `lebar` characters wide, high enough."""
        self.fit(baris, [teks], [lebar])
        if kolom:
            self.sheet.merge_range(baris, 0, baris, kolom, "", gaya)
        self.text(baris, 0, teks, gaya)

    def ref(self, baris: int, kolom: int) -> str:
        """Return a cell's address as other sheets write it."""
        return on(self.nama, at(baris, kolom))

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return an area's address as other sheets write it."""
        return on(self.nama, fixed_area(first, last))


def capitalised(teks: str) -> str:
    """Return a sentence's text with a capital at its beginning."""
    return teks[:1].upper() + teks[1:]


def _lines(teks: str, lebar: float) -> int:
    return sum(len(textwrap.wrap(part, int(lebar * LETTERS))) or 1 for part in teks.split("\n"))


def clean(teks: str) -> str:
    """Return a text as a cell holds it: without control characters, and cut where it is full."""
    return _CONTROL.sub(" ", teks)[:LONGEST_TEXT]
