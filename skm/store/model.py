"""What the store takes and gives, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skm.jawaban import Kanal
from skm.periode import Periode


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
    """One upload, or one sitting of paper entry: stored as a whole, undone as a whole."""

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


@dataclass(frozen=True, slots=True)
class SurveiInfo:
    """A line of the list of surveys. `versi_data` grows with every change of survey or answers."""

    id: str
    judul: str
    unit: str
    contoh: bool
    versi_data: int
    responden: int


@dataclass(frozen=True, slots=True)
class SkorCell:
    """Respondents who answered `terisi` questions: the sums of s and s², s being one's own sum.

    s / terisi is a respondent's mean score (1-4), so the mean and the variance of the scores of
    any group follow exactly. A key that was not asked for is None.
    """

    periode: Periode
    layanan: str | None
    titik: str | None
    kanal: str | None
    terisi: int
    responden: int
    jumlah: int
    kuadrat: int


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
