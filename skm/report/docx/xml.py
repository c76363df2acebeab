"""WordprocessingML, element by element; text of any kind becomes text of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from skm.report.document import plain

Element = BaseOxmlElement

_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_HERE = Path(__file__).parent


def w(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """Return the element w:`tag` with w: attributes and children, in the order given.

    Word reads properties only in the order of the schema: callers give them so.
    """
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def read_xml(name: str) -> Element:
    """Return the root of an XML file beside this module."""
    return parse_xml((_HERE / name).read_bytes())


def clean(text: str) -> str:
    """Return text on one line without what XML cannot hold."""
    return plain(_NOT_XML.sub("", text))


def run(text: str, *properties: Element) -> Element:
    """Return a run of a report's text; `properties` are those of w:rPr."""
    return fixed(clean(text), *properties)


def fixed(text: str, *properties: Element) -> Element:
    """Return a run of the text as it is, for words of ours whose spaces count."""
    made = w("r", w("rPr", *properties)) if properties else w("r")
    made.append(verbatim("t", text))
    return made


def verbatim(tag: str, text: str) -> Element:
    """Return the element w:`tag` with text that keeps its spaces."""
    made = w(tag)
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def tab() -> Element:
    """Return a run with a tab."""
    return w("r", w("tab"))


def line_break() -> Element:
    """Return a run that begins a new line."""
    return w("r", w("br"))


def paragraph(style: str, *content: Element, properties: tuple[Element, ...] = ()) -> Element:
    """Return a paragraph in a style (its id); `properties` follow w:pStyle in w:pPr."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def highest(elements: Iterable[Element], attribute: str) -> int:
    """Return the highest number in a w: attribute of elements, 0 where there is none."""
    values = (str(element.get(qn(f"w:{attribute}"))) for element in elements)
    return max((int(value) for value in values if value.isdecimal()), default=0)
