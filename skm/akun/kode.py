"""Codes of an authenticator app (TOTP, RFC 6238), each good once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp

STEP = timedelta(seconds=30)
_PENERBIT = "SKM"


def new_secret() -> str:
    """Return a secret for an app, 160 bits as base 32."""
    return pyotp.random_base32()


def secret_address(secret: str, nama: str) -> str:
    """Return what the app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=nama, issuer_name=_PENERBIT)


def confirm_code(secret: str, kode: str, now: datetime, setelah: int = -1) -> int | None:
    """Return the number of the step that a code belongs to; None for a wrong one.

    One step early or late passes, for clocks that differ; a step up to `setelah` was used already.
    """
    digits = "".join(kode.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    for early in (0, -1, 1):
        moment = now + early * STEP
        number = totp.timecode(moment)
        if number > setelah and totp.verify(digits, for_time=moment):
            return number
    return None
