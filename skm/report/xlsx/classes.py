"""The table of mutu on the sheet "Metode", and the formulas that look a value up in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm.ikm import IKM_PLACES
from skm.peraturan import tabel_mutu
from skm.peraturan.mutu import TabelMutu
from skm.periode import Periode
from skm.report.xlsx.formulas import rounded
from skm.report.xlsx.sheet import Lembar

DARI, SAMPAI, MUTU, KINERJA = range(4)


@dataclass(frozen=True, slots=True)
class LetakMutu:
    """Where the tables of mutu stand: the first row of each, its classes the lowest first."""

    lembar: Lembar
    baris: Mapping[TabelMutu, int]

    def mutu(self, alamat: str, periode: Periode) -> str:
        """Return the formula of the letter of an IKM; "" where the cell holds no number."""
        return self._lookup(alamat, periode, MUTU)

    def kinerja(self, alamat: str, periode: Periode) -> str:
        """Return the formula of the class's name of an IKM."""
        return self._lookup(alamat, periode, KINERJA)

    def _lookup(self, alamat: str, periode: Periode, kolom: int) -> str:
        table = tabel_mutu(periode.mulai)
        first = self.baris[table]
        last = first + len(table.kelas) - 1
        lowest = self.lembar.range((first, DARI), (first, DARI))
        floors = self.lembar.range((first, DARI), (last, DARI))
        found = self.lembar.range((first, kolom), (last, kolom))
        value = f"MAX({rounded(alamat, IKM_PLACES)},{lowest.split(':')[0]})"
        return f'=IF(ISNUMBER({alamat}),LOOKUP({value},{floors},{found}),"")'


def write_classes(
    lembar: Lembar, baris: int, periods: Iterable[Periode], lebar: Sequence[float]
) -> tuple[LetakMutu, int]:
    """Write the tables in force in the periods, and return their place and the next free row."""
    tables = dict.fromkeys(tabel_mutu(p.mulai) for p in sorted(periods))
    rows: dict[TabelMutu, int] = {}
    for table in tables:
        lembar.text(baris, 0, f"Tabel mutu: {table.peraturan}", lembar.gaya.subjudul)
        lembar.text(baris + 1, 0, f"{table.lokasi}.", lembar.gaya.catatan)
        lembar.headings(baris + 2, ["Dari", "Sampai", "Mutu", "Kinerja"], lebar)
        rows[table] = baris + 3
        for row, kelas in enumerate(reversed(table.kelas), start=rows[table]):
            lembar.sheet.write_number(row, DARI, float(kelas.dari), lembar.gaya.ikm)
            lembar.sheet.write_number(row, SAMPAI, float(kelas.sampai), lembar.gaya.ikm)
            lembar.text(row, MUTU, kelas.mutu, lembar.gaya.tengah)
            lembar.text(row, KINERJA, kelas.kinerja, lembar.gaya.teks)
        baris = rows[table] + len(table.kelas) + 1
    return LetakMutu(lembar, rows), baris
