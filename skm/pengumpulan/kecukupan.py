"""The way to the needed sample of a period (PermenPANRB 14/2017, Lampiran II)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from skm.analysis.groups import Per
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA
from skm.angka import format_number
from skm.hasil import names_of
from skm.peraturan.sampel import needed_sample
from skm.periode import Periode
from skm.store import Store
from skm.survei import Survei

HARI_KERJA = (1, 2, 3, 4, 5)
"""Monday to Friday, where the survey does not name the office's own days."""


@dataclass(frozen=True, slots=True)
class Kebutuhan:
    """The people served by one layanan (None: the whole unit), the sample needed, and received.

    `populasi` is None where the need is the survey's own target.
    """

    layanan: str | None
    populasi: int | None
    perlu: int
    diterima: int

    @property
    def kurang(self) -> int:
        """Return how many are missing."""
        return max(0, self.perlu - self.diterima)

    @property
    def persen(self) -> Fraction:
        """Return how much of the need is received, 100 at most; nothing needed is all of it."""
        if not self.perlu:
            return Fraction(100)
        return min(Fraction(100), Fraction(self.diterima * 100, self.perlu))


@dataclass(frozen=True, slots=True)
class Kecukupan:
    """The way to the needed sample of a period. A surplus of one layanan covers no other one."""

    baris: tuple[Kebutuhan, ...]
    hari_kerja: int

    @property
    def pokok(self) -> tuple[Kebutuhan, ...]:
        """Return the rows that count: those per layanan, else that of the unit."""
        return tuple(b for b in self.baris if b.layanan is not None) or self.baris

    @property
    def perlu(self) -> int:
        """Return the needed sample."""
        return sum(b.perlu for b in self.pokok)

    @property
    def diterima(self) -> int:
        """Return what was received of it."""
        return sum(b.diterima for b in self.pokok)

    @property
    def kurang(self) -> int:
        """Return how many are missing."""
        return sum(b.kurang for b in self.pokok)

    @property
    def per_hari(self) -> int | None:
        """Return how many answers each working day needs; None where no day is left."""
        return per_day(self.kurang, self.hari_kerja)


def sample_pace(store: Store, survei: Survei, periode: Periode, hari: date) -> Kecukupan:
    """Return the sample needed for the people served (Krejcie & Morgan), and what is missing.

    Where nobody entered how many were served, the survey's own target of respondents counts.
    """
    served = store.populations(survei.id, periode)
    received = store.group_counts(survei.id, periode, Per.LAYANAN.value)
    rows = [
        Kebutuhan(item.kode, n, needed_sample(n), received.get(item.kode, 0))
        for item in survei.layanan
        if (n := served.get(item.kode)) is not None
    ]
    unit = served.get(None)
    if unit is not None:
        rows.append(Kebutuhan(None, unit, needed_sample(unit), sum(received.values())))
    own = survei.target_responden.get(periode)
    if not rows and own is not None:
        rows.append(Kebutuhan(None, None, own, sum(received.values())))
    return Kecukupan(tuple(rows), working_days(survei, max(hari, periode.mulai), periode.selesai))


def working_days(survei: Survei, dari: date, sampai: date) -> int:
    """Return the days from `dari` to `sampai`, both included, on which the office serves.

    National holidays are not known to the program.
    """
    hours = survei.formulir.jam_layanan
    served = hours.hari if hours else HARI_KERJA
    span = (sampai - dari).days + 1
    return sum((dari + timedelta(days=i)).isoweekday() in served for i in range(span))


def per_day(kurang: int, hari_kerja: int) -> int | None:
    """Return how many a day are needed, rounded up; None where no day is left."""
    return -(-kurang // hari_kerja) if hari_kerja else None


def pace_table(survei: Survei, periode: Periode, kecukupan: Kecukupan) -> Tabel:
    """Return population, needed sample, received and missing, per layanan and for the unit."""
    names = names_of(survei, Per.LAYANAN)

    def row(label: str, populasi: int | None, b: Kebutuhan | Kecukupan) -> tuple[str, ...]:
        daily = per_day(b.kurang, kecukupan.hari_kerja)
        numbers = (populasi, b.perlu, b.diterima, b.kurang, daily)
        return (label, *(TANPA if n is None else format_number(n) for n in numbers))

    rows = tuple(
        row(names[b.layanan] if b.layanan else "Seluruh unit pelayanan", b.populasi, b)
        for b in kecukupan.baris
    )
    several = len(kecukupan.pokok) > 1
    served = sum(b.populasi or 0 for b in kecukupan.pokok)
    kaki = row("Jumlah jenis layanan", served, kecukupan) if several else ()
    kolom = (
        Kolom("Jenis layanan"),
        *(Kolom(k, angka=True) for k in ("Dilayani", "Perlu", "Diterima", "Kurang")),
        Kolom("Per hari kerja", angka=True),
    )
    own = any(b.populasi is None for b in kecukupan.baris)
    note = (
        "Perlu: target responden pada berkas survei. "
        if own
        else "Perlu: tabel Krejcie & Morgan (PermenPANRB 14/2017, Lampiran II). "
    )
    note += (
        f"Tersisa {format_number(kecukupan.hari_kerja)} hari kerja; hari libur nasional tidak "
        "diperhitungkan, dan kebutuhan per hari dibulatkan ke atas."
        if kecukupan.hari_kerja
        else "Tidak ada hari kerja yang tersisa pada periode ini."
    )
    return Tabel("kecukupan", f"Kecukupan responden, {periode.label}", kolom, rows, kaki, note)


def save_populations(
    store: Store, survei: Survei, periode: Periode, jumlah: Mapping[str | None, int | None]
) -> int:
    """Keep the people served, None forgets one; return how many figures changed."""
    before = store.populations(survei.id, periode)
    changed = {kode: n for kode, n in jumlah.items() if before.get(kode) != n}
    for kode, n in changed.items():
        store.set_population(survei.id, periode, kode, n)
    return len(changed)
