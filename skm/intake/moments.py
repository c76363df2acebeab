"""When a row was answered: its day and hour columns, and the period that the operator chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import repeat
from typing import NamedTuple

from skm.intake.dates import (
    EPOCH,
    Saat,
    Urutan,
    decide_order,
    parse_clock,
    parse_moment,
    suspect_swapped,
    to_utc,
)
from skm.intake.findings import Opsi, Temuan
from skm.intake.mapping import Kolom, Pemetaan
from skm.intake.once import Once
from skm.intake.order import PILIHAN, UrutanTanggal, column_cells, day_column, judge
from skm.intake.places import shown
from skm.intake.sheets import Sel
from skm.intake.values import is_unanswered
from skm.periode import Jenis, Periode, period_of
from skm.survei import Survei

FIRST_YEAR = 2000
_DAYS = 10_000
"""So many are remembered: a file has few different days, or a moment of its own for each row."""


class Momen(NamedTuple):
    """The moment of a row in UTC, its period, its time of day as text; or the code of a fault."""

    waktu: datetime | None = None
    periode: Periode | None = None
    jam: str | None = None
    kode: str | None = None
    kolom: Kolom | None = None


class MomentReader:
    """Reads the day of each row: from "tanggal" (with "jam"), else from "waktu"."""

    def __init__(self, pemetaan: Pemetaan, survei: Survei, opsi: Opsi) -> None:
        self.zona = survei.zona
        self.periode = opsi.periode
        self.label = opsi.periode.label if opsi.periode else ""
        self.required = opsi.wajib_periode and opsi.periode is None
        self.today = opsi.hari_ini or datetime.now(self.zona).date()
        self.day = day_column(pemetaan)
        self.clock = pemetaan.column("jam")
        # When the form was sent, where the day of service has a column of its own.
        self.stamp = pemetaan.column("waktu") if pemetaan.column("tanggal") else None
        self.missing = self.day is None and self.required
        self.suspect: list[Kolom] = []
        self.open: UrutanTanggal | None = None
        self._said = PILIHAN[opsi.urutan_tanggal] if opsi.urutan_tanggal else None
        self._first = pemetaan.baris_judul
        self._lembar = pemetaan.lembar
        self._order = Urutan.HARI
        self._known: Once[tuple[Sel, Sel], Momen] = Once(self._parse, _DAYS)
        self._days: dict[date, Momen] = {}
        self._undated = Momen(periode=opsi.periode)

    def begin(self, rows: Sequence[Sequence[Sel]]) -> None:
        """Decide the order of day and month from the whole column."""
        if self.day is None:
            return
        cells = column_cells(rows, self._first, self.day)
        distinct = set(cells)
        self._order = self._said or decide_order(distinct)
        if self._said is None:
            self.open = judge(self.day, cells, self.zona, self.periode)
        if self.open is not None:
            self._order = self.open.urutan
        if suspect_swapped(distinct):
            self.suspect.append(self.day)

    def read(self, row: Sequence[Sel]) -> Momen:
        """Return the moment of a row, or its fault."""
        if self.day is None and self.clock is None:
            return self._undated
        day = row[self.day.indeks] if self.day else None
        return self._known[day, row[self.clock.indeks] if self.clock else None]

    def of_columns(self, columns: Sequence[Sequence[Sel]]) -> Iterable[Momen]:
        """Return the moment of each row, or its fault; for ever the same where it has no day."""
        if self.day is None and self.clock is None:
            return repeat(self._undated)
        days = columns[self.day.indeks] if self.day else repeat(None)
        clocks = columns[self.clock.indeks] if self.clock else repeat(None)
        return map(self._known.__getitem__, zip(days, clocks, strict=False))

    def said(self) -> tuple[Temuan, ...]:
        """Return what has to be said of the order of day and month."""
        found = self.open
        if found is None:
            return ()
        kode = "tanggal-urutan-disimpulkan" if found.pasti else "tanggal-urutan-ragu"
        isi = tuple((k, v) for k, v in found.isi.items() if k != "kolom")
        return (Temuan(self._lembar, 0, found.kolom.nama, "", kode, found.kolom.huruf, isi),)

    def understood(self, row: Sequence[Sel]) -> Sequence[Sel]:
        """Return a row with its day as a real date, so that it means the same in any file."""
        if self.day is None:
            return row
        try:
            saat = parse_moment(row[self.day.indeks], self._order, self.zona)
        except (ValueError, OverflowError):
            return row
        if saat.hari.year < EPOCH.year + 1:
            return row  # no workbook can hold it
        changed = list(row)
        changed[self.day.indeks] = saat.lokal if saat.berjam else saat.hari
        return changed

    def stamped(self, cell: Sel) -> str | None:
        """Return when the form was sent, where the cell of its own column says it to the minute."""
        if self.stamp is None:
            return None
        for urutan in Urutan:
            try:
                return shown(cell) if parse_moment(cell, urutan, self.zona).berjam else None
            except (ValueError, OverflowError):
                continue
        return None

    def _parse(self, cells: tuple[Sel, Sel]) -> Momen:
        day, clock = cells
        jam = None
        if self.clock and not is_unanswered(clock):
            try:
                at, exact = parse_clock(clock)
            except (ValueError, OverflowError):
                return Momen(kode="jam-salah", kolom=self.clock)
            jam = f"{at:%H:%M:%S}" if exact else None
        if is_unanswered(day):
            if self.required and self.day is not None:
                return Momen(kode="tanggal-kosong", kolom=self.day)
            return self._undated._replace(jam=jam)
        try:
            saat = parse_moment(day, self._order, self.zona)
            if self.clock and not is_unanswered(clock) and not saat.berjam:
                saat = Saat(datetime.combine(saat.hari, at), berjam=jam is not None)
        except (ValueError, OverflowError):
            return Momen(kode="tanggal-salah", kolom=self.day)
        return self._place(saat)

    def _place(self, saat: Saat) -> Momen:
        hari = saat.hari
        found = self._days.get(hari)
        if found is None:
            found = self._days[hari] = self._judge(hari)
        if found.kode is not None:
            return found
        jam = saat.lokal.isoformat(" ", "seconds")[11:] if saat.berjam else None
        return Momen(to_utc(saat, self.zona), found.periode, jam)

    def _judge(self, hari: date) -> Momen:
        """Return the period of a day without its moment, or the day's fault."""
        kode = self._fault(hari)
        if kode is not None:
            return Momen(kode=kode, kolom=self.day)
        return Momen(periode=period_of(hari, Jenis.TRIWULAN))

    def _fault(self, hari: date) -> str | None:
        if hari.year < FIRST_YEAR:
            return "tanggal-terlalu-lama"
        if hari > self.today:
            return "tanggal-masa-depan"
        if self.periode and not self.periode.mulai <= hari <= self.periode.selesai:
            return "tanggal-luar-periode"
        return None
