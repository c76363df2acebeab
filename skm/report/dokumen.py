"""A report as content: chapters, paragraphs, tables and charts, which each renderer prints its way.

Every digit a reader sees is text here already, so that no renderer rounds or formats anything;
the floats of a chart only place its ink.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from skm.analysis.table import Tabel

Gaya = Literal["biasa", "rumus", "catatan", "kutipan"]
"""Body text; a centred line of arithmetic; a small remark; an operator's or respondent's words."""


@dataclass(frozen=True, slots=True)
class Judul:
    """A heading. Level 1 is a chapter and begins a page ("BAB I"), 2 a section ("1.1"), 3 below it.

    `nomor` is printed before the text; an unnumbered one (Ringkasan eksekutif) has none.
    """

    teks: str
    tingkat: Literal[1, 2, 3] = 2
    nomor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraf:
    """One paragraph of plain text."""

    teks: str
    gaya: Gaya = "biasa"


@dataclass(frozen=True, slots=True)
class Daftar:
    """A list of plain texts, with bullets or with numbers."""

    butir: tuple[str, ...]
    bernomor: bool = False


@dataclass(frozen=True, slots=True)
class BlokTabel:
    """A table under its caption "Tabel {nomor}. {tabel.judul}"; `tabel.catatan` stands below it.

    `lebar` are relative widths of the columns; empty leaves them to the content. `rapat` asks for
    small type, for tables of many columns.
    """

    nomor: int
    tabel: Tabel
    lebar: tuple[float, ...] = ()
    rapat: bool = False


@dataclass(frozen=True, slots=True)
class Batang:
    """One bar: its name, its length, the figure printed beside it, and a mutu letter or ""."""

    label: str
    nilai: float
    teks: str
    mutu: str = ""


@dataclass(frozen=True, slots=True)
class GrafikBatang:
    """Horizontal bars from `dari` to `sampai`; `ambang` are (place, name) of thin lines."""

    batang: tuple[Batang, ...]
    dari: float
    sampai: float
    ambang: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TitikGaris:
    """One period on a line: its name, its value with the figure printed, its target if it has one.

    `terbit` marks a figure taken from an earlier publication, drawn as a hollow point.
    """

    label: str
    nilai: float
    teks: str
    target: float | None = None
    teks_target: str = ""
    terbit: bool = False


@dataclass(frozen=True, slots=True)
class GrafikGaris:
    """The line of the periods, oldest first, with their targets as dashes."""

    titik: tuple[TitikGaris, ...]


@dataclass(frozen=True, slots=True)
class SelPeta:
    """A cell of the map: its distance from the unit's IKM in points (None: empty), its figure."""

    selisih: float | None
    teks: str


@dataclass(frozen=True, slots=True)
class GrafikPeta:
    """A map of groups (rows) by unsur (columns), coloured by the distance from the unit's IKM.

    The colour is full at `jangkauan` points.
    """

    baris: tuple[str, ...]
    kolom: tuple[str, ...]
    sel: tuple[tuple[SelPeta, ...], ...]
    jangkauan: float = 10


Grafik = GrafikBatang | GrafikGaris | GrafikPeta


@dataclass(frozen=True, slots=True)
class BlokGambar:
    """A chart over its caption "Gambar {nomor}. {judul}"; `alt` says in words what it shows."""

    nomor: int
    judul: str
    grafik: Grafik
    alt: str


@dataclass(frozen=True, slots=True)
class TandaTangan:
    """Where the head of the office signs; empty parts are lines to write on."""

    tempat_tanggal: str
    jabatan: str
    nama: str = ""
    nip: str = ""


Blok = Judul | Paragraf | Daftar | BlokTabel | BlokGambar | TandaTangan


@dataclass(frozen=True, slots=True)
class Sampul:
    """The cover. `keadaan` is printed large where the period is not closed ("DRAF"), else empty."""

    judul: str
    periode: str
    unit: str
    instansi: str
    tahun: str
    keadaan: str = ""


@dataclass(frozen=True, slots=True)
class Dokumen:
    """A whole report: cover, then blocks in order. `kaki` is printed at the foot of every page.

    `daftar_isi` asks for a table of contents after the cover.
    """

    judul: str
    sampul: Sampul | None
    isi: tuple[Blok, ...]
    kaki: str = ""
    daftar_isi: bool = True


def tables_of(dokumen: Dokumen) -> tuple[Tabel, ...]:
    """Return the tables of a report in order."""
    return tuple(blok.tabel for blok in dokumen.isi if isinstance(blok, BlokTabel))
