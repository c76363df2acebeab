"""What is public of a published period, as plain values. What is hidden is not in them at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from skm.agregasi import Agregasi
from skm.analysis.target import Realisasi
from skm.analysis.trend import Perubahan
from skm.metode import Metode
from skm.penutupan.arsip import Jumlah
from skm.periode import Periode
from skm.store import StatusTindak
from skm.survei import Kuesioner

PENDEK = 16
"""Digits of the SHA-256 that a person compares."""


@dataclass(frozen=True, slots=True)
class Identitas:
    """Whose survey it is, as it was when the period was closed."""

    id: str
    judul: str
    instansi: str
    unit: str
    zona_waktu: str
    contoh: bool
    keterangan: str


@dataclass(frozen=True, slots=True)
class NilaiUnsur:
    """An unsur's figures: `nrr` 1-4, `ikm` 25-100; None where nobody answered."""

    kode: str
    nama: str
    n: int
    nrr: Fraction | None
    ikm: Fraction | None
    mutu: str | None
    kinerja: str | None


@dataclass(frozen=True, slots=True)
class Angka:
    """The figures of the unit or of a group, with how they came about.

    `unsur` is empty where some unsur was answered by too few.
    """

    responden: int
    ikm: Decimal | None
    mutu: str | None
    kinerja: str | None
    unsur: tuple[NilaiUnsur, ...]
    catatan: str


@dataclass(frozen=True, slots=True)
class Golongan:
    """A group that is shown; `angka` is None where only its respondents are."""

    kode: str
    nama: str
    responden: int
    angka: Angka | None = None


@dataclass(frozen=True, slots=True)
class Rincian:
    """The respondents by one dimension: shown groups, and the hidden ones counted together.

    `disembunyikan` are (code, name), also of groups without an answer in this period.
    """

    dimensi: str
    judul: str
    golongan: tuple[Golongan, ...]
    disembunyikan: tuple[tuple[str, str], ...]
    responden_disembunyikan: int

    @property
    def jumlah(self) -> int:
        """Return all respondents, shown and hidden."""
        return sum(g.responden for g in self.golongan) + self.responden_disembunyikan

    def persen(self, responden: int) -> Fraction:
        """Return a number of respondents in percent of all (0-100)."""
        return Fraction(responden * 100, self.jumlah) if self.jumlah else Fraction(0)


@dataclass(frozen=True, slots=True)
class Rencana:
    """A line of the follow-up plan; `layanan` None is the unit."""

    kode_unsur: str
    unsur: str
    layanan: str | None
    kegiatan: str
    waktu: str
    penanggung_jawab: str
    status: StatusTindak


@dataclass(frozen=True, slots=True)
class Ringkas:
    """A published period in a list; `angka` is None where it has too few answers."""

    periode: Periode
    diterbitkan: datetime
    angka: Angka | None


@dataclass(frozen=True, slots=True)
class Terbitan:
    """A published period. `angka` is None, and all groups are empty, where it has too few answers.

    `kuesioner` are the versions that were answered. `tahun` are published years, and what was
    published before with its source. `sampai` is until when answers were taken in.
    """

    identitas: Identitas
    periode: Periode
    diterbitkan: datetime
    sampai: datetime
    sha256: str
    metode: Metode
    agregasi: Agregasi
    angka: Angka | None
    jumlah: Jumlah | None
    layanan: Rincian
    titik: Rincian
    profil: tuple[Rincian, ...]
    kuesioner: Mapping[str, Kuesioner]
    terkuat: tuple[NilaiUnsur, ...]
    terlemah: tuple[NilaiUnsur, ...]
    perubahan: Perubahan | None
    rencana: tuple[Rencana, ...]
    tahun: tuple[Realisasi, ...]

    @property
    def kode_periksa(self) -> str:
        """Return the first digits of the SHA-256, as posters and reports print them."""
        return self.sha256[:PENDEK]
