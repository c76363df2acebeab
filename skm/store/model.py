"""What the store takes and gives, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Tanda


class StatusBatch(StrEnum):
    """Whether the answers of a batch count."""

    AKTIF = "aktif"
    BATAL = "batal"


@dataclass(frozen=True, slots=True)
class BatchBaru:
    """What is known of a batch before it is stored.

    `kuesioner_versi` is the version that its respondents saw; None means the one in force.
    """

    kanal: Kanal
    nama_berkas: str = ""
    sha256: str = ""
    ditolak: int = 0
    kuesioner_versi: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """One upload, stored as a whole; or a standing batch that takes one answer after another: of a
    `tautan` on one UTC day, or of one sitting (`sesi`) of paper entry. Undone as a whole.
    """

    id: str
    survei_id: str
    kuesioner_versi: str
    nama_berkas: str
    sha256: str
    kanal: Kanal
    waktu: datetime
    diterima: int
    ditolak: int
    status: StatusBatch
    dibatalkan: datetime | None = None
    tautan: str | None = None
    sesi: str | None = None


@dataclass(frozen=True, slots=True)
class SurveiInfo:
    """A line of the list of surveys. `versi_data` grows with every change of survey or answers."""

    id: str
    judul: str
    unit: str
    contoh: bool
    versi_data: int
    responden: int


class AsalBerkas(StrEnum):
    """Where a version of a survey's file came from."""

    AWAL = "awal"
    """What stood there before the history began."""
    FOLDER = "folder"
    """A file in the folder of surveys."""
    KANTOR = "kantor"
    """The office itself: the page Pengaturan, or the terminal."""


class KeadaanBerkas(StrEnum):
    """How a file in the folder of surveys stands to the survey in the store."""

    SAMA = "sama"
    """Nothing to do: it was taken or passed over before."""
    BARU = "baru"
    """It may be taken: the store has no such survey, or nothing of its own that would be lost."""
    BERBEDA = "berbeda"
    """It changed, and so did the store's: a person decides."""


@dataclass(frozen=True, slots=True)
class VersiSurvei:
    """A version of a survey's file in the history, without its text."""

    nomor: int
    waktu: datetime
    asal: AsalBerkas
    ringkasan: str


@dataclass(frozen=True, slots=True)
class Terpakai:
    """What hangs on each layanan and titik, by code: answers, and placements that are open.

    A code that is absent has neither, nor a closed placement.
    """

    layanan: dict[str, tuple[int, int]]
    titik: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RecapFault:
    """A count that differs from the answers: which table and key, what it holds, what it should.

    Both are in the order of the table's count columns; a missing row holds zeros.
    """

    tabel: str
    survei_id: str
    kunci: tuple[tuple[str, str | int], ...]
    tersimpan: tuple[int, ...]
    seharusnya: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TautanBaru:
    """A placement to make. None leaves titik or layanan to the answer."""

    titik: str | None
    layanan: str | None
    kanal: Kanal = Kanal.QR
    nama: str = ""


@dataclass(frozen=True, slots=True)
class Tautan:
    """A placement: a code on a poster, what it stands for, and what happened at it.

    `dilihat`, `dimulai` and `tertutup` (visits while closed) are near enough; `dikirim` is exactly
    the stored answers, `terakhir` the time of the last one.
    """

    kode: str
    survei_id: str
    titik: str | None
    layanan: str | None
    kanal: Kanal
    nama: str
    aktif: bool
    dibuat: datetime
    dilihat: int = 0
    dimulai: int = 0
    dikirim: int = 0
    tertutup: int = 0
    terakhir: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resi:
    """The receipt of a sheet: its response code, whether this sending stored it, and when it was
    stored. `kode_saran` is the code to read the office's reply with, where a remark was written.
    """

    tanggapan: str
    baru: bool
    waktu: datetime
    kode_saran: str | None = None


@dataclass(frozen=True, slots=True)
class Lembar:
    """A keyed sheet as it is stored; `diterima` is when it was keyed first."""

    id_kirim: str
    id: int
    tanggapan: str
    diterima: datetime
    kuesioner_versi: str
    kanal: Kanal
    jawaban: Jawaban
    tanda: frozenset[Tanda]
    detik: int | None
    dikecualikan: str | None


@dataclass(frozen=True, slots=True)
class Ditandai:
    """An answer that is marked, or not counted for the reason in `dikecualikan`."""

    id: int
    waktu: datetime | None
    titik: str | None
    layanan: str | None
    kanal: Kanal
    nilai: str
    tanda: frozenset[Tanda]
    detik: int | None
    dikecualikan: str | None


@dataclass(frozen=True, slots=True)
class Harian:
    """Counted answers of one day of the office's calendar. What was not asked for is None."""

    hari: date
    titik: str | None
    layanan: str | None
    kanal: str | None
    n: int
