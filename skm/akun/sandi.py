"""Passwords: what may be one, and argon2id hashes of them.

Length and a list of common ones instead of rules about kinds of characters (NIST SP 800-63B 3.1.1,
OWASP ASVS 5 section 6.2). The hash has the library's parameters, RFC 9106's second recommendation.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from skm.pesan import SkmError

SHORTEST, LONGEST = 12, 128
_FEWEST = 5
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_LOCAL = (
    "bismillah", "indonesia", "merdeka", "pancasila", "garuda", "sayang", "rahasia", "katasandi",
    "administrator", "operator", "manajer", "pemeriksa", "disdukcapil", "dukcapil", "pelayanan",
    "kelurahan", "kecamatan", "kabupaten", "survei", "kepuasan", "masyarakat", "qwertyuiop",
)  # fmt: skip
"""Words that an office here would think of first, and no list of another country has."""


def check_password_rules(sandi: str, nama: str) -> None:
    """Raise SkmError `sandi-pendek`, `-panjang`, `-umum` or `-nama` for one that may not be."""
    text, own = _fold(sandi), nama.strip().casefold()
    if min(len(text), len(sandi)) < SHORTEST:  # one sign may unfold to eighteen
        raise SkmError("sandi-pendek", batas=SHORTEST)
    if len(text) > LONGEST:
        raise SkmError("sandi-panjang", batas=LONGEST)
    plain = text.casefold()
    if own and own in plain:
        raise SkmError("sandi-nama")
    core = plain.strip("0123456789!@#$%^&*().,_-+ ")
    if len(set(plain)) < _FEWEST or {plain, core} & common_passwords() or _is_doubled(core):
        raise SkmError("sandi-umum")


def _is_doubled(text: str) -> bool:
    """Return whether a text is one or two common words, or one of them over and over."""
    known = common_passwords()
    for cut in range(1, len(text)):
        first, rest = text[:cut], text[cut:]
        if first in known and (rest in known or not text.replace(first, "")):
            return True
    return False


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that are tried first by whoever guesses."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"]) | frozenset(_LOCAL)


def make_password() -> str:
    """Return a random password that can be read out: four groups, 79 bits."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def hash_password(sandi: str) -> str:
    """Return the argon2id hash of a password, with its salt and parameters."""
    return _hasher().hash(_as_bytes(sandi))


def verify_password(sandi: str, sidik: str | None) -> bool:
    """Return whether this is the password. Without a hash as much is computed, for nothing."""
    if len(sandi) > LONGEST * 4:
        sandi = ""
    try:
        return _hasher().verify(sidik or _dummy(), _as_bytes(sandi)) and bool(sidik)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(sidik: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(sidik)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _dummy() -> str:
    """Return the hash that unknown names are compared with, so that they take as long."""
    return _hasher().hash(secrets.token_hex())


def _as_bytes(sandi: str) -> bytes:
    """Return what is hashed; half a surrogate pair, which no keyboard writes, is no fault."""
    return _fold(sandi).encode("utf-8", "surrogatepass")


def _fold(sandi: str) -> str:
    """Return a password as every keyboard writes it (NIST SP 800-63B: NFKC before hashing)."""
    return unicodedata.normalize("NFKC", sandi)
