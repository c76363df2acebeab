"""A table as people read it: the page, the download and the terminal print the same digits."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column's heading; numbers are set flush right."""

    judul: str
    angka: bool = False


@dataclass(frozen=True, slots=True)
class Tabel:
    """Printed cells by row; `nama` is its file name, `kaki` a closing row, `catatan` a note."""

    nama: str
    judul: str
    kolom: tuple[Kolom, ...]
    baris: tuple[tuple[str, ...], ...]
    kaki: tuple[str, ...] = ()
    catatan: str = ""


def write_csv(tabel: Tabel) -> bytes:
    """Return the table as CSV for an Indonesian Excel: semicolons, decimal commas, UTF-8 with BOM.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(k.judul for k in tabel.kolom)
    for row in (*tabel.baris, *([tabel.kaki] if tabel.kaki else [])):
        writer.writerow(
            cell if kolom.angka else as_text(cell)
            for kolom, cell in zip(tabel.kolom, row, strict=True)
        )
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Return a text that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
