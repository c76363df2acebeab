"""A report as a Word document that the office may still edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import cast

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.text.parfmt import ParagraphFormat

from skm.report.docx.base import empty_document, numbering_root
from skm.report.docx.blocks import heading, items, picture, picture_caption, signature, text
from skm.report.docx.cover import cover, letterhead, table_of_contents
from skm.report.docx.frame import write_frame
from skm.report.docx.kop import open_kop
from skm.report.docx.numbering import Penomoran
from skm.report.docx.package import package_bytes
from skm.report.docx.page import text_area
from skm.report.docx.styles import add_styles, breaks_page, letter_width
from skm.report.docx.tables import table_blocks
from skm.report.docx.xml import Element, highest, paragraph, run
from skm.report.dokumen import (
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Dokumen,
    Grafik,
    Judul,
    Paragraf,
    TandaTangan,
)
from skm.report.grafik import chart_png

Gambar = Callable[[Grafik, str], bytes]
Tanda = tuple[str, int]
"""A bookmark: its name and its number."""
FIRST_BOOKMARK = 100_000_001


def write_docx(dokumen: Dokumen, kop: bytes | None = None, gambar: Gambar = chart_png) -> bytes:
    """Return the report as DOCX: styles, fields and tables of Word's own, charts as pictures.

    `kop` is an office's letterhead, a DOCX whose page, styles, head and foot the report takes on
    and whose text opens the first page; without it a neutral one is set from the cover's names.
    The same input gives the same bytes. `gambar` draws a chart as PNG from it and its alt text.
    Raises SkmError `kop-terlalu-besar`, `kop-tak-terbaca`, `kop-menaut-luar`.
    """
    document = empty_document() if kop is None else open_kop(kop)
    writer = _Writer(document, gambar)
    section = document.element.body.sectPr
    for block in writer.blocks(dokumen, own_letterhead=kop is not None):
        section.addprevious(block)
    write_frame(document, dokumen, writer.gaya, writer.bidang.lebar)
    author = dokumen.sampul.unit if dokumen.sampul else ""
    return package_bytes(document, dokumen.judul, author)


class _Writer:
    """Turns blocks into elements of one document, counting what Word will count too."""

    def __init__(self, document: Document, gambar: Gambar) -> None:
        self.gaya = add_styles(document.styles.element)
        self.bidang = text_area(document.sections[0])
        self._document = document
        self._gambar = gambar
        self._penomoran = Penomoran(numbering_root(document))
        self._huruf = letter_width(document.styles.element)
        self._breaks = breaks_page(document.styles.element, self.gaya["Heading1"])
        self._tables = self._pictures = 0

    def blocks(self, dokumen: Dokumen, *, own_letterhead: bool) -> list[Element]:
        """Return all that stands in the document, in order."""
        marked = list(zip(dokumen.isi, self._free_bookmarks(), strict=False))
        front = self._front(dokumen, own_letterhead=own_letterhead)
        listed = self._contents(marked) if dokumen.daftar_isi else []
        if listed and dokumen.sampul:
            _set_page_break(listed[0], wanted=True)
        fresh = bool(listed or dokumen.sampul)
        content: list[Element] = []
        for blok, mark in marked:
            made = self._block(blok, mark)
            if isinstance(blok, TandaTangan) and content:
                _keep_with_next(content[-1])
            chapter = isinstance(blok, Judul) and blok.tingkat == 1
            wanted = chapter if content else fresh
            if made and wanted != (chapter and self._breaks):
                _set_page_break(made[0], wanted=wanted)
            content += made
        return [*front, *listed, *content]

    def _front(self, dokumen: Dokumen, *, own_letterhead: bool) -> list[Element]:
        if dokumen.sampul is None:
            return [paragraph(self.gaya["Title"], run(dokumen.judul))]
        own = [] if own_letterhead else letterhead(dokumen.sampul, self.gaya)
        return own + cover(dokumen.sampul, self.gaya, self.bidang, named=bool(own))

    def _contents(self, marked: Sequence[tuple[Blok, Tanda]]) -> list[Element]:
        headings = [(blok, name) for blok, (name, _) in marked if isinstance(blok, Judul)]
        return table_of_contents(headings, self.gaya, self.bidang.lebar)

    def _free_bookmarks(self) -> Iterator[Tanda]:
        """Return names and numbers for bookmarks, other than those of the letterhead."""
        present = list(self._document.element.iter(qn("w:bookmarkStart")))
        names = {str(mark.get(qn("w:name"))) for mark in present}
        free = (f"_Toc{n}" for n in count(FIRST_BOOKMARK) if f"_Toc{n}" not in names)
        return zip(free, count(highest(present, "id") + 1), strict=False)

    def _block(self, blok: Blok, mark: Tanda) -> list[Element]:
        match blok:
            case Judul():
                return [heading(blok, self.gaya, mark)]
            case Paragraf():
                return [text(blok, self.gaya)]
            case Daftar():
                return items(blok, self.gaya, self._penomoran)
            case BlokTabel():
                expected, self._tables = self._tables + 1, blok.nomor
                return table_blocks(blok, self.gaya, self.bidang.lebar, self._huruf, expected)
            case BlokGambar():
                return self._picture(blok)
            case TandaTangan():
                return signature(blok, self.gaya, self.bidang.lebar)

    def _picture(self, blok: BlokGambar) -> list[Element]:
        expected, self._pictures = self._pictures + 1, blok.nomor
        png = self._gambar(blok.grafik, blok.alt)
        return [
            picture(blok, png, self._document, self.gaya, self.bidang),
            picture_caption(blok, self.gaya, expected),
        ]


def _set_page_break(element: Element, *, wanted: bool) -> None:
    ParagraphFormat(cast(CT_P, element)).page_break_before = wanted


def _keep_with_next(element: Element) -> None:
    if isinstance(element, CT_P):
        ParagraphFormat(element).keep_with_next = True
