"""The widths of a table's columns, from what they hold or as the report asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from skm.analysis.table import Kolom, Tabel

WORDS = (12.0, 5.0)
"""What of a word a column of texts makes room for, and where room is short; all widths in em."""
NARROW, WIDE = set(" .,:;!|'()[]/-fijltr"), set("mw%@—…")
BOLD = 1.12
"""Headings are in bold type, which is this much wider."""
PADDING = 0.9
"""The space between two columns, a little more than tables.py sets."""


@dataclass(frozen=True, slots=True)
class Susunan:
    """Whole widths of the columns, and the size of type as a share of the usual, at most 1."""

    lebar: tuple[int, ...]
    skala: float


def arrange(tabel: Tabel, lebar: Sequence[float], total: int, em: float) -> Susunan:
    """Return widths that sum to `total`, in whose unit `em` is the size of type in Times.

    Every column gets room for its longest word, and what is left goes where texts are long, or by
    the proportions of `lebar`, if it has any. Rather than break a number, the type gets smaller.
    """
    room = total / em
    least = _least(tabel, WORDS[0])
    if sum(least) > room:
        least = _least(tabel, WORDS[1])
    wanted = [room * share / sum(lebar) for share in lebar] or _longest_texts(tabel)
    wanted = [max(pair) for pair in zip(least, wanted, strict=True)]
    shares = _shared(tabel.kolom, least, wanted, max(room, sum(least)))
    ends = [round(total * end / sum(shares)) for end in accumulate(shares, initial=0.0)]
    return Susunan(tuple(b - a for a, b in pairwise(ends)), min(1.0, room / sum(least)))


def _shared(
    kolom: Sequence[Kolom], least: list[float], wanted: list[float], room: float
) -> list[float]:
    """Return widths that fill the room: between least and wanted, or wider, numbers the least."""
    spare = room - sum(wanted)
    if spare < 0:
        share = (room - sum(least)) / (sum(wanted) - sum(least))
        return [low + share * (high - low) for low, high in zip(least, wanted, strict=True)]
    grow = [w / 3 if k.angka else w for k, w in zip(kolom, wanted, strict=True)]
    return [w + spare * g / sum(grow) for w, g in zip(wanted, grow, strict=True)]


def _least(tabel: Tabel, longest: float) -> list[float]:
    """Return the width of each column's longest word, or of `longest`; numbers stay whole."""

    def words(texts: Sequence[str]) -> float:
        return min(longest, _widest([word for text in texts for word in text.split()]))

    return [
        PADDING + max(BOLD * words([kolom.judul]), _widest(cells) if kolom.angka else words(cells))
        for kolom, cells in _columns(tabel)
    ]


def _longest_texts(tabel: Tabel) -> list[float]:
    return [
        PADDING + max(BOLD * _width(kolom.judul), _widest(cells))
        for kolom, cells in _columns(tabel)
    ]


def _widest(texts: Sequence[str]) -> float:
    return max(map(_width, texts), default=0.0)


def _width(text: str) -> float:
    """Return how wide a text is set in Times or Arial, never less."""
    return sum(
        0.35 if letter in NARROW else 0.75 if letter.isupper() or letter in WIDE else 0.53
        for letter in text
    )


def _columns(tabel: Tabel) -> list[tuple[Kolom, list[str]]]:
    rows = [*tabel.baris, *([tabel.kaki] if tabel.kaki else [])]
    return [(kolom, [row[i] for row in rows]) for i, kolom in enumerate(tabel.kolom)]
