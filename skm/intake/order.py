"""Which comes first in 01/02/2024, day or month: what a whole column of dates says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from skm.intake.dates import Urutan, day_and_month, decide_order, parse_moment
from skm.intake.mapping import Kolom, Pemetaan
from skm.intake.sheets import Berkas, Sel
from skm.periode import BULAN, Jenis, Periode, period_of
from skm.survei import Survei

HARI_DAHULU, BULAN_DAHULU = "hari-dahulu", "bulan-dahulu"
PILIHAN = {HARI_DAHULU: Urutan.HARI, BULAN_DAHULU: Urutan.BULAN}
"""What an operator may say of a column, and the order that it means."""
LEAST_SORTED = 5
"""So many different moments in ascending order are no accident."""

_Rentang = tuple[date, date]


@dataclass(frozen=True, slots=True)
class UrutanTanggal:
    """A column whose order no single cell shows, with the days that it spans either way.

    `pasti` is True where the rows as a whole show it all the same: they ascend under one order.
    """

    kolom: Kolom
    urutan: Urutan
    pasti: bool
    hari: _Rentang
    bulan: _Rentang

    @property
    def isi(self) -> dict[str, str]:
        """Return what the sentences about it need."""
        return {
            "kolom": self.kolom.nama,
            "hari": span(self.hari),
            "bulan": span(self.bulan),
            "urutan": "hari dahulu" if self.urutan is Urutan.HARI else "bulan dahulu",
        }


def day_column(pemetaan: Pemetaan) -> Kolom | None:
    """Return the column that says on which day a row was answered."""
    return pemetaan.column("tanggal") or pemetaan.column("waktu")


def undecided_order(
    berkas: Berkas, pemetaan: Pemetaan, survei: Survei, periode: Periode | None = None
) -> UrutanTanggal | None:
    """Return the column of a sheet whose order has to be decided or was inferred; else None."""
    column = day_column(pemetaan)
    if column is None:
        return None
    rows = berkas.sheet(pemetaan.lembar).baris
    cells = column_cells(rows, pemetaan.baris_judul, column)
    return judge(column, cells, survei.zona, periode)


def column_cells(rows: Sequence[Sequence[Sel]], first: int, column: Kolom) -> list[Sel]:
    """Return the cells of a column under the header."""
    at = column.indeks
    return [row[at] for row in islice(rows, first, None) if at < len(row)]


def judge(
    column: Kolom, cells: Sequence[Sel], zona: ZoneInfo, periode: Periode | None
) -> UrutanTanggal | None:
    """Return what is open about a column: no part above 12, and the order moves some quarter."""
    distinct = dict.fromkeys(cells)
    parts = [found for cell in distinct if (found := day_and_month(cell))]
    if all(a == b for a, b in parts) or any(a > 12 or b > 12 for a, b in parts):
        return None
    read = {u: _moments(distinct, u, zona) for u in Urutan}
    quarters = [
        {cell: period_of(m.date(), Jenis.TRIWULAN) for cell, m in moments.items()}
        for moments in read.values()
    ]
    if quarters[0] == quarters[1] or not all(quarters):
        return None
    shown = _evidence(cells, read, periode)
    spans = {u: (min(m.values()).date(), max(m.values()).date()) for u, m in read.items()}
    return UrutanTanggal(
        column,
        shown or decide_order(distinct),
        shown is not None,
        spans[Urutan.HARI],
        spans[Urutan.BULAN],
    )


def _moments(cells: Mapping[Sel, None], urutan: Urutan, zona: ZoneInfo) -> dict[Sel, datetime]:
    found = {}
    for cell in cells:
        try:
            moment = parse_moment(cell, urutan, zona).lokal
            period_of(moment.date(), Jenis.TRIWULAN)  # a year that no period knows is a row's fault
        except (ValueError, OverflowError):
            continue
        found[cell] = moment
    return found


def _evidence(
    cells: Sequence[Sel],
    read: Mapping[Urutan, Mapping[Sel, datetime]],
    periode: Periode | None,
) -> Urutan | None:
    """Return the order that alone ascends, or alone stays inside the chosen period."""
    ascending, inside = [], []
    for urutan, moments in read.items():
        if len(moments) >= LEAST_SORTED:
            run = [moments[c] for c in cells if c in moments]
            if all(a <= b for a, b in pairwise(run)):
                ascending.append(urutan)
        if periode and all(periode.mulai <= m.date() <= periode.selesai for m in moments.values()):
            inside.append(urutan)
    shown = {found[0] for found in (ascending, inside) if len(found) == 1}
    return shown.pop() if len(shown) == 1 else None


def span(days: _Rentang) -> str:
    """Return a range of days in words: "2 Januari 2025 sampai 5 Mei 2025"."""
    first, last = (f"{d.day} {BULAN[d.month - 1]} {d.year}" for d in days)
    return first if first == last else f"{first} sampai {last}"
