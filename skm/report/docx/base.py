"""The document that a report is written into: an empty one of ours, or an office's letterhead."""

from __future__ import annotations

from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart

from skm.report.docx.xml import Element, read_xml, w


def empty_document() -> Document:
    """Return an A4 document without content, with our styles and settings."""
    package = Package()
    body = w("document", w("body", w("sectPr")))
    main = DocumentPart(
        PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, body, package
    )
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    styles = StylesPart(
        PackURI("/word/styles.xml"), CONTENT_TYPE.WML_STYLES, read_xml("styles.xml"), package
    )
    main.relate_to(styles, RELATIONSHIP_TYPE.STYLES)
    settings = SettingsPart(
        PackURI("/word/settings.xml"), CONTENT_TYPE.WML_SETTINGS, read_xml("settings.xml"), package
    )
    main.relate_to(settings, RELATIONSHIP_TYPE.SETTINGS)
    return cast(Document, main.document)


def numbering_root(document: Document) -> Element:
    """Return a document's w:numbering, made where it has none."""
    try:
        part = cast(XmlPart, document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING))
    except KeyError:
        part = XmlPart(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            w("numbering"),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return cast(Element, part.element)
