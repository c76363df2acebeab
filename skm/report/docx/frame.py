"""What stands at the head and foot of a report's pages."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from docx.document import Document
from docx.enum.section import WD_HEADER_FOOTER
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.package import Package

from skm.report.docx.fields import field
from skm.report.docx.kop import is_visible
from skm.report.docx.styles import Gaya
from skm.report.docx.xml import Element, fixed, paragraph, run, tab, w
from skm.report.dokumen import Dokumen

LONGEST_END = len("Halaman 100 dari 100  ")
LETTER = 84
"""The mean width of a letter in twips."""


def write_frame(document: Document, dokumen: Dokumen, gaya: Gaya, lebar: int) -> None:
    """Write head and foot: ours, or under an office's own what only the report knows.

    A cover has none of ours: it keeps the letterhead's, or is free of both.
    """
    section = document.sections[0]
    covered = dokumen.sampul is not None
    if covered and not section.different_first_page_header_footer:
        _keep_for_cover(document)
        section.different_first_page_header_footer = True
    pages = [(section.header, section.footer)]
    if document.settings.odd_and_even_pages_header_footer:
        pages.append((section.even_page_header, section.even_page_footer))
    if section.different_first_page_header_footer and not covered:
        pages.append((section.first_page_header, section.first_page_footer))
    for header, footer in pages:
        head, foot = header.part.element, footer.part.element
        numbered = _has_page_number(head) or _has_page_number(foot)
        _add(head, _head(head, dokumen, gaya, lebar))
        _add(foot, _foot(dokumen.kaki, gaya, lebar, numbered=numbered))


def _keep_for_cover(document: Document) -> None:
    """Give the first page the head and foot of the others, as the office made them."""
    section = document.element.body.sectPr
    for reference in section.xpath("./w:headerReference | ./w:footerReference"):
        if reference.type_ == WD_HEADER_FOOTER.FIRST_PAGE:
            section.remove(reference)
        if reference.type_ != WD_HEADER_FOOTER.PRIMARY:
            continue
        rel = document.part.rels[reference.get(qn("r:id"))]
        copied = _copied(cast(XmlPart, rel.target_part))
        made = deepcopy(reference)
        made.type_ = WD_HEADER_FOOTER.FIRST_PAGE
        made.set(qn("r:id"), document.part.relate_to(copied, rel.reltype))
        reference.addnext(made)


def _copied(part: XmlPart) -> XmlPart:
    """Return a part of its own with the same content and the same pictures."""
    package = cast(Package, part.package)
    name = package.next_partname("/word/sampul%d.xml")
    made = type(part)(name, part.content_type, deepcopy(part.element), package)
    for rel in part.rels.values():
        target = rel.target_ref if rel.is_external else rel.target_part
        made.load_rel(rel.reltype, target, rel.rId, rel.is_external)
    return made


def _add(story: Element, lines: list[Element]) -> None:
    """Put lines under what a head or foot shows; empty paragraphs give way to them."""
    if lines and not is_visible(story):
        story[:] = []
    story.extend(lines)


def _head(story: Element, dokumen: Dokumen, gaya: Gaya, lebar: int) -> list[Element]:
    """Return the title with the state of the report; under an office's own head the state alone."""
    state = dokumen.sampul.keadaan if dokumen.sampul else ""
    mark = [run(state, w("rStyle", val=gaya["SKMTanda"]))] if state else []
    if is_visible(story):
        return _between("", mark, gaya["Header"], lebar)
    return _between(dokumen.judul, mark, gaya["SKMKepala"], lebar)


def _foot(kaki: str, gaya: Gaya, lebar: int, *, numbered: bool) -> list[Element]:
    """Return the foot's words and "Halaman 3 dari 20", where the office has no page number."""
    number = [
        fixed("Halaman "),
        *field("PAGE", "1"),
        fixed(" dari "),
        *field("NUMPAGES", "1"),
    ]
    return _between(kaki, [] if numbered else number, gaya["SKMKaki"], lebar)


def _between(words: str, end: list[Element], style: str, lebar: int) -> list[Element]:
    """Return words from the left and `end` at the right margin: one line, if they fit on it."""
    if not end:
        return [paragraph(style, run(words))] if words else []
    aside = paragraph(style, *end, properties=(w("jc", val="right"),))
    if not words:
        return [aside]
    if (len(words) + LONGEST_END) * LETTER > lebar:
        return [paragraph(style, run(words)), aside]
    stop = w("tabs", w("tab", val="right", pos=lebar))
    return [paragraph(style, run(words), tab(), *end, properties=(stop,))]


def _has_page_number(story: Element) -> bool:
    codes = [str(e.text) for e in story.iter(qn("w:instrText"))]
    codes += [str(e.get(qn("w:instr"))) for e in story.iter(qn("w:fldSimple"))]
    return any(code.split()[:1] == ["PAGE"] for code in codes)
