"""One cell to one answer or one profile value.

An answer is 1-4, a letter, the text of an option of its question, or a number with the text; it
is a blank ("-"), or it is a fault. Nothing is rounded or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from skm.angka import parse_number
from skm.intake.alias import alias_table
from skm.intake.fold import fold
from skm.intake.once import Once
from skm.intake.privacy import clean_saran
from skm.intake.sheets import Sel, cell_text, is_blank
from skm.jawaban import KOSONG
from skm.survei import Pertanyaan, Profil

MAX_NUMBER = 150
"""The largest number that a class of a survey file may start with."""
_DASHES = frozenset("-–—_.")
_MARKS = {1: "1", 2: "2", 3: "3", 4: "4"}
_PREFIXED = re.compile(r"(?P<kunci>[1-4a-d]) (?P<teks>.+)")
_SUFFIXED = re.compile(r"(?P<teks>.+) (?P<kunci>[1-4])")
_PREFIX = re.compile(r"(?:\d{1,2}|[a-z]) (?=\S)")
_BLANK = frozenset(fold(word) for word in alias_table()["kosong"]["kata"])
_NO_SARAN = frozenset(["tidak ada", "tdk ada", "tidak ada saran", "nihil", "belum ada"])
_AGE = re.compile(r"(\d{1,3})(?: (?:th|thn|tahun))?")


def is_unanswered(sel: Sel) -> bool:
    """Return whether a cell says that there is no answer: blank, "-", "N/A", "kosong"."""
    if is_blank(sel):
        return True
    if not isinstance(sel, str) or sel[0].isdecimal():  # no word for it begins with a digit
        return False
    return set(sel.strip()) <= _DASHES or fold(sel) in _BLANK


def join_saran(cells: Iterable[Sel]) -> str | None:
    """Return the free text of a row's columns, masked; None where they say nothing."""
    parts = [
        text
        for cell in cells
        if not is_unanswered(cell) and fold(text := cell_text(cell)) not in _NO_SARAN
    ]
    return clean_saran("; ".join(parts)) if parts else None


class AnswerReader:
    """Reads the cells of one question's column."""

    def __init__(self, pertanyaan: Pertanyaan) -> None:
        self._texts = {fold(p.teks): str(p.nilai) for p in pertanyaan.pilihan}
        for scale in alias_table()["skala"].values():
            for value, text in enumerate(scale, start=1):
                # The question's own options win: a general word never contradicts them.
                self._texts.setdefault(fold(text), str(value))
        self._letters = {
            letter: str(p.nilai) for letter, p in zip("abcd", pertanyaan.pilihan, strict=True)
        }
        self._known: Once[Sel, str | None] = Once(self._parse)

    def read(self, sel: Sel) -> str | None:
        """Return the mark "1" to "4" or "-" for a blank; None for a fault."""
        return self._known[sel]

    def _parse(self, sel: Sel) -> str | None:
        if is_unanswered(sel):
            return KOSONG
        if isinstance(sel, int | float):
            return _MARKS.get(int(sel)) if 1 <= sel <= 4 and sel == int(sel) else None
        if not isinstance(sel, str):
            return None
        try:
            number = parse_number(sel.strip())
        except ValueError:
            return self._parse_text(fold(sel))
        return _MARKS.get(int(number)) if number == int(number) else None

    def _parse_text(self, text: str) -> str | None:
        if text in self._texts:
            return self._texts[text]
        if len(text) == 1:
            return self._letters.get(text) or (text if text in _MARKS.values() else None)
        for pattern in (_PREFIXED, _SUFFIXED):
            if match := pattern.fullmatch(text):
                key = match["kunci"]
                mark = self._letters.get(key, key)
                if self._texts.get(match["teks"]) == mark:
                    return mark
        return None


class ProfileReader:
    """Reads the cells of one profile field's column."""

    def __init__(self, profil: Profil) -> None:
        self.profil = profil
        self._known: Once[Sel, str | None] = Once(self._parse)
        self._codes: dict[str, str] = {}
        for option in profil.pilihan:
            for text in (option.kode, option.teks, *option.alias):
                self._codes.setdefault(fold(text), option.kode)
        for group in alias_table()["opsi"].values():
            folded = [fold(text) for text in group]
            codes = {self._codes[text] for text in folded if text in self._codes}
            if len(codes) == 1:
                self._add(folded, codes.pop())

    def _add(self, texts: Iterable[str], kode: str) -> None:
        for text in texts:
            self._codes.setdefault(text, kode)

    def read(self, sel: Sel) -> str | None:
        """Return the option code or the number; "" for a blank; None for an unknown value."""
        return self._known[sel]

    def _parse(self, sel: Sel) -> str | None:
        if is_unanswered(sel) and not (isinstance(sel, str) and fold(sel) in self._codes):
            return ""
        text = fold(cell_text(sel))
        if self.profil.pilihan:
            lead = _PREFIX.match(text)
            shorter = text[lead.end() :] if lead else text
            return self._codes.get(text) or self._codes.get(shorter)
        match = _AGE.fullmatch(text)
        if match is None or int(match[1]) > MAX_NUMBER:
            return None
        return str(int(match[1])) if self.profil.classify(int(match[1])) is not None else None
