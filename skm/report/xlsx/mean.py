"""A period that is the mean of its parts (LKIP: semester from triwulan, tahun from semester)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from skm.agregasi import HasilPeriode
from skm.angka import round_to
from skm.ikm import IKM_PLACES, NRR_PLACES, Hasil, HasilUnsur
from skm.metode import Terbawa
from skm.periode import Periode
from skm.report.xlsx.block import FIRST, Blok, Kerangka
from skm.report.xlsx.formulas import at, mean_all, rounded
from skm.report.xlsx.periods import period

if TYPE_CHECKING:
    from xlsxwriter.format import Format

Line = Callable[[Blok], int]


@dataclass(frozen=True, slots=True)
class Angka:
    """A figure of an unsur: its line in a block, its value, and the decimals that a mean takes."""

    label: str
    line: Line
    pick: Callable[[HasilUnsur], Fraction | None]
    desimal: int | None
    gaya: Format

    def carried(self, unsur: HasilUnsur) -> Fraction | None:
        """Return what a mean takes of an unsur."""
        value = self.pick(unsur)
        return None if value is None else round_to(value, self.desimal)


def carried_places(hasil: Hasil) -> tuple[int | None, int | None]:
    """Return the decimals with which a mean of periods takes an NRR and an IKM of a method."""
    printed = hasil.metode.terbawa is Terbawa.TERCETAK
    return (NRR_PLACES, IKM_PLACES) if printed else (None, None)


class PenulisRata:
    """Writes the block of one period that is a mean; `bloks` has those of its parts."""

    def __init__(
        self, kerangka: Kerangka, node: HasilPeriode, bloks: Mapping[Periode, Blok]
    ) -> None:
        self._kerangka = kerangka
        self._node, self._hasil = node, node.hasil
        self._parts = [(part.hasil, bloks[period(part)]) for part in node.bagian]

    def write(self, kepala: int, periode: Periode) -> Blok:
        """Write what is taken from each part, then the means, and return their lines."""
        kerangka, hasil = self._kerangka, self._hasil
        gaya = kerangka.lembar.gaya
        nrr_places, ikm_places = carried_places(hasil)
        terisi = kerangka.line(
            "Jumlah kuesioner terisi",
            hasil,
            lambda u, k: (f"=SUM({','.join(self._cells(u, k, lambda b: b.terisi))})", u.n),
            gaya.bulat,
        )
        nrr = self._mean(Angka("NRR", lambda b: b.nrr, lambda u: u.nrr, nrr_places, gaya.nrr))
        bobot = kerangka.line(
            "Rata-rata bobot terpakai",
            hasil,
            lambda u, k: (mean_all(self._cells(u, k, lambda b: b.bobot), None), u.bobot),
            gaya.bobot,
        )
        tertimbang = kerangka.line(
            "Rata-rata NRR tertimbang",
            hasil,
            lambda u, k: (
                mean_all(self._cells(u, k, lambda b: b.tertimbang), nrr_places),
                u.tertimbang,
            ),
            gaya.nrr,
        )
        ikm = self._mean(
            Angka("IKM per unsur", lambda b: b.ikm, lambda u: u.ikm, ikm_places, gaya.ikm)
        )
        kerangka.total(tertimbang, hasil.jumlah_tertimbang, gaya.nrr)
        kerangka.total(ikm, hasil.jumlah_ikm_unsur, gaya.ikm)
        kerangka.classes(hasil, periode, ikm)
        responden, nilai = self._unit()
        unit = kerangka.finish(hasil, periode, nilai)
        lines = (kepala, terisi, nrr, bobot, tertimbang, ikm, responden, nilai, unit)
        return Blok(periode, self._node, *lines)

    def _cells(self, unsur: HasilUnsur, kolom: int, line: Line) -> list[str]:
        """Return an unsur's cells in the parts that have it."""
        return [
            at(line(blok), kolom)
            for hasil, blok in self._parts
            if any(u.kode == unsur.kode for u in hasil.unsur)
        ]

    def _mean(self, angka: Angka) -> int:
        """Write an unsur's figure as taken from each part, and their mean; return its line."""
        kerangka, first = self._kerangka, self._kerangka.baris
        for hasil, blok in self._parts:
            self._take(angka, hasil, blok)
        last = kerangka.baris - 1
        return kerangka.line(
            f"Rata-rata {angka.label}",
            self._hasil,
            lambda u, k: (_mean_of(kerangka.down(first, last, k)), angka.pick(u)),
            angka.gaya,
        )

    def _take(self, angka: Angka, hasil: Hasil, blok: Blok) -> None:
        row = angka.line(blok)
        self._kerangka.line(
            f"{angka.label} {blok.periode.label}",
            hasil,
            lambda u, k: (_carried(at(row, k), angka.desimal), angka.carried(u)),
            angka.gaya,
        )

    def _unit(self) -> tuple[int, int]:
        """Write the unit's IKM as taken from each part, and their mean; return its line.

        A part may be closed under a method of its own, which says how its IKM is taken.
        """
        kerangka, gaya = self._kerangka, self._kerangka.lembar.gaya
        people = "=" + "+".join(at(blok.responden, FIRST) for _, blok in self._parts)
        responden = kerangka.single("Jumlah responden", people, self._hasil.responden, gaya.bulat)
        first = kerangka.baris
        for hasil, blok in self._parts:
            printed = hasil.metode.terbawa is Terbawa.TERCETAK
            source = at(blok.unit if printed else blok.nilai, FIRST)
            kerangka.single(f"IKM {blok.periode.label}", f"={source}", hasil.carried, gaya.penuh)
        formula = _mean_of(kerangka.down(first, kerangka.baris - 1))
        nilai = kerangka.single("Nilai IKM = rata-rata", formula, self._hasil.nilai, gaya.penuh)
        return responden, nilai


def _mean_of(cells: str) -> str:
    return f'=IF(COUNT({cells})=0,"",AVERAGE({cells}))'


def _carried(alamat: str, places: int | None) -> str:
    return f'=IF(ISNUMBER({alamat}),{rounded(alamat, places)},"")'
