"""What tells a sheet from another with the same answers, in this file and in every other one."""

from __future__ import annotations

import re

from skm.intake.privacy import mask

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
LONGEST = 60


def identity(nomor: str, jam: str | None) -> str | None:
    """Return the identity of a row: its time of day, with its number; or a number that is unique.

    A running number 1, 2, … or "R-001" begins anew in every file and identifies nothing alone.
    """
    nomor = nomor.strip()
    if len(nomor) > LONGEST or mask(nomor) != nomor:
        nomor = ""  # a NIK or phone number in the place of a number
    if jam:
        return f"{nomor} {jam}" if nomor else jam
    return nomor if is_unique(nomor) else None


def is_unique(nomor: str) -> bool:
    """Return whether a number is long enough to be no other sheet's: "TW4-2024-0001"."""
    digits = len(_DIGIT.findall(nomor))
    return digits >= 8 or (digits >= 6 and _LETTER.search(nomor) is not None)
