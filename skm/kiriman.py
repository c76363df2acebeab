"""One sheet on its way in, from the web form or keyed from paper, and the codes that people see."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum

from skm.jawaban import Jawaban

ABJAD = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody mistakes for another on a poster: no 0 O, no 1 I L, no U."""

_CODE = re.compile(rf"[{ABJAD}]{{6,32}}")
_REMARK_CODE = re.compile(rf"[{ABJAD}]{{12}}")
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
    # One draw for all letters: each of the texts of this length is as likely as any other.
    number, letters = secrets.randbelow(len(ABJAD) ** length), []
    for _ in range(length):
        number, letter = divmod(number, len(ABJAD))
        letters.append(ABJAD[letter])
    return "".join(letters)


def new_receipt() -> str:
    """Return a response code that can be read out: "K7Q4-2M9P"."""
    code = new_code(8)
    return f"{code[:4]}-{code[4:]}"


def remark_code(key: bytes, survei_id: str, id_kirim: str) -> str:
    """Return the code by which the writer of a remark reads the reply: "K7Q4-2M9P-WX5C".

    It follows from the sheet, so that a sheet sent again gets the same one, on every node; without
    the key nobody can make it. 30^12 codes are 58 bits.
    """
    text = f"{survei_id}\x1f{id_kirim}".encode()
    number = int.from_bytes(hmac.new(key, text, hashlib.sha256).digest())
    letters = []
    for _ in range(12):
        number, at = divmod(number, len(ABJAD))
        letters.append(ABJAD[at])
    kode = "".join(letters)
    return f"{kode[:4]}-{kode[4:8]}-{kode[8:]}"


def read_remark_code(text: str) -> str | None:
    """Return a typed code as it is printed, or None for what cannot be one.

    Small letters, spaces and missing or other hyphens are the writer's way of copying it.
    """
    plain = re.sub(r"[\s\u2010-\u2015-]+", "", text[:60]).upper()
    if _REMARK_CODE.fullmatch(plain) is None:
        return None
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"


def remark_code_hash(kode: str) -> str:
    """Return what is stored of a code: its SHA-256. At 58 bits it needs no salt."""
    return hashlib.sha256(kode.encode()).hexdigest()


def is_code(text: str) -> bool:
    """Return whether a text could be a code of `new_code`, as written: in capitals."""
    return _CODE.fullmatch(text) is not None


def is_submit_id(text: str) -> bool:
    """Return whether a text may be an `id_kirim`: 16 to 64 of A-Z, a-z, 0-9, _ and -."""
    return _SUBMIT_ID.fullmatch(text) is not None
