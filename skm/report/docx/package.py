"""The finished file: its title, no dates, and bytes that depend on the content alone."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.package import Package

from skm.report.docx.styles import LANGUAGE
from skm.report.docx.xml import clean
from skm.zip_pasti import add_entry

LONGEST_PROPERTY = 255
_REPLACED = (RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL)


def package_bytes(document: Document, title: str, author: str) -> bytes:
    """Return the document as a DOCX; the same content gives the same bytes."""
    package = document.part.package
    _set_properties(package, title, author)
    _number_pictures(package)
    stream = BytesIO()
    package.save(stream)
    return _without_time(stream)


def _set_properties(package: Package, title: str, author: str) -> None:
    """Write new core properties: a letterhead's name whoever made it, and when."""
    for rid in [r.rId for r in package.rels.values() if r.reltype in _REPLACED]:
        del package.rels[rid]
    part = CorePropertiesPart(
        PackURI("/docProps/core.xml"),
        CONTENT_TYPE.OPC_CORE_PROPERTIES,
        CT_CoreProperties.new(),
        package,
    )
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    properties = part.core_properties
    properties.title = clean(title)[:LONGEST_PROPERTY]
    properties.author = clean(author)[:LONGEST_PROPERTY]
    properties.language = LANGUAGE


def _number_pictures(package: Package) -> None:
    """Give every picture a number of its own: the letterhead's and a chart's may be equal."""
    number = 0
    for part in package.iter_parts():
        if not isinstance(part, XmlPart):
            continue
        for properties in part.element.iter(qn("wp:docPr")):
            number += 1
            properties.set("id", str(number))


def _without_time(stream: BytesIO) -> bytes:
    timeless = BytesIO()
    with ZipFile(stream) as archive, ZipFile(timeless, "w") as written:
        for name in archive.namelist():
            add_entry(written, name, archive.read(name))
    return timeless.getvalue()
