"""The columns of the sheet "Jawaban", which the formulas of other sheets refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skm.analysis.groups import Kelompok, Per
from skm.periode import Jenis, Periode
from skm.rekap import Slot
from skm.report.buku import BukuKerja
from skm.report.xlsx.formulas import fixed_area, on
from skm.report.xlsx.periods import counted_kinds, slots_in_order
from skm.survei import Survei

NAMA = "Jawaban"
HEAD = 4
FIRST = HEAD + 1


@dataclass(frozen=True, slots=True)
class Letak:
    """Where each answer's data stands: the columns by what they hold, and the last row."""

    periode: Mapping[Jenis, int]
    kelompok: Mapping[Per, int]
    kanal: int
    slot: Mapping[Slot, int]
    profil: Mapping[str, int]
    terakhir: int

    def column(self, kolom: int) -> str:
        """Return a column's cells as other sheets write them."""
        return on(NAMA, fixed_area((FIRST, kolom), (self.terakhir, kolom)))

    def in_period(self, periode: Periode, kriteria: str) -> str:
        """Return the two arguments that keep a period's answers; `kriteria` holds its label."""
        return f"{self.column(self.periode[periode.jenis])},{kriteria}"


def plan(buku: BukuKerja) -> Letak:
    """Return the columns for a workbook's answers: period, group, channel, questions, profile.

    A group stands there twice, as its number on its own sheet and by name: formulas compare the
    number, since a spreadsheet reads a text such as "*", ">3" or "1E5" as a condition.
    """
    kinds = {jenis: i for i, jenis in enumerate(counted_kinds(buku), start=1)}
    filled = [per for per, groups in groups_by_dimension(buku).items() if groups]
    groups = {per: len(kinds) + 1 + 2 * i for i, per in enumerate(filled)}
    channel = 1 + len(kinds) + 2 * len(groups)
    slots = {slot: i for i, slot in enumerate(slots_in_order(buku), start=channel + 1)}
    fields = [p.kode for p in buku.survei.profil]
    fields += sorted({kode for row in buku.baris for kode, _ in row.profil} - set(fields))
    profile = {kode: i for i, kode in enumerate(fields, start=channel + 1 + len(slots))}
    last = FIRST + max(len(buku.baris), 1) - 1
    return Letak(kinds, groups, channel, slots, profile, last)


def groups_by_dimension(buku: BukuKerja) -> dict[Per, tuple[Kelompok, ...]]:
    """Return the groups of a workbook in the order of their sheets."""
    return {Per.LAYANAN: buku.layanan, Per.TITIK: buku.titik}


def group_names(survei: Survei, per: Per) -> dict[str, str]:
    """Return what the codes of a dimension are called."""
    named = survei.layanan if per is Per.LAYANAN else survei.titik
    return {item.kode: item.nama for item in named}


def slot_label(slot: Slot, slots: Iterable[Slot]) -> str:
    """Return a question's label: its unsur's code, with a number where the unsur has several."""
    alone = sum(other.kode == slot.kode for other in slots) == 1
    return slot.kode if alone else f"{slot.kode}.{slot.ke + 1}"
