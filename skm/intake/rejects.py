"""The rejected rows as a file that can be corrected and uploaded again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from skm.intake.csv_text import neutralise
from skm.intake.findings import Pemeriksaan
from skm.intake.mapping import Pemetaan
from skm.intake.sheets import Berkas, Sel, cell_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

KETERANGAN = "Keterangan kesalahan"
"""The last column's header; the mapper ignores a column of this name."""
WORKBOOK = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def write_rejects(
    berkas: Berkas,
    pemetaan: Pemetaan,
    pemeriksaan: Pemeriksaan,
    bentuk: Literal["csv", "xlsx"] = "csv",
) -> bytes:
    """Return the columns that are read of the rejected rows, with a last column that says why.

    Nothing in it names people: their columns and unused ones are left out, free text is masked.
    Days that were understood are written so that they mean the same day when they come back.
    CSV is UTF-8 with its mark and `;`, as Indonesian Excel expects; no cell of it is a formula.
    """
    rows = list(_rows(berkas, pemetaan, pemeriksaan))
    return _write_csv(rows) if bentuk == "csv" else _write_xlsx(rows, pemetaan)


def _rows(berkas: Berkas, pemetaan: Pemetaan, pemeriksaan: Pemeriksaan) -> Iterator[Sequence[Sel]]:
    header = berkas.sheet(pemetaan.lembar).baris[pemetaan.baris_judul - 1]
    reasons: dict[int, list[str]] = {}
    for temuan in pemeriksaan.ditolak:
        reasons.setdefault(temuan.baris, []).append(temuan.pesan)
    kept = [k.indeks for k in pemetaan.kolom if k.tujuan not in ("abaikan", "pribadi")]
    yield [*(header[i] for i in kept), KETERANGAN]
    for rejected in pemeriksaan.baris_ditolak:
        why = " ".join(reasons.get(rejected.baris, []))
        # Surplus cells stay surplus, after the reason: the row must be seen to be too long.
        yield [*(rejected.sel[i] for i in kept), why, *rejected.lebih]


def _write_csv(rows: list[Sequence[Sel]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for row in rows:
        writer.writerow(
            [neutralise(cell_text(c)) if isinstance(c, str) else cell_text(c) for c in row]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _write_xlsx(rows: list[Sequence[Sel]], pemetaan: Pemetaan) -> bytes:
    import xlsxwriter  # only who writes a workbook waits for it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK) as book:
        sheet = book.add_worksheet("Ditolak")
        formats = {
            "judul": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "saat": book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            "hari": book.add_format({"num_format": "dd/mm/yyyy"}),
            "jam": book.add_format({"num_format": "[hh]:mm:ss"}),
        }
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                write_cell(sheet, at, column, cell, formats)
        sheet.set_row(0, None, formats["judul"])
        sheet.freeze_panes(1, 0)
        sheet.set_column(len(rows[0]) - 1, len(rows[0]) - 1, 60)
    return buffer.getvalue()


def write_cell(
    sheet: Worksheet, row: int, column: int, sel: Sel, formats: dict[str, Format]
) -> None:
    """Write one raw cell with its type; text is text, never a formula or a link."""
    if sel is None or sel == "":
        return
    if isinstance(sel, datetime):
        sheet.write_datetime(row, column, sel.replace(tzinfo=None), formats["saat"])
    elif isinstance(sel, date):
        sheet.write_datetime(row, column, sel, formats["hari"])
    elif isinstance(sel, time | timedelta):
        sheet.write_datetime(row, column, sel, formats["jam"])
    elif isinstance(sel, int | float):
        sheet.write_number(row, column, sel)
    else:
        sheet.write_string(row, column, sel[:32_767])
