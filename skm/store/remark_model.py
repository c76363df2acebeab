"""What the store takes and gives about remarks, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from skm.periode import Periode


class StatusSaran(StrEnum):
    """How far the office has come with a remark."""

    BARU = "baru"
    PERLU = "perlu-ditindak"
    DITINDAK = "ditindaklanjuti"
    SELESAI = "selesai"
    TIDAK_RELEVAN = "tidak-relevan"


@dataclass(frozen=True, slots=True)
class Saran:
    """A remark of a counted answer. `berkode` says that its writer was given a code to read the
    reply with. `waktu` is UTC, None for an answer without a day.
    """

    id: int
    periode: Periode
    waktu: datetime | None
    layanan: str | None
    titik: str | None
    kanal: str
    teks: str
    berkode: bool


@dataclass(frozen=True, slots=True)
class Tanggapan:
    """What became of a remark; `balasan` is '' while there is none."""

    status: StatusSaran
    balasan: str = ""
    dibalas: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balasan:
    """What the holder of a code may read: whose survey and what became of it, not the remark."""

    survei_id: str
    tanggapan: Tanggapan
