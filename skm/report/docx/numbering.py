"""Lists: one definition with bullets, and for every numbered list one that begins at 1."""

from __future__ import annotations

from docx.oxml.ns import qn

from skm.report.docx.xml import Element, highest, read_xml, w


class Penomoran:
    """The lists of a document, after those that it already has."""

    def __init__(self, root: Element) -> None:
        """Add our two definitions to `root` (w:numbering)."""
        self._root = root
        bullets, self._numbers = (self._define(lvl) for lvl in read_xml("numbering.xml"))
        self.bullets = self._instance(bullets)
        """The id of the list with bullets."""

    def begin_numbers(self) -> int:
        """Return the id of a new list, which counts from 1."""
        return self._instance(self._numbers, w("lvlOverride", w("startOverride", val=1), ilvl=0))

    def _define(self, definition: Element) -> int:
        number = self._next("abstractNum", "abstractNumId")
        definition.set(qn("w:abstractNumId"), str(number))
        # The schema wants every definition before the first list that uses one.
        self._root.insert_element_before(definition, "w:num", "w:numIdMacAtCleanup")
        return number

    def _instance(self, definition: int, *overrides: Element) -> int:
        number = self._next("num", "numId")
        made = w("num", w("abstractNumId", val=definition), *overrides, numId=number)
        self._root.insert_element_before(made, "w:numIdMacAtCleanup")
        return number

    def _next(self, tag: str, attribute: str) -> int:
        return highest(self._root.findall(qn(f"w:{tag}")), attribute) + 1
