"""A report as it is written: blocks in order, tables and pictures numbered on the way."""

from __future__ import annotations

from collections.abc import Iterable

from skm.analysis.table import Tabel
from skm.report.dokumen import (
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Gaya,
    Grafik,
    Judul,
    Paragraf,
    TandaTangan,
)


class Lembar:
    """Collects the blocks of a report. Numbers of tables and pictures run through all of it."""

    def __init__(self) -> None:
        self._isi: list[Blok] = []
        self._tabel = 0
        self._gambar = 0

    @property
    def isi(self) -> tuple[Blok, ...]:
        """Return the blocks so far."""
        return tuple(self._isi)

    @property
    def tabel_berikut(self) -> str:
        """Return what the next table is called, for a sentence before it: "Tabel 3"."""
        return f"Tabel {self._tabel + 1}"

    def bab(self, nomor: str, teks: str) -> None:
        """Begin a chapter."""
        self._isi.append(Judul(teks, 1, nomor))

    def pasal(self, nomor: str, teks: str) -> None:
        """Begin a section."""
        self._isi.append(Judul(teks, 2, nomor))

    def tulis(self, *kalimat: str, gaya: Gaya = "biasa") -> None:
        """Add a paragraph of sentences; nothing where all are empty."""
        text = " ".join(k for k in kalimat if k)
        if text:
            self._isi.append(Paragraf(text, gaya))

    def paragraf(self, teks: Iterable[str]) -> None:
        """Add several paragraphs."""
        for text in teks:
            self.tulis(text)

    def daftar(self, butir: Iterable[str], *, bernomor: bool = False) -> None:
        """Add a list; nothing where it is empty."""
        items = tuple(butir)
        if items:
            self._isi.append(Daftar(items, bernomor))

    def tabel(self, tabel: Tabel, lebar: tuple[float, ...] = (), *, rapat: bool = False) -> None:
        """Add a table under its number."""
        self._tabel += 1
        self._isi.append(BlokTabel(self._tabel, tabel, lebar, rapat))

    def gambar(self, judul: str, grafik: Grafik, alt: str) -> None:
        """Add a chart over its number."""
        self._gambar += 1
        self._isi.append(BlokGambar(self._gambar, judul, grafik, alt))

    def tanda_tangan(self, blok: TandaTangan) -> None:
        """Add the place to sign."""
        self._isi.append(blok)
