"""A file as tables of raw cells, before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

Sel = str | int | float | date | datetime | time | timedelta | None
"""A raw cell. A truth value is its text, TRUE or FALSE; an empty cell is "" or None."""


class Bentuk(StrEnum):
    """What kind of file it is, by its content."""

    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Lembar:
    """One sheet. `baris[0]` is row 1 of the spreadsheet; rows may differ in length."""

    nama: str
    baris: Sequence[Sequence[Sel]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Berkas:
    """A file that could be read: its name, the SHA-256 of its bytes, and its visible sheets."""

    nama: str
    sha256: str
    bentuk: Bentuk
    lembar: tuple[Lembar, ...]

    def sheet(self, nama: str) -> Lembar:
        """Return the sheet of that name. Raises KeyError."""
        for lembar in self.lembar:
            if lembar.nama == nama:
                return lembar
        raise KeyError(nama)


def is_blank(sel: Sel) -> bool:
    """Return whether a cell shows nothing."""
    return sel is None or (isinstance(sel, str) and not sel.strip())


def cell_text(sel: Sel) -> str:
    """Return what a cell shows: whole numbers without decimals, days in ISO form."""
    if isinstance(sel, str):
        return sel
    if sel is None:
        return ""
    if isinstance(sel, float):
        return str(int(sel)) if sel.is_integer() else repr(sel)
    if isinstance(sel, datetime):
        return sel.isoformat(sep=" ")
    return str(sel)


def column_letter(indeks: int) -> str:
    """Return the letter of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    number = indeks + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
