"""The blocks of a report as paragraphs: headings, text, lists, pictures and the signature."""

from __future__ import annotations

from io import BytesIO
from typing import cast

from docx.document import Document
from docx.image.image import Image
from docx.oxml.text.paragraph import CT_P
from docx.shared import Twips
from docx.text.parfmt import ParagraphFormat

from skm.report.docx.fields import bookmark, caption
from skm.report.docx.numbering import Penomoran
from skm.report.docx.page import Bidang
from skm.report.docx.styles import Gaya
from skm.report.docx.xml import Element, clean, fixed, line_break, paragraph, run, tab, w
from skm.report.dokumen import BlokGambar, Daftar, Judul, Paragraf, TandaTangan

PPI = 200
"""Dots an inch of a chart: sharp in print, small enough to send."""
TWIPS_AN_INCH = 1440
NUMBER_WIDTH = {2: 680, 3: 794}
"""Where the words of a numbered heading begin, in twips."""
ROOM_ABOVE, ROOM_TO_SIGN = 480, 1300
"""Twips above the place and between office and name."""
STYLES = {
    "biasa": "BodyText",
    "rumus": "SKMRumus",
    "catatan": "SKMCatatan",
    "kutipan": "Quote",
}


def heading(judul: Judul, gaya: Gaya, mark: tuple[str, int]) -> Element:
    """Return a heading inside a bookmark (name and number); a chapter's number has its own line."""
    words, properties = [run(judul.teks)], []
    if judul.nomor and judul.tingkat == 1:
        words = [run(judul.nomor), line_break(), *words]
    elif judul.nomor:
        words = [run(judul.nomor), tab(), *words]
        indent = NUMBER_WIDTH[judul.tingkat]
        properties = [w("ind", left=indent, hanging=indent)]
    style = gaya[f"Heading{judul.tingkat}"]
    return paragraph(style, *bookmark(*mark, words), properties=tuple(properties))


def text(paragraf: Paragraf, gaya: Gaya) -> Element:
    """Return a paragraph of text."""
    return paragraph(gaya[STYLES[paragraf.gaya]], run(paragraf.teks))


def items(daftar: Daftar, gaya: Gaya, penomoran: Penomoran) -> list[Element]:
    """Return the items of a list; a numbered one counts from 1."""
    if daftar.bernomor:
        style, number = gaya["ListNumber"], penomoran.begin_numbers()
    else:
        style, number = gaya["ListBullet"], penomoran.bullets
    return [
        paragraph(
            style,
            run(item),
            properties=(w("numPr", w("ilvl", val=0), w("numId", val=number)),),
        )
        for item in daftar.butir
    ]


def picture(
    blok: BlokGambar, png: bytes, document: Document, gaya: Gaya, bidang: Bidang
) -> Element:
    """Return a chart in its paragraph, as large as it was drawn or as the page allows."""
    image = Image.from_blob(png)
    width = image.px_width / PPI * TWIPS_AN_INCH
    height = image.px_height / PPI * TWIPS_AN_INCH
    fit = min(1, bidang.lebar / width, 0.85 * bidang.tinggi / height)
    inline = document.part.new_pic_inline(BytesIO(png), Twips(fit * width), Twips(fit * height))
    for side in "TBLR":
        inline.set(f"dist{side}", "0")
    inline.docPr.set("name", f"Gambar {blok.nomor}")
    inline.docPr.set("descr", clean(blok.alt))
    return paragraph(gaya["SKMGambar"], w("r", w("drawing", inline)))


def picture_caption(blok: BlokGambar, gaya: Gaya, expected: int) -> Element:
    """Return the line under a chart; `expected` is the number that it would count to."""
    return paragraph(gaya["Caption"], *caption("Gambar", blok.nomor, expected, blok.judul))


def signature(tanda: TandaTangan, gaya: Gaya, lebar: int) -> list[Element]:
    """Return where the head of the office signs, in the right half; what is empty is a line."""
    bold = (w("b"), w("bCs"))
    lines = [
        _signature_line(_words(tanda.tempat_tanggal), gaya, lebar, above=ROOM_ABOVE),
        _signature_line(_words(tanda.jabatan), gaya, lebar),
        _signature_line(_words(tanda.nama, *bold), gaya, lebar, above=ROOM_TO_SIGN),
        _signature_line([fixed("NIP "), *_words(tanda.nip)], gaya, lebar),
    ]
    ParagraphFormat(cast(CT_P, lines[-1])).keep_with_next = False
    return lines


def _words(text: str, *properties: Element) -> list[Element]:
    return [run(text, *properties) if text else tab()]


def _signature_line(words: list[Element], gaya: Gaya, lebar: int, above: int = 0) -> Element:
    """Return a line of the signature; a tab in it is dotted up to the right margin."""
    dots = w("tabs", w("tab", val="right", leader="dot", pos=lebar))
    space, indent = w("spacing", before=above), w("ind", left=lebar // 2)
    return paragraph(gaya["SKMTandaTangan"], *words, properties=(dots, space, indent))
