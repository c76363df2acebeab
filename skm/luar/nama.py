"""How an account knows a person of the provider: by a name at first, then by what never changes.

An admin writes the name that the provider will tell, such as an e-mail address. The first sign-in
puts the provider's own number of the person (`sub`) in its place: a name may be given to somebody
else one day, a `sub` never is (OpenID Connect Core 1.0, 2 and 5.7).
"""

from __future__ import annotations

from dataclasses import dataclass

from skm.pesan import SkmError

SUB = "sub"
EMAIL = "email"
_LONGEST = 255


@dataclass(frozen=True, slots=True)
class NamaLuar:
    """One person as one provider tells it: the value of a claim."""

    issuer: str
    klaim: str
    nilai: str

    def __str__(self) -> str:
        """Return it as an account stores it; '|' is in no issuer and no name of a claim."""
        return f"{self.issuer}|{self.klaim}|{self.nilai}"

    @classmethod
    def parse(cls, text: str) -> NamaLuar | None:
        """Return what an account stores; None for nothing."""
        parts = text.split("|", 2)
        return cls(*parts) if len(parts) == 3 else None

    @property
    def terhubung(self) -> bool:
        """Return whether the person has been here."""
        return self.klaim == SUB


@dataclass(frozen=True, slots=True)
class Orang:
    """Who signed in at the provider: for good, and under today's name."""

    tetap: NamaLuar
    nama: NamaLuar


def clean_outside(klaim: str, text: str, domain: str = "") -> str:
    """Return a name as it is stored and compared.

    Addresses are compared in small letters and must be plain ASCII: some other letters become
    ASCII ones when they are made small. Raises SkmError `luar-nama-salah`, `luar-domain`.
    """
    found = text.strip()
    if not 0 < len(found) <= _LONGEST or not found.isprintable():
        raise SkmError("luar-nama-salah")
    if klaim != EMAIL:
        return found
    local, at, host = found.lower().rpartition("@")
    if not (found.isascii() and local and at and host) or " " in found:
        raise SkmError("luar-nama-salah")
    if domain and host != domain:
        raise SkmError("luar-domain", domain=domain)
    return f"{local}@{host}"
