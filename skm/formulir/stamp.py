"""The stamp on a page: when it was made and which questions it asks, signed.

It travels in a hidden field, because there is no session. A stamp that is missing, damaged, or
of another placement costs an answer nothing but its speed flag.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MAX_TUNDA = timedelta(days=7)
"""An answer that says it waited longer counts when it arrives."""

_SHAPE = re.compile(r"(\d{1,11})~([^~]{1,80})~([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class Cap:
    """What a stamp says: the moment the page was made (UTC) and the questionnaire's version."""

    waktu: datetime
    versi: str

    def seconds_until(self, now: datetime) -> int | None:
        """Return the whole seconds up to `now`; None where the clocks contradict each other."""
        seconds = int((now - self.waktu).total_seconds())
        return seconds if seconds >= 0 else None

    def moment(self, now: datetime, tunda: int) -> datetime:
        """Return when an answer was given that says it waited `tunda` seconds to be sent.

        Believed as far as the stamp proves it: not before the page was made, not later than
        `now`, and no longer than `MAX_TUNDA`. Otherwise the answer was given now.
        """
        if not 0 <= tunda <= MAX_TUNDA.total_seconds():
            return now
        given = now - timedelta(seconds=tunda)
        return given if given >= self.waktu else now


def sign_stamp(secret: bytes, kode: str, cap: Cap) -> str:
    """Return the stamp for a page of the placement `kode`."""
    body = f"{int(cap.waktu.timestamp())}~{cap.versi}"
    return f"{body}~{_signature(secret, 'cap', kode, body)}"


def read_stamp(secret: bytes, kode: str, text: str) -> Cap | None:
    """Return what a stamp says; None where it is not ours or not of this placement."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    body, _, signature = text.rpartition("~")
    if not hmac.compare_digest(signature, _signature(secret, "cap", kode, body)):
        return None
    return Cap(datetime.fromtimestamp(int(match[1]), UTC), match[2])


def sign_receipt(secret: bytes, kode: str, tanggapan: str, kode_saran: str = "") -> str:
    """Return what proves that these codes were given out by this placement's form."""
    return _signature(secret, "resi", kode, tanggapan, kode_saran)


def is_receipt(secret: bytes, kode: str, tanggapan: str, kode_saran: str, bukti: str) -> bool:
    """Return whether `bukti` is what `sign_receipt` returned."""
    ours = sign_receipt(secret, kode, tanggapan, kode_saran)
    return hmac.compare_digest(ours.encode(), bukti.encode("utf-8", "replace"))


def _signature(secret: bytes, *parts: str) -> str:
    text = "\x1f".join(parts).encode("utf-8", "replace")
    digest = hmac.digest(secret, text, "sha256")
    return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
