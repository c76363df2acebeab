"""A workbook without macros and outside links, whose bytes depend on what is written alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from skm.report.xlsx.names import free_name
from skm.report.xlsx.sheet import Lembar, clean
from skm.report.xlsx.styles import FONT, ROW_PIXELS, Gaya, make_styles, set_page

if TYPE_CHECKING:
    from xlsxwriter import Workbook

CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the format knows no time zones


@dataclass(frozen=True, slots=True)
class Buku:
    """A workbook to which sheets are added; `kiri` and `kanan` are printed at their heads.

    `tetap` are the names of sheets that formulas know: no table gets one of them.
    """

    book: Workbook
    gaya: Gaya
    kiri: str
    kanan: str
    tetap: frozenset[str] = frozenset()
    nama: list[str] = field(default_factory=list)

    def add(self, nama: str, *, tidur: bool = True) -> Lembar:
        """Add a sheet; `tidur` prints it in landscape."""
        self.nama.append(nama)
        sheet = self.book.add_worksheet(nama)
        set_page(sheet, self.kiri, self.kanan, tidur=tidur)
        return Lembar(nama, sheet, self.gaya)

    def add_table(self, nama: str, *, tidur: bool) -> Lembar:
        """Add a sheet under a name like this one that is not taken."""
        return self.add(free_name(nama, {*self.nama, *self.tetap}), tidur=tidur)


@contextmanager
def new_workbook(
    judul: str, kiri: str, kanan: str, tetap: Iterable[str] = ()
) -> Iterator[tuple[Buku, BytesIO]]:
    """Give a workbook to write to; its bytes are in the buffer once the context is left."""
    import xlsxwriter  # only who writes a workbook waits for it

    buffer = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": True,
        "default_format_properties": dict(FONT),  # the library adds to it
        "default_row_height": ROW_PIXELS,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": clean(judul), "author": "SKM", "created": CREATED})
        yield Buku(book, make_styles(book), kiri, kanan, frozenset(tetap)), buffer
