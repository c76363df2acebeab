"""What checking a file gives: options in, accepted answers, faults and warnings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from skm.intake.mapping import Kolom
from skm.intake.places import TakDikenal
from skm.intake.sheets import Sel
from skm.jawaban import Jawaban
from skm.periode import Periode
from skm.pesan import message

if TYPE_CHECKING:
    from skm.intake.processing import ProcessingSheet

_NOTHING: Mapping[tuple[str, str], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Opsi:
    """What the operator says about a file, once.

    `periode`, `layanan` and `titik` stand in where the file says nothing. `padanan` binds unknown
    texts: ("layanan" or "titik", text) to a code. `wajib_periode` is False for a bare
    calculation. `hari_ini` is the office's today, given where a result must not change.
    `urutan_tanggal` says what 01/02/2024 means where the column itself does not show it.
    """

    periode: Periode | None = None
    layanan: str | None = None
    titik: str | None = None
    padanan: Mapping[tuple[str, str], str] = field(default_factory=lambda: _NOTHING)
    wajib_periode: bool = True
    hari_ini: date | None = None
    urutan_tanggal: Literal["hari-dahulu", "bulan-dahulu"] | None = None


@dataclass(frozen=True, slots=True)
class Temuan:
    """One fault or warning: its place as the spreadsheet shows it, the cell, and its code.

    `baris` is 0 and `kolom` empty where it concerns the whole file. `nilai` is masked.
    """

    lembar: str
    baris: int
    kolom: str
    nilai: str
    kode: str
    huruf: str = ""
    isi: tuple[tuple[str, object], ...] = ()

    @property
    def pesan(self) -> str:
        """Return the sentence: where, what, what next."""
        place = {"lembar": self.lembar, "baris": self.baris, "kolom": self.kolom}
        return message(self.kode, **place, huruf=self.huruf, nilai=self.nilai, **dict(self.isi))


@dataclass(frozen=True, slots=True)
class BarisTolak:
    """A rejected row, with only the cells that are read: masked, days as they were understood.

    Columns that name people, and those that nothing is read from, are blank. `lebih` are the
    cells past the header.
    """

    baris: int
    sel: tuple[Sel, ...]
    lebih: tuple[Sel, ...] = ()


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """The outcome of one file. A row with any fault is rejected whole; the others are accepted.

    `nomor_baris` runs along `diterima`. `ditolak` has every fault, `baris_ditolak` every rejected
    row. `kolom_pribadi` are the columns that were not read, to say so. `pembanding` is the
    comparison with the figures printed under the rows, None where there are none.
    """

    diterima: tuple[Jawaban, ...] = field(repr=False)
    nomor_baris: tuple[int, ...] = field(repr=False)
    ditolak: tuple[Temuan, ...] = ()
    baris_ditolak: tuple[BarisTolak, ...] = ()
    peringatan: tuple[Temuan, ...] = ()
    tak_dikenal: tuple[TakDikenal, ...] = ()
    kolom_pribadi: tuple[Kolom, ...] = ()
    pembanding: ProcessingSheet | None = None

    @property
    def jumlah_diterima(self) -> int:
        """Return how many rows were accepted."""
        return len(self.diterima)

    @property
    def jumlah_ditolak(self) -> int:
        """Return how many rows were rejected."""
        return len(self.baris_ditolak)
