"""The sheet "Hitungan": how often each question was answered 1, 2, 3 and 4 in each period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from skm.ikm import Tally
from skm.periode import Periode
from skm.rekap import Slot
from skm.report.buku import BukuKerja
from skm.report.xlsx.answer_columns import Letak, slot_label
from skm.report.xlsx.formulas import area, at, fixed, fixed_area
from skm.report.xlsx.periods import Sumber, unsur_names
from skm.report.xlsx.sheet import Lembar

NAMA = "Hitungan"
HEAD = 4
WIDTHS = (20.0, 8.0, 40.0, 11.0, 9.0, 9.0, 9.0, 9.0, 9.0, 11.0, 12.0, 12.0)
PERIODE, KODE, UNSUR, RESPONDEN, SATU = range(5)
EMPAT = SATU + 3
TERISI, KOSONG, JUMLAH, NRR = range(EMPAT + 1, EMPAT + 5)
VALUES = fixed_area((HEAD, SATU), (HEAD, EMPAT))
"""The headings 1, 2, 3, 4, which the sum of the values multiplies by."""


@dataclass(frozen=True, slots=True)
class LetakHitungan:
    """Where each question's counts of each period stand."""

    lembar: Lembar
    baris: Mapping[tuple[Periode, Slot], int]

    def responden(self, periode: Periode) -> str:
        """Return a cell that holds a period's respondents."""
        first = next(row for (found, _), row in self.baris.items() if found == periode)
        return self.lembar.ref(first, RESPONDEN)

    def cells(self, periode: Periode, kode: str, kolom: int) -> list[str]:
        """Return the cells of an unsur's questions in one column (TERISI, JUMLAH, NRR)."""
        return [
            self.lembar.ref(row, kolom)
            for (found, slot), row in self.baris.items()
            if found == periode and slot.kode == kode
        ]


def write_counts(
    lembar: Lembar, buku: BukuKerja, sumber: Mapping[Periode, Sumber], letak: Letak, *, mentah: bool
) -> LetakHitungan:
    """Write the counts of every period that is computed from answers.

    They are formulas over the sheet "Jawaban" where it is in the workbook (`mentah`), else values.
    """
    lembar.title("Hitungan nilai per pertanyaan", *_notes(mentah=mentah))
    titles = ["Periode", "Kode", "Unsur", "Responden", "", "", "", ""]
    titles += ["Terisi", "Tidak terisi", "Jumlah nilai", "NRR pertanyaan"]
    lembar.headings(HEAD, titles, WIDTHS)
    for value in range(1, 5):
        lembar.sheet.write_number(HEAD, SATU + value - 1, value, lembar.gaya.kepala)
    names = unsur_names(buku)
    keys = [(periode, slot) for periode in sumber for slot in letak.slot]
    rows = {key: row for row, key in enumerate(keys, start=HEAD + 1)}
    for (periode, slot), row in rows.items():
        lembar.text(row, PERIODE, periode.label, lembar.gaya.teks)
        lembar.text(row, KODE, slot_label(slot, letak.slot), lembar.gaya.teks)
        lembar.text(row, UNSUR, names[slot.kode], lembar.gaya.teks)
        _write_row(lembar, row, sumber[periode], slot, letak if mentah else None)
    lembar.sheet.freeze_panes(HEAD + 1, UNSUR + 1)
    lembar.sheet.repeat_rows(HEAD)
    lembar.widths(WIDTHS)
    return LetakHitungan(lembar, rows)


def _notes(*, mentah: bool) -> tuple[str, str]:
    if mentah:
        return (
            "Setiap hitungan adalah rumus atas lembar Jawaban.",
            "Jumlah nilai = banyaknya nilai 1 × 1 + nilai 2 × 2 + nilai 3 × 3 + nilai 4 × 4; "
            "NRR pertanyaan = jumlah nilai : terisi.",
        )
    return (
        "Jawaban terlalu banyak untuk buku kerja ini, maka hitungannya ditulis sebagai angka.",
        "Jawaban setiap responden ada di dalam arsip periode dan dapat dihitung ulang dari sana.",
    )


def _write_row(lembar: Lembar, row: int, source: Sumber, slot: Slot, letak: Letak | None) -> None:
    tally, people = source.tallies.get(slot, Tally()), source.hasil.responden
    gaya, n = lembar.gaya, tally.n
    in_period = letak.in_period(source.periode, f"$A{row + 1}") if letak else ""
    asked = f"=COUNTIFS({in_period})" if letak else None
    lembar.figure(row, RESPONDEN, asked, people, gaya.bulat)
    for i, count in enumerate(tally.counts):
        formula = None
        if letak:
            answers = letak.column(letak.slot[slot])
            formula = f"=COUNTIFS({in_period},{answers},{fixed(HEAD, SATU + i)})"
        lembar.figure(row, SATU + i, formula, count, gaya.bulat)
    counted = area((row, SATU), (row, EMPAT))
    filled, total = at(row, TERISI), at(row, JUMLAH)
    lembar.figure(row, TERISI, f"=SUM({counted})", n, gaya.bulat)
    lembar.figure(row, KOSONG, f"={at(row, RESPONDEN)}-{filled}", people - n, gaya.bulat)
    lembar.figure(row, JUMLAH, f"=SUMPRODUCT({VALUES},{counted})", tally.total, gaya.bulat)
    mean = Fraction(tally.total, n) if n else None
    lembar.figure(row, NRR, f'=IF({filled}=0,"",{total}/{filled})', mean, gaya.nrr)
