"""Rows that are labelled like a summary and yet hold answers: the rows below them tell.

"Prioritas" may be a counter and "Rata-rata" a mean of whole numbers. Such a row is a respondent
unless it stands under all respondents with a label of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from skm.intake.fold import fold
from skm.intake.processing import Ringkas, parse_figure
from skm.intake.sheets import Sel, is_blank
from skm.intake.values import is_unanswered

MOST_WORDS = 6
"""A longer text is no label."""
_LETTERED = ("mutu", "kinerja", "kategori", "predikat")


@dataclass(frozen=True, slots=True)
class Baris:
    """A row that waits; `jenis` is None for a short row under one, which goes with it."""

    nomor: int
    sel: Sequence[Sel]
    jenis: Ringkas | None = None
    tempat: bool = False

    @property
    def label(self) -> str:
        """Return its first text."""
        return next((c for c in self.sel if not is_blank(c) and isinstance(c, str)), "")


@dataclass(slots=True)
class Waiting:
    """The rows that wait, and the labels that turned out to be respondents'."""

    baris: list[Baris] = field(default_factory=list)
    milik: set[str] = field(default_factory=set)

    def release(self) -> list[Baris]:
        """Return all of them as respondents: another one stands below."""
        rows, self.baris = self.baris, []
        self.milik |= {fold(b.label) for b in rows if b.jenis is not None}
        return rows

    def settle(self, *, above: bool) -> tuple[list[Baris], list[Baris]]:
        """Return the respondents and the summary at the end; `above` if respondents precede."""
        rows, self.baris = self.baris, []
        counts = Counter(fold(b.label) for b in rows if b.jenis is not None)
        first = len(rows)
        while first and self._is_summary(rows[first - 1], counts):
            first -= 1
        if not (above or first):
            first = len(rows)
        while first < len(rows) and rows[first].jenis is None:
            first += 1  # a short row goes with the row above it
        return rows[:first], rows[first:]

    def _is_summary(self, row: Baris, counts: Counter[str]) -> bool:
        if row.jenis is None:
            return True
        label = fold(row.label)
        known = row.tempat or label in self.milik or counts[label] > 1
        return not known and len(label.split()) <= MOST_WORDS


def holds_answers(jenis: Ringkas, label: str, cells: Sequence[Sel], answered: int) -> bool:
    """Return whether a row with a summary's label may be a respondent: mostly valid answers."""
    filled = [c for c in cells if not is_unanswered(c)]
    if answered < min(2, len(cells)) or answered * 2 <= len(filled):
        return False
    figures = [f for c in filled if (f := parse_figure(c)) is not None]
    if jenis is Ringkas.LAIN:
        # The row of quality letters, A to D, is no respondent; one of numbers may be.
        return len(figures) * 2 > len(filled) or not fold(label).startswith(_LETTERED)
    return all(f in (1, 2, 3, 4) for f in figures)
