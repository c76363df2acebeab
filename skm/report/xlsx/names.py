"""Names that every spreadsheet takes for a sheet."""

from __future__ import annotations

import re
from collections.abc import Collection

LONGEST = 31
RESERVED = "history"
_UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")


def free_name(nama: str, taken: Collection[str]) -> str:
    """Return `nama` without what no spreadsheet takes, 31 characters at most, unlike any taken.

    Names that differ by case alone are the same to a spreadsheet; such names get a number.
    """
    used = {name.casefold() for name in taken} | {RESERVED}
    stem = _UNSAFE.sub(" ", nama).strip(" '")[:LONGEST].strip(" '") or "Lembar"
    name, number = stem, 2
    while name.casefold() in used:
        ending = f" {number}"
        name = stem[: LONGEST - len(ending)] + ending
        number += 1
    return name
