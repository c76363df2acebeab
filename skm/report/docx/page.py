"""The page of a report: its size and margins, and the area that text fills."""

from __future__ import annotations

from dataclasses import dataclass

from docx.section import Section
from docx.shared import Emu, Twips

A4 = (Twips(11906), Twips(16838))
INSIDE, OUTSIDE = Twips(1701), Twips(1418)
"""3 cm where the report is bound, 2.5 cm elsewhere."""
LEAST = 2835
"""5 cm, below which no letterhead makes the area."""
HEADER, FOOTER = Twips(680), Twips(624)


@dataclass(frozen=True, slots=True)
class Bidang:
    """The area of a page that text fills, in twips."""

    lebar: int
    tinggi: int


def text_area(section: Section) -> Bidang:
    """Return the text area of a section; one without a page becomes A4 with our margins."""
    if section.page_width is None or section.page_height is None:
        section.page_width, section.page_height = A4
    if section.left_margin is None:
        section.top_margin = section.right_margin = section.bottom_margin = OUTSIDE
        section.left_margin, section.gutter = INSIDE, Twips(0)
        section.header_distance, section.footer_distance = HEADER, FOOTER
    beside = (section.left_margin, section.right_margin, section.gutter)
    above = (section.top_margin, section.bottom_margin)
    wide = section.page_width - sum(length or 0 for length in beside)
    high = section.page_height - sum(abs(length or 0) for length in above)
    return Bidang(max(LEAST, Emu(wide).twips), max(LEAST, Emu(high).twips))
