"""A group's line in one period: from the answers, or as the mean of the periods in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.analysis.groups import Per
from skm.ikm import IKM_PLACES, KONVERSI, Hasil, Tally
from skm.metode import Jalur, Terbawa
from skm.periode import Periode
from skm.rekap import Slot
from skm.report.xlsx.answer_columns import Letak
from skm.report.xlsx.classes import LetakMutu
from skm.report.xlsx.formulas import at, fixed, mean_all, mean_filled, rounded
from skm.report.xlsx.group_columns import IKM, KINERJA, MUTU, NO, RESPONDEN, KolomKelompok
from skm.report.xlsx.mean import carried_places
from skm.report.xlsx.periods import Sumber
from skm.report.xlsx.sheet import Lembar


@dataclass(frozen=True, slots=True)
class PenulisBaris:
    """Writes the lines of one period; `judul` and `bobot` are the rows of its label and weights.

    `letak` are the answers' columns; None where what comes from answers is written as a value.
    """

    lembar: Lembar
    per: Per
    kolom: KolomKelompok
    letak: Letak | None
    mutu: LetakMutu
    judul: int
    bobot: int

    def write_direct(self, row: int, source: Sumber) -> None:
        """Write a line that comes from answers."""
        gaya, hasil, kolom = self.lembar.gaya, source.hasil, self.kolom
        letak = self.letak
        count = f"=COUNTIFS({self._kept(letak, row, source.periode)})" if letak else None
        self.lembar.figure(row, RESPONDEN, count, hasil.responden, gaya.bulat)
        for slot, column in kolom.slot.items():
            tally = source.tallies.get(slot, Tally())
            mean = Fraction(tally.total, tally.n) if tally.n else None
            average = self._average(row, source.periode, slot, None)
            self.lembar.figure(row, column, average, mean, gaya.nrr)
        for unsur in hasil.unsur:
            formula = self._nrr(row, source, unsur.kode)
            self.lembar.figure(row, kolom.nrr[unsur.kode], formula, unsur.nrr, gaya.nrr)
            nrr = at(row, kolom.nrr[unsur.kode])
            isi = rounded(f"{nrr}*{KONVERSI}", hasil.metode.ikm_unsur)
            converted = f'=IF(ISNUMBER({nrr}),{isi},"")'
            self.lembar.figure(row, kolom.ikm[unsur.kode], converted, unsur.ikm, gaya.ikm)
        self._write_value(row, hasil)
        self._finish(row, hasil, source.periode)

    def write_mean(
        self, row: int, hasil: Hasil, periode: Periode, parts: Sequence[tuple[int, Hasil]]
    ) -> None:
        """Write a line that is the mean of others, each with its row and its result."""
        gaya, kolom = self.lembar.gaya, self.kolom
        rows = [part for part, _ in parts]
        people = "=" + "+".join(at(part, RESPONDEN) for part in rows)
        self.lembar.figure(row, RESPONDEN, people, hasil.responden, gaya.bulat)
        nrr_places, ikm_places = carried_places(hasil)
        for unsur in hasil.unsur:
            for column, value, places, look in (
                (kolom.nrr[unsur.kode], unsur.nrr, nrr_places, gaya.nrr),
                (kolom.ikm[unsur.kode], unsur.ikm, ikm_places, gaya.ikm),
            ):
                formula = mean_filled([at(part, column) for part in rows], places)
                self.lembar.figure(row, column, formula, value, look)
        printed = (part.metode.terbawa is Terbawa.TERCETAK for _, part in parts)
        taken = [
            at(part, IKM if is_printed else kolom.nilai)
            for part, is_printed in zip(rows, printed, strict=True)
        ]
        self.lembar.figure(row, kolom.nilai, mean_all(taken, None), hasil.nilai, gaya.penuh)
        self._finish(row, hasil, periode)

    def _kept(self, letak: Letak, row: int, periode: Periode) -> str:
        """Return the conditions that keep a group's answers of a period."""
        in_period = letak.in_period(periode, fixed(self.judul, 0))
        return f"{in_period},{letak.column(letak.kelompok[self.per])},{at(row, NO)}"

    def _average(self, row: int, periode: Periode, slot: Slot, places: int | None) -> str | None:
        if self.letak is None:
            return None
        kept = self._kept(self.letak, row, periode)
        average = f"AVERAGEIFS({self.letak.column(self.letak.slot[slot])},{kept})"
        return f'=IFERROR({rounded(average, places)},"")'

    def _nrr(self, row: int, source: Sumber, kode: str) -> str | None:
        """Return the NRR of an unsur, that of its only question or the mean over several."""
        asked, places = self.kolom.questions(row, kode), source.hasil.metode.nrr
        if not asked:
            return self._average(row, source.periode, Slot(kode), places)
        cells = ",".join(asked)
        return f'=IF(COUNT({cells})=0,"",{rounded(f"AVERAGE({cells})", places)})'

    def _write_value(self, row: int, hasil: Hasil) -> None:
        """Write the factor by which the weights of the answered unsur grow, and the IKM's value."""
        gaya, kolom, metode = self.lembar.gaya, self.kolom, hasil.metode
        nrr, weights, factor = (
            kolom.nrr_cells(row),
            kolom.weights(self.bobot),
            at(row, kolom.faktor),
        )
        filled = hasil.terisi[0] if hasil.terisi else None
        codes = [u.kode for u in hasil.unsur]
        whole = metode.bobot.shares(codes, codes)
        grown = None if filled is None else (filled.bobot or 0) / whole[filled.kode]
        shared = f'=IF(COUNT({nrr})=0,"",SUM({weights})/SUMPRODUCT(ISNUMBER({nrr})*{weights}))'
        self.lembar.figure(row, kolom.faktor, shared, grown, gaya.bobot)
        if metode.jalur is Jalur.UNSUR:
            isi = f"SUMPRODUCT({kolom.ikm_cells(row)},{weights})*{factor}"
        elif metode.tertimbang is None:
            index = f"SUMPRODUCT({nrr},{weights})*{factor}"
            isi = f"{rounded(index, metode.indeks)}*{KONVERSI}"
        else:
            index = "+".join(
                rounded(f"N({at(row, c)})*{fixed(self.bobot, c)}*{factor}", metode.tertimbang)
                for c in kolom.nrr.values()
            )
            isi = f"{rounded(f'({index})', metode.indeks)}*{KONVERSI}"
        value = f'=IF(COUNT({nrr})=0,"",{isi})'
        self.lembar.figure(row, kolom.nilai, value, hasil.nilai, gaya.penuh)

    def _finish(self, row: int, hasil: Hasil, periode: Periode) -> None:
        gaya, value, ikm = self.lembar.gaya, at(row, self.kolom.nilai), at(row, IKM)
        printed = f'=IF(ISNUMBER({value}),{rounded(value, IKM_PLACES)},"")'
        self.lembar.figure(row, IKM, printed, hasil.ikm, gaya.ikm_tebal)
        self.lembar.figure(row, MUTU, self.mutu.mutu(ikm, periode), hasil.mutu, gaya.tengah)
        name = self.mutu.kinerja(ikm, periode)
        self.lembar.figure(row, KINERJA, name, hasil.kinerja, gaya.tengah)
