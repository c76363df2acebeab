"""A block of the sheet "IKM", written line by line: figures by unsur, then those of the unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skm.agregasi import HasilPeriode
from skm.ikm import IKM_PLACES, Hasil, HasilUnsur
from skm.periode import Periode
from skm.report.xlsx.classes import LetakMutu
from skm.report.xlsx.formulas import area, at, rounded
from skm.report.xlsx.sheet import Lembar, Nilai

if TYPE_CHECKING:
    from xlsxwriter.format import Format

FIRST = 1
"""The column of the first unsur; below the table it holds the unit's figures."""

Sel = Callable[[HasilUnsur, int], tuple[str | None, Nilai]]
"""Makes an unsur's formula and figure for its column."""


@dataclass(frozen=True, slots=True)
class Blok:
    """A period's figures and their rows: by unsur (`mutu` and `kinerja` follow `ikm`), of the unit.

    After `unit`, the printed IKM, come the rows of its mutu and kinerja.
    """

    periode: Periode
    node: HasilPeriode
    kepala: int
    terisi: int
    nrr: int
    bobot: int
    tertimbang: int
    ikm: int
    responden: int
    nilai: int
    unit: int

    @property
    def hasil(self) -> Hasil:
        """Return the figures themselves."""
        return self.node.hasil


class Kerangka:
    """Where the next line of the sheet goes, and in which column each unsur stands."""

    def __init__(
        self, lembar: Lembar, names: Mapping[str, str], lebar: Sequence[float], mutu: LetakMutu
    ) -> None:
        self.lembar = lembar
        self.kolom = {kode: i for i, kode in enumerate(names, start=FIRST)}
        self.mutu = mutu
        self.baris = 0
        self._lebar = lebar
        self._heads = ["Uraian", *(f"{kode} {nama}" for kode, nama in names.items()), "Jumlah"]

    @property
    def last(self) -> int:
        """Return the column of the last unsur; sums stand beside it."""
        return FIRST + len(self.kolom) - 1

    def across(self, baris: int) -> str:
        """Return the address of a line's figures of all unsur."""
        return area((baris, FIRST), (baris, self.last))

    def down(self, first: int, last: int, kolom: int = FIRST) -> str:
        """Return the address of a column's cells between two lines."""
        return area((first, kolom), (last, kolom))

    def head(self, node: HasilPeriode, periode: Periode) -> int:
        """Begin a block: its period, method and remark; return the line of the headings."""
        gaya = self.lembar.gaya
        self.lembar.text(self.baris, 0, periode.label, gaya.subjudul)
        notes = [f"Metode {node.hasil.metode.label}", node.catatan]
        self.lembar.text(self.baris + 1, 0, "; ".join(filter(None, notes)) + ".", gaya.catatan)
        self.lembar.headings(self.baris + 2, self._heads, self._lebar)
        self.baris += 3
        return self.baris - 1

    def line(self, label: str, hasil: Hasil, sel: Sel, gaya: Format) -> int:
        """Write a figure for each unsur of a result, and return the line."""
        row, looks = self.baris, self.lembar.gaya
        self.lembar.text(row, 0, label, looks.teks)
        for kolom in range(FIRST, self.last + 2):
            self.lembar.sheet.write_blank(row, kolom, None, looks.teks)
        for unsur in hasil.unsur:
            kolom = self.kolom[unsur.kode]
            self.lembar.figure(row, kolom, *sel(unsur, kolom), gaya)
        self.baris += 1
        return row

    def total(self, baris: int, nilai: Nilai, gaya: Format) -> None:
        """Write the sum of a line beside it."""
        self.lembar.figure(baris, self.last + 1, f"=SUM({self.across(baris)})", nilai, gaya)

    def classes(self, hasil: Hasil, periode: Periode, ikm: int) -> None:
        """Write the mutu and kinerja of each unsur."""
        gaya = self.lembar.gaya
        self.line(
            "Mutu unsur",
            hasil,
            lambda u, k: (self.mutu.mutu(at(ikm, k), periode), u.mutu),
            gaya.tengah,
        )
        self.line(
            "Kinerja unsur",
            hasil,
            lambda u, k: (self.mutu.kinerja(at(ikm, k), periode), u.kinerja),
            gaya.tengah,
        )

    def single(
        self, label: str, rumus: str, nilai: Nilai, gaya: Format, *, akhir: bool = False
    ) -> int:
        """Write a figure of the unit, and return the line."""
        row, looks = self.baris, self.lembar.gaya
        self.lembar.text(row, 0, label, looks.tebal if akhir else looks.teks)
        self.lembar.figure(row, FIRST, rumus, nilai, gaya)
        self.baris += 1
        return row

    def finish(self, hasil: Hasil, periode: Periode, nilai: int) -> int:
        """Write the printed IKM of the unit with mutu and kinerja; return the line of the IKM."""
        gaya, value = self.lembar.gaya, at(nilai, FIRST)
        formula = f'=IF(ISNUMBER({value}),{rounded(value, IKM_PLACES)},"")'
        unit = self.single("IKM unit pelayanan", formula, hasil.ikm, gaya.ikm_tebal, akhir=True)
        ikm = at(unit, FIRST)
        letter = self.mutu.mutu(ikm, periode)
        self.single("Mutu pelayanan", letter, hasil.mutu, gaya.huruf_tebal, akhir=True)
        name = self.mutu.kinerja(ikm, periode)
        self.single("Kinerja unit pelayanan", name, hasil.kinerja, gaya.huruf_tebal, akhir=True)
        self.baris += 1
        return unit
