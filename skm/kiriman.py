"""One sheet on its way in, from the web form or keyed from paper, and the codes that people see."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

from skm.jawaban import Jawaban

ABJAD = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody mistakes for another on a poster: no 0 O, no 1 I L, no U."""

_CODE = re.compile(rf"[{ABJAD}]{{6,32}}")
_SUBMIT_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Tanda(StrEnum):
    """What makes a sheet look unusual. A mark says "look at this", never "this is false"."""

    CEPAT = "cepat"
    """Sent sooner after the first view than reading takes."""
    LURUS = "lurus"
    """All answers alike."""
    RENTETAN = "rentetan"
    """One of many within moments."""
    PERANGKAT = "perangkat"
    """The same device once more."""
    LUAR_JAM = "luar-jam"
    """Outside service hours."""
    JEBAKAN = "jebakan"
    """A field that nobody sees was filled in: programs do that."""


@dataclass(frozen=True, slots=True)
class Kiriman:
    """A sheet as it was sent. `id_kirim` is made with the page: sent again, it is the same sheet.

    `detik` is how long the respondent took, where that is known.
    """

    id_kirim: str
    jawaban: Jawaban
    tanda: frozenset[Tanda] = frozenset()
    detik: int | None = None


def new_code(length: int = 8) -> str:
    """Return a code that cannot be guessed and can be typed from a poster."""
    return "".join(secrets.choice(ABJAD) for _ in range(length))


def new_receipt() -> str:
    """Return a response code that can be read out: "K7Q4-2M9P"."""
    return f"{new_code(4)}-{new_code(4)}"


def is_code(text: str) -> bool:
    """Return whether a text could be a code of `new_code`, as written: in capitals."""
    return _CODE.fullmatch(text) is not None


def is_submit_id(text: str) -> bool:
    """Return whether a text may be an `id_kirim`: 16 to 64 of A-Z, a-z, 0-9, _ and -."""
    return _SUBMIT_ID.fullmatch(text) is not None
