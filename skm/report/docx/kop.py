"""An office's letterhead (kop.docx): opened with care, and made ready for a report to follow."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

from skm.pesan import SkmError
from skm.report.docx.base import numbering_root
from skm.report.docx.page import text_area
from skm.report.docx.xml import Element

MAX_MB = 5
MAX_UNPACKED = 30 * 1024 * 1024
MAX_ENTRIES = 1000
_ASKING = (
    "attachedTemplate",
    "documentProtection",
    "mailMerge",
    "saveThroughXslt",
    "updateFields",
    "writeProtection",
)
"""Settings that would lock the report, or make Word ask or fetch something."""
_OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
"""Word 2010's second copy of the styles, which would contradict those that a report adds."""
_KINDS = ("default", "even", "first")
"""The kinds of heads and feet that there are."""
_UNFIT = ("cols", "vAlign", "lnNumType")
"""What a page of letters may have and a report's pages may not."""
_VISIBLE = ("t", "sym", "drawing", "pict", "object", "fldChar", "fldSimple", "pBdr")


def open_kop(kop: bytes) -> Document:
    """Return the letterhead as a document of one section that ends with its last visible line.

    Raises SkmError `kop-terlalu-besar`, `kop-tak-terbaca`, `kop-menaut-luar`.
    """
    if len(kop) > MAX_MB * 1024 * 1024:
        raise SkmError("kop-terlalu-besar", batas=MAX_MB)
    try:
        document = _opened(kop)
    except SkmError:
        raise
    except Exception as error:
        # zipfile, lxml and python-docx raise many kinds for what is no DOCX.
        raise SkmError("kop-tak-terbaca") from error
    _cut_outside_links(document)
    _fold_sections(document.element.body)
    _trim(document.element.body)
    return document


def is_visible(element: Element) -> bool:
    """Return whether anything would be seen of an element."""
    return any(True for _ in element.iter(*(qn(f"w:{tag}") for tag in _VISIBLE)))


def _opened(kop: bytes) -> Document:
    with ZipFile(BytesIO(kop)) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise SkmError("kop-terlalu-besar", batas=MAX_MB)
    document = docx.Document(BytesIO(kop))
    section = document.element.body.get_or_add_sectPr()
    if any(_has_dtd(part) for part in document.part.package.iter_parts()):
        raise SkmError("kop-tak-terbaca")
    # What is read later must be readable: page, lists, heads and feet.
    text_area(document.sections[-1])
    numbering_root(document)
    for reference in section.xpath("./w:headerReference | ./w:footerReference"):
        document.part.related_parts[reference.get(qn("r:id"))]
    return document


def _has_dtd(part: Part) -> bool:
    """Return whether a part declares entities, which no program that writes DOCX does."""
    if not isinstance(part, XmlPart):
        return False
    return part.element.getroottree().docinfo.internalDTD is not None


def _cut_outside_links(document: Document) -> None:
    """Drop what binds the letterhead to other files; refuse a picture that is not inside it."""
    relations = document.part.rels
    for rid, rel in list(relations.items()):
        if rel.reltype == RELATIONSHIP_TYPE.SETTINGS:
            rel.target_part.rels.clear()
        elif rel.reltype == _OLD_STYLES:
            del relations[rid]
    for tag in _ASKING:
        document.settings.element.remove_all(f"w:{tag}")
    for part in document.part.package.iter_parts():
        for rel in part.rels.values():
            if rel.is_external and rel.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise SkmError("kop-menaut-luar")


def _fold_sections(body: Element) -> None:
    """Make one section of all: the last one's page, with the header and footer it inherits."""
    last = body.sectPr
    for ended in reversed(body.xpath(".//w:pPr/w:sectPr")):
        for reference in reversed(ended.xpath("./w:headerReference | ./w:footerReference")):
            if reference.get(qn("w:type")) in _KINDS and not _has_like(last, reference):
                last.insert(0, reference)
        ended.getparent().remove(ended)
    for tag in _UNFIT:
        last.remove_all(f"w:{tag}")


def _has_like(section: Element, reference: Element) -> bool:
    kind = qn("w:type")
    return any(r.get(kind) == reference.get(kind) for r in section.findall(reference.tag))


def _trim(body: Element) -> None:
    """Take away the empty paragraphs at the end, a page break among them."""
    end = body.sectPr
    while (line := end.getprevious()) is not None and line.tag == qn("w:p"):
        if is_visible(line):
            return
        body.remove(line)
