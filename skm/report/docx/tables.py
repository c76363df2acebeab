"""A table of the report: its caption, rows that repeat their heading, and its note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skm.analysis.table import Kolom
from skm.report.docx.fields import caption
from skm.report.docx.styles import Gaya
from skm.report.docx.widths import arrange
from skm.report.docx.xml import Element, clean, paragraph, run, w
from skm.report.dokumen import BlokTabel

WHOLE_ROWS, WHOLE_LETTERS = 12, 1500
"""A table of no more rows and letters stays on one page."""
USUAL, SMALL = 21, 17
"""The sizes of type in half points, as styles.xml has them."""
CELL_MARGIN = {False: 85, True: 60}
"""Twips beside the words of a cell, in usual and in small type."""
TWIPS = 10
"""The twips of half a point."""
LONGEST_CELL = 600
"""Letters of the longest cell whose row may not break over two pages."""


@dataclass(frozen=True, slots=True)
class _Rupa:
    """How cells look: their style, the widths of the columns, a size other than the style's."""

    gaya: str
    lebar: tuple[int, ...]
    ukuran: int | None


def table_blocks(
    blok: BlokTabel, gaya: Gaya, lebar: int, huruf: float, expected: int
) -> list[Element]:
    """Return caption, table and note.

    `huruf` is the width of the document's letters, those of Times being 1; `expected` is the
    number that the caption would count to.
    """
    above = paragraph(
        gaya["Caption"],
        *caption("Tabel", blok.nomor, expected, blok.tabel.judul),
        properties=(w("keepNext"),),
    )
    note = paragraph(gaya["SKMJarak"])
    if blok.tabel.catatan:
        note = paragraph(gaya["SKMCatatan"], run(blok.tabel.catatan))
    return [above, _table(blok, gaya, lebar, huruf), note]


def _table(blok: BlokTabel, gaya: Gaya, lebar: int, huruf: float) -> Element:
    tabel = blok.tabel
    size = SMALL if blok.rapat else USUAL
    susunan = arrange(tabel, blok.lebar, lebar, TWIPS * size * huruf)
    look = _Rupa(
        gaya["SKMIsiTabelRapat" if blok.rapat else "SKMIsiTabel"],
        susunan.lebar,
        None if susunan.skala == 1 else int(size * susunan.skala),
    )
    heading = tuple(kolom.judul for kolom in tabel.kolom)
    rows = [heading, *tabel.baris, *([tabel.kaki] if tabel.kaki else [])]
    kept = _rows_kept_with_next(rows, noted=bool(tabel.catatan))
    return w(
        "tbl",
        _table_properties(blok, gaya, lebar, round(CELL_MARGIN[blok.rapat] * susunan.skala)),
        w("tblGrid", *(w("gridCol", w=width) for width in susunan.lebar)),
        *(
            _row(cells, tabel.kolom, look, heading=i == 0, kept=i in kept)
            for i, cells in enumerate(rows)
        ),
    )


def _rows_kept_with_next(rows: Sequence[Sequence[str]], *, noted: bool) -> set[int]:
    """Return the rows that stay with what follows: all of a short table, else its two ends."""
    last = len(rows) if noted else len(rows) - 1
    letters = sum(len(cell) for row in rows for cell in row)
    if len(rows) <= WHOLE_ROWS + 1 and letters <= WHOLE_LETTERS:
        return set(range(last))
    return {0, *range(len(rows) - 2, last)}


def _table_properties(blok: BlokTabel, gaya: Gaya, lebar: int, beside: int) -> Element:
    """Return the table's look. Word may still widen a column whose word does not fit in it."""
    last = 1 if blok.tabel.kaki else 0
    return w(
        "tblPr",
        w("tblStyle", val=gaya["SKMTabel"]),
        w("tblW", w=lebar, type="dxa"),
        w("tblCellMar", *(w(side, w=beside, type="dxa") for side in ("left", "right"))),
        w(
            "tblLook",
            val="0660" if last else "0620",
            firstRow=1,
            lastRow=last,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
        w("tblCaption", val=clean(blok.tabel.judul)),
    )


def _row(
    cells: Sequence[str], columns: Sequence[Kolom], look: _Rupa, *, heading: bool, kept: bool
) -> Element:
    whole = [] if max(map(len, cells)) > LONGEST_CELL else [w("cantSplit")]
    repeated = [w("tblHeader")] if heading else []
    return w(
        "tr",
        w("trPr", *whole, *repeated),
        *(
            _cell(text, width, look, number=kolom.angka, kept=kept)
            for text, kolom, width in zip(cells, columns, look.lebar, strict=True)
        ),
    )


def _cell(text: str, width: int, look: _Rupa, *, number: bool, kept: bool) -> Element:
    properties = [w("keepNext")] if kept else []
    if number:
        properties.append(w("jc", val="right"))
    size = (w("sz", val=look.ukuran), w("szCs", val=look.ukuran)) if look.ukuran else ()
    content = [run(text, *size)] if text else []
    return w(
        "tc",
        w("tcPr", w("tcW", w=width, type="dxa")),
        paragraph(look.gaya, *content, properties=tuple(properties)),
    )
