"""Closed periods, and what an office adds to its report, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from skm.jawaban import Baris, Kutipan
from skm.periode import Periode
from skm.survei import Kuesioner


class Keadaan(StrEnum):
    """Where a period stands: open, frozen, or frozen and public."""

    DRAF = "draf"
    DITUTUP = "ditutup"
    DITERBITKAN = "diterbitkan"


class JenisPeristiwa(StrEnum):
    """What can happen to a period."""

    DITUTUP = "ditutup"
    DITERBITKAN = "diterbitkan"
    DITARIK = "ditarik"
    DIBUKA = "dibuka"
    DISUSUTKAN = "disusutkan"


@dataclass(frozen=True, slots=True)
class Susut:
    """Answers whose time is over: how many of a stored period, and whether it is closed.

    Only closed ones are deleted, because their official figures no longer need them.
    """

    periode: Periode
    jawaban: int
    ditutup: bool


@dataclass(frozen=True, slots=True)
class Tutupan:
    """One closing of a period: the `ke`-th, with the answers that were there at `batas`.

    `sha256` is over the canonical content of its archive.
    """

    survei_id: str
    periode: Periode
    ke: int
    batas: datetime
    sha256: str
    ditutup: datetime
    diterbitkan: datetime | None = None

    @property
    def keadaan(self) -> Keadaan:
        """Return whether it is public."""
        return Keadaan.DITERBITKAN if self.diterbitkan else Keadaan.DITUTUP


@dataclass(frozen=True, slots=True)
class TutupanBaru:
    """A period to close. `isi`, `jawaban` and `saran` are the archive's files, compressed.

    `dasar` are the hashes of the closings inside the period that the content was made from.
    """

    periode: Periode
    batas: datetime
    sha256: str
    isi: bytes
    jawaban: bytes
    saran: bytes
    dasar: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Peristiwa:
    """Something that happened to a period, and why."""

    periode: Periode
    waktu: datetime
    jenis: JenisPeristiwa
    sha256: str
    keterangan: str


@dataclass(frozen=True, slots=True)
class Salinan:
    """What a survey holds of a period at one moment.

    `toml` is the survey's text and `berlaku` the questionnaire version in force. `ditandai` counts
    the marked answers among `baris`, `dikecualikan` those left out of it, `terekap` how many the
    recap counts.
    """

    waktu: datetime
    toml: str
    berlaku: str
    kuesioner: Mapping[str, Kuesioner]
    baris: tuple[Baris, ...]
    saran: tuple[Kutipan, ...]
    ditandai: int
    dikecualikan: int
    terekap: int


@dataclass(frozen=True, slots=True)
class AngkaTerbit:
    """An IKM (25-100) that the office published before, and where."""

    periode: Periode
    ikm: Decimal
    sumber: str


class StatusTindak(StrEnum):
    """How far a follow-up has come."""

    RENCANA = "rencana"
    BERJALAN = "berjalan"
    SELESAI = "selesai"
    BATAL = "batal"


@dataclass(frozen=True, slots=True)
class TindakBaru:
    """What an office means to do about a weak unsur of a period; `layanan` None is the unit.

    The words are the regulation's: PROGRAM/KEGIATAN, WAKTU, PENANGGUNG JAWAB (hlm. 24).
    `realisasi`, `bukti` and `hambatan` are filled in while it is carried out.
    """

    periode: Periode
    unsur: str
    kegiatan: str
    waktu: str
    penanggung_jawab: str
    layanan: str | None = None
    status: StatusTindak = StatusTindak.RENCANA
    realisasi: str = ""
    bukti: str = ""
    hambatan: str = ""


@dataclass(frozen=True, slots=True)
class TindakLanjut:
    """A stored follow-up."""

    id: int
    isi: TindakBaru
    dibuat: datetime
    diubah: datetime
