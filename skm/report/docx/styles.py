"""Our styles in a document: those that it already has stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import qn

from skm.report.docx.xml import Element, read_xml, w

LANGUAGE = "id-ID"
Gaya = Mapping[str, str]
"""The id of each style of ours (styles.xml) in the document at hand."""

WIDE_FONTS = {"bookman old style", "century gothic", "dejavu sans", "dejavu serif", "verdana"}
"""Fonts of letterheads whose letters are wider than those of Times, Arial and Calibri."""

_REFERENCES = ("basedOn", "next", "link")
_AFTER_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
_DEFAULT = qn("w:default")
_DEFAULTS = [qn(f"w:{tag}") for tag in ("docDefaults", "rPrDefault", "rPr")]


def add_styles(target: Element) -> Gaya:
    """Add to `target` (w:styles) what it lacks of ours, by name; return our ids with its own.

    Word writes built-in names in English everywhere and ids in its own language, "Judul1".
    """
    present = {_name(style): style for style in _styles(target)}
    taken = {_id(style) for style in present.values()}
    ours = _styles(read_xml("styles.xml"))
    ids = {_id(s): _id(present[_name(s)]) if _name(s) in present else _free(s, taken) for s in ours}
    missing = [style for style in ours if _name(style) not in present]
    defaults = {_type(style) for style in present.values() if _DEFAULT in style.attrib}
    for style in missing:
        if _type(style) in defaults:
            style.attrib.pop(_DEFAULT, None)
        target.append(_renamed(style, ids))
    _set_language(target)
    return ids


def breaks_page(target: Element, style_id: str) -> bool:
    """Return whether paragraphs of a style begin a page by themselves."""
    return any(
        mark.val
        for style in _styles(target)
        if _id(style) == style_id
        for mark in style.xpath("./w:pPr/w:pageBreakBefore")
    )


def letter_width(target: Element) -> float:
    """Return how wide the letters of a document's usual font are, those of Times being 1."""
    fonts = (found for p in _usual(target) for found in p.findall(qn("w:rFonts")))
    names = (str(f.get(qn("w:ascii"))).casefold() for f in fonts)
    return 1.2 if next(names, "") in WIDE_FONTS else 1


def _renamed(style: Element, ids: Gaya) -> Element:
    style.set(qn("w:styleId"), ids[_id(style)])
    for tag in _REFERENCES:
        for reference in style.findall(qn(f"w:{tag}")):
            reference.set(qn("w:val"), ids[reference.get(qn("w:val"))])
    return style


def _set_language(target: Element) -> None:
    """Make Indonesian the language that the document's text is checked in."""
    for properties in _usual(target):
        language = properties.find(qn("w:lang"))
        if language is None:
            language = w("lang")
            properties.insert_element_before(language, *_AFTER_LANGUAGE)
        language.set(qn("w:val"), LANGUAGE)


def _usual(target: Element) -> list[Element]:
    """Return the properties of the usual letters: those of Normal, then the document's."""
    normal = [p for s in _styles(target) if _name(s) == "normal" for p in s.findall(qn("w:rPr"))]
    return [*normal, *target.findall("/".join(_DEFAULTS))]


def _styles(target: Element) -> list[Element]:
    found: list[Element] = target.findall(qn("w:style"))
    return found


def _id(style: Element) -> str:
    return str(style.get(qn("w:styleId")))


def _type(style: Element) -> str:
    return str(style.get(qn("w:type")))


def _name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else str(name.get(qn("w:val"))).casefold()


def _free(style: Element, taken: set[str]) -> str:
    name = _id(style)
    while name in taken:
        name += "X"
    return name
