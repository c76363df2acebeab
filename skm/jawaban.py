"""One accepted answer sheet, as intake hands it to the store and to the counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from skm.periode import Periode

KOSONG = "-"
"""The mark of a blank answer inside `Jawaban.nilai`."""


class Kanal(StrEnum):
    """How the answers came in."""

    UNGGAH = "unggah"
    QR = "qr"
    KIOS = "kios"
    KERTAS = "kertas"
    PETUGAS = "petugas"
    PESAN = "pesan"


NAMA_KANAL = {
    Kanal.QR.value: "QR",
    Kanal.KIOS.value: "Kios",
    Kanal.PETUGAS.value: "Petugas",
    Kanal.PESAN.value: "Pesan",
    Kanal.KERTAS.value: "Kertas",
    Kanal.UNGGAH.value: "Unggah",
}
"""What people call each channel."""


@dataclass(frozen=True, slots=True)
class Jawaban:
    """One respondent's answers; nothing in it names the respondent.

    `nilai` has one character a question, in the questionnaire's order: "1" to "4", or "-" for a
    blank. `periode` is the triwulan of the day, or the period that the operator gave for a file
    without days, or None where neither is known. `waktu` is UTC. `profil` holds (field code,
    option code or number). `layanan` and `titik` are codes. `identitas` is what tells this sheet
    from another with the same answers (its number, its time of day); None where it has none.
    """

    nilai: str
    periode: Periode | None = None
    waktu: datetime | None = None
    layanan: str | None = None
    titik: str | None = None
    profil: tuple[tuple[str, str], ...] = ()
    saran: str | None = None
    identitas: str | None = None
    _sidik: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def sidik(self) -> str:
        """Return a fingerprint of the whole sheet: equal sheets have equal fingerprints."""
        if self._sidik is None:
            # Asked for when a file is compared with the store, and again when it is stored.
            object.__setattr__(self, "_sidik", self._fingerprint())
        return self._sidik or ""

    def _fingerprint(self) -> str:
        parts = (
            self.nilai,
            self.periode.kode if self.periode else "",
            self.waktu.isoformat() if self.waktu else "",
            self.layanan or "",
            self.titik or "",
            _profile_text(self.profil),
            self.saran or "",
            self.identitas or "",
        )
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


@lru_cache(maxsize=50_000)
def _profile_text(profil: tuple[tuple[str, str], ...]) -> str:
    """Return a profile as fingerprints have it; few differ."""
    return repr(profil)


class Baris(NamedTuple):
    """A counted answer without anything that says whose it is: no time, number or remark.

    `layanan` and `titik` are '' where the answer does not say; `profil` are (field, counted option)
    in the order of the survey, '' for no answer, an age as its class.
    """

    kuesioner: str
    periode: str
    layanan: str
    titik: str
    kanal: str
    nilai: str
    profil: tuple[tuple[str, str], ...]


class Kutipan(NamedTuple):
    """A remark with the layanan and titik that it was made at, apart from its answer."""

    periode: str
    layanan: str
    titik: str
    teks: str
