"""What checking has gathered so far: accepted answers, rejected rows, warnings counted."""

from __future__ import annotations

from collections.abc import Sequence

from skm.intake.findings import BarisTolak, Temuan
from skm.intake.mapping import Kolom, Pemetaan
from skm.intake.places import shown
from skm.intake.privacy import MASK, clean_saran, mask
from skm.intake.sheets import Sel
from skm.jawaban import Jawaban

MAX_RUNS = 12
"""So many runs of row numbers are listed in a warning."""
MAX_DETAIL = 200_000
"""Past so many faults only the first of each row is kept."""

Fault = tuple[Kolom | None, Sel, str, tuple[tuple[str, object], ...]]
"""The column (None for the row), the cell, the code, and what else its sentence needs."""


class Gathered:
    """Filled row by row. Nothing in it comes from a column that names people."""

    def __init__(self, pemetaan: Pemetaan) -> None:
        self.lembar = pemetaan.lembar
        self.diterima: list[Jawaban] = []
        self.nomor: list[int] = []
        self.ditolak: list[Temuan] = []
        self.baris: list[BarisTolak] = []
        self._width = len(pemetaan.kolom)
        self._read = {k.indeks for k in pemetaan.kolom if k.tujuan not in ("abaikan", "pribadi")}
        self._saran = {k.indeks for k in pemetaan.kolom if k.tujuan == "saran"}
        self._warnings: dict[tuple[str, str, str], list[int]] = {}

    def accept(self, number: int, jawaban: Jawaban) -> None:
        """Take the answers of one row."""
        self.nomor.append(number)
        self.diterima.append(jawaban)

    def reject(self, number: int, row: Sequence[Sel], faults: list[Fault]) -> None:
        """Take one row with its faults; none where the whole file is at fault."""
        kept = faults if len(self.ditolak) < MAX_DETAIL else faults[:1]
        for column, cell, kode, isi in kept:
            kolom, huruf = (column.nama, column.huruf) if column else ("", "")
            self.ditolak.append(Temuan(self.lembar, number, kolom, shown(cell), kode, huruf, isi))
        if faults:
            cells = tuple(self._shown(i, c) for i, c in enumerate(row[: self._width]))
            surplus = tuple(_masked(c) for c in row[self._width :])
            self.baris.append(BarisTolak(number, cells, surplus))

    def reject_file(self, kode: str) -> None:
        """Take a fault of the whole file, said once."""
        self.ditolak.append(Temuan(self.lembar, 0, "", "", kode))

    def warn(self, kode: str, kolom: str, nilai: str, number: int) -> None:
        """Count a warning; equal ones are one, with the first row and how many."""
        self._warnings.setdefault((kode, kolom, nilai), []).append(number)

    def warnings(self) -> tuple[Temuan, ...]:
        """Return the warnings, each with its first row, how many rows, and which."""
        return tuple(
            Temuan(self.lembar, rows[0], kolom, nilai, kode, isi=_counted(rows))
            for (kode, kolom, nilai), rows in self._warnings.items()
        )

    def _shown(self, indeks: int, sel: Sel) -> Sel:
        if indeks not in self._read:
            return None
        if isinstance(sel, str) and indeks in self._saran:
            return clean_saran(sel) or ""
        return _masked(sel)


def _masked(sel: Sel) -> Sel:
    if isinstance(sel, str):
        return mask(sel)
    # A number with as many digits as a NIK or a phone number.
    return MASK if isinstance(sel, int | float) and abs(sel) >= 10**8 else sel


def _counted(rows: Sequence[int]) -> tuple[tuple[str, object], ...]:
    return (("jumlah", len(rows)), ("daftar", row_list(rows)))


def row_list(rows: Sequence[int]) -> str:
    """Return row numbers as people write them: "5-8, 10"; of many only the first."""
    runs: list[list[int]] = []
    for number in rows:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        elif len(runs) == MAX_RUNS:
            return ", ".join([*map(_run, runs), "…"])
        else:
            runs.append([number, number])
    return ", ".join(map(_run, runs))


def _run(ends: Sequence[int]) -> str:
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}-{ends[1]}"
