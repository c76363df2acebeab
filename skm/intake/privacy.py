"""The privacy promise: nothing that names a respondent leaves the file.

Columns with names, NIK, phone numbers, e-mail and addresses are never stored; inside free text
such numbers are masked.
"""

from __future__ import annotations

import re

MASK = "[disamarkan]"
MAX_SARAN = 1_000
_LOOKED_AT = 4 * MAX_SARAN
_SHORTEST = 9
"""A shorter text holds no number that has to be masked: most cells of a file."""

_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]+")
_TAIL = re.compile(r"[\w.@+()-]*\Z")
_HINT = re.compile(r"[@\d]")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET = re.compile(
    r"(?<!\d)(?:"
    r"(?:\d[ .,/-]{0,3}){15}\d"  # NIK, nomor KK
    r"|\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}"  # NPWP
    r"|(?:\+?62|0)[ .()-]{0,3}8(?:[ .()-]{0,3}\d){7,11}"  # a mobile number
    r"|\(?0\d{2,3}\)?[ .-]{0,3}\d{3,4}[ .-]?\d{3,4}"  # a landline
    r"|\+\d{1,3}[ .-]?(?:[ .-]?\d){7,12}"  # abroad
    r"|\d{9,}"  # any other long number
    r")(?!\d)"
)


def mask(text: str) -> str:
    """Return `text` with NIK, phone numbers and e-mail addresses replaced by "[disamarkan]"."""
    if (len(text) < _SHORTEST and "@" not in text) or not _HINT.search(text):
        return text
    plain = _HIDDEN.sub("", text)
    masked = _SECRET.sub(MASK, _EMAIL.sub(MASK, plain))
    return text if masked == plain else masked


def clean_saran(text: str) -> str | None:
    """Return free text on one line, masked, at most 1,000 characters; None if nothing is left."""
    line = _SPACE.sub(" ", _HIDDEN.sub("", text)).strip()
    if len(line) > _LOOKED_AT:
        # A number cut in two would no longer look like one, so the last word goes whole.
        line = _TAIL.sub("", line[:_LOOKED_AT])
    masked = mask(line)
    if len(masked) > MAX_SARAN:
        masked = masked[: MAX_SARAN - 1].rstrip() + "…"
    return masked or None
