"""Reading Word documents back, and letterheads to write them on."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from PIL import Image

from skm.report.docx import write_docx
from skm.report.dokumen import Blok, Dokumen, Grafik, Sampul

SAMPUL = Sampul(
    "Laporan SKM", "Semester II 2024", "Dinas Dukcapil", "Pemerintah Kota", "2024", "DRAF"
)


@cache
def png(width: int = 1260, height: int = 600) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), "#7cb9c9").save(stream, "PNG")
    return stream.getvalue()


def stand_in(grafik: Grafik, alt: str) -> bytes:
    """A picture of the size of a chart, drawn in no time."""
    return png()


def dokumen(*isi: Blok, sampul: Sampul | None = SAMPUL, daftar_isi: bool = False) -> Dokumen:
    return Dokumen("Judul berkas", sampul, isi, "Kaki halaman", daftar_isi)


def opened(content: Dokumen, kop: bytes | None = None) -> Document:
    return docx.Document(BytesIO(write_docx(content, kop, stand_in)))


def parts(package: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_parts(package: bytes) -> dict[str, BaseOxmlElement]:
    return {
        name: parse_xml(content)
        for name, content in parts(package).items()
        if name.endswith((".xml", ".rels"))
    }


def codes(element: BaseOxmlElement) -> list[str]:
    """The instructions of the fields in an element."""
    return [str(code.text).strip() for code in element.iter(qn("w:instrText"))]


def lines(document: Document) -> list[tuple[str, str]]:
    """Style and text of the paragraphs of a document, outside tables and table of contents."""
    return [(str(p.style.name), p.text) for p in document.paragraphs if p.style is not None]


def after(document: Document, text: str) -> list[tuple[str, str]]:
    """What follows the paragraph of that text."""
    found = lines(document)
    return found[[line for _, line in found].index(text) + 1 :]


def saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def blank_kop() -> Document:
    """A letterhead without a letter, as python-docx's template has it, on folio paper."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.5), Cm(33)
    section.left_margin = section.right_margin = Cm(2)
    document.styles["Normal"].font.name = "Bookman Old Style"
    document.styles["Heading 1"].font.size = Pt(17)
    return document


def head_kop() -> Document:
    """A letterhead with a logo in the head of every page and words in the foot."""
    document = blank_kop()
    header = document.sections[0].header
    header.paragraphs[0].add_run("DINAS DUKCAPIL").add_picture(BytesIO(png(90, 90)), Cm(2))
    document.sections[0].footer.paragraphs[0].text = "Jalan Juanda 100"
    return document


def body_kop() -> Document:
    """A letterhead in the body, as most are typed."""
    document = blank_kop()
    document.add_paragraph("PEMERINTAH KOTA BEKASI")
    document.add_table(1, 2).cell(0, 1).text = "Jalan Juanda 100"
    document.add_paragraph().add_run().add_picture(BytesIO(png(90, 90)), Cm(2))
    document.add_paragraph()
    document.add_page_break()
    return document
