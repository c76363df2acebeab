"""Text made comparable: case, spaces, punctuation and letter shapes do not count."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_ADDRESS = re.compile(r"\b(?:saudara|saudari|sdr|sdri|anda|bapak|ibu|i|dan|serta)\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case with its words separated by one space: "1. Sangat-Baik!"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def fold_header(text: str) -> str:
    """Return a header folded, without the words of address that forms vary (Anda, Saudara)."""
    folded = fold(text)
    return " ".join(_ADDRESS.sub(" ", folded).split()) or folded
