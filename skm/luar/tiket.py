"""What a browser carries while it is at the provider: a signed seed, and where to go on to.

State, nonce and PKCE verifier are derived from the seed with a key that only the program has, so
the cookie tells none of them, and every node of one database can read it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BERLAKU = timedelta(minutes=10)
"""So long somebody may take at the provider."""

_SHAPE = re.compile(r"(\d{1,11})~([A-Za-z0-9_-]{43})~([A-Za-z0-9_-]{0,700})~([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Tiket:
    """One sign-in under way. `state` comes back in the address, `nonce` in the token."""

    ke: str
    state: str
    nonce: str
    verifier: str
    isi: str


def new_ticket(key: bytes, ke: str, now: datetime) -> Tiket:
    """Return a new ticket; its `isi` is for the cookie."""
    there = urlsafe_b64encode(ke.encode()).rstrip(b"=").decode()
    return _ticket(key, f"{int(now.timestamp())}~{secrets.token_urlsafe(32)}~{there}", ke)


def read_ticket(key: bytes, text: str, now: datetime) -> Tiket | None:
    """Return the ticket of a cookie; None for one that is not ours, or too old."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return None
    body, _, signature = text.rpartition("~")
    if not hmac.compare_digest(signature, _derive(key, "segel", body)):
        return None
    age = now - datetime.fromtimestamp(int(match[1]), UTC)
    if not timedelta(seconds=-1) <= age <= BERLAKU:
        return None
    return _ticket(key, body, urlsafe_b64decode(match[3] + "==").decode())


def _ticket(key: bytes, body: str, ke: str) -> Tiket:
    state, nonce, verifier = (_derive(key, use, body) for use in ("state", "nonce", "pkce"))
    return Tiket(ke, state, nonce, verifier, f"{body}~{_derive(key, 'segel', body)}")


def _derive(key: bytes, use: str, body: str) -> str:
    digest = hmac.new(key, f"{use}\x1f{body}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
