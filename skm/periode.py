"""Bulan, triwulan, semester and tahun as values (survei periodik, PermenPANRB 14/2017 BAB I H).

A boundary lies at midnight of the office's own time zone: 1 October 00:30 WIB is triwulan IV,
although in UTC it is still September.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import total_ordering
from zoneinfo import ZoneInfo

from skm.pesan import SkmError

ZONA = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAWI = ("I", "II", "III", "IV")
PERTAMA, TERAKHIR = 1900, 9900
"""The years that a period can be of. What is compared with it may lie just outside."""
_ROOM = 90
"""How many years outside: less than the calendar has after the last one."""


class Jenis(Enum):
    """The kinds of period; the value is the length in months."""

    BULAN = 1
    TRIWULAN = 3
    SEMESTER = 6
    TAHUN = 12

    @property
    def nama(self) -> str:
        """Return the name in lower case: "triwulan"."""
        return self.name.lower()


@total_ordering
@dataclass(frozen=True, slots=True)
class Periode:
    """One period: the `ke`-th of its kind in `tahun`, counted from 1 (a year is always 1).

    `kode` is the short form: "2024-T4", "2024-S2", "2024", "2024-12".
    """

    jenis: Jenis
    tahun: int
    ke: int = 1
    kode: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        years = range(PERTAMA - _ROOM, TERAKHIR + _ROOM + 1)
        if not (1 <= self.ke <= 12 // self.jenis.value and self.tahun in years):
            raise ValueError((self.jenis, self.tahun, self.ke))
        object.__setattr__(self, "kode", self._short())  # made once: answers ask for it by the row

    def _short(self) -> str:
        match self.jenis:
            case Jenis.TAHUN:
                return str(self.tahun)
            case Jenis.SEMESTER:
                return f"{self.tahun}-S{self.ke}"
            case Jenis.TRIWULAN:
                return f"{self.tahun}-T{self.ke}"
            case Jenis.BULAN:
                return f"{self.tahun}-{self.ke:02}"

    @property
    def label(self) -> str:
        """Return the printed form: "Triwulan IV 2024", "Tahun 2024", "Desember 2024"."""
        match self.jenis:
            case Jenis.TAHUN:
                return f"Tahun {self.tahun}"
            case Jenis.BULAN:
                return f"{BULAN[self.ke - 1]} {self.tahun}"
            case _:
                return f"{self.jenis.nama.capitalize()} {ROMAWI[self.ke - 1]} {self.tahun}"

    def __str__(self) -> str:
        return self.kode

    @property
    def mulai(self) -> date:
        """Return the first day."""
        return date(self.tahun, (self.ke - 1) * self.jenis.value + 1, 1)

    @property
    def selesai(self) -> date:
        """Return the last day."""
        return self.next.mulai - timedelta(days=1)

    @property
    def next(self) -> Periode:
        """Return the period of the same kind after this one."""
        if self.ke == 12 // self.jenis.value:
            return Periode(self.jenis, self.tahun + 1, 1)
        return Periode(self.jenis, self.tahun, self.ke + 1)

    @property
    def previous(self) -> Periode:
        """Return the period of the same kind before this one."""
        if self.ke == 1:
            return Periode(self.jenis, self.tahun - 1, 12 // self.jenis.value)
        return Periode(self.jenis, self.tahun, self.ke - 1)

    @property
    def parent(self) -> Periode | None:
        """Return the period one level up (bulan, triwulan, semester, tahun); None for a year."""
        above = {
            Jenis.BULAN: Jenis.TRIWULAN,
            Jenis.TRIWULAN: Jenis.SEMESTER,
            Jenis.SEMESTER: Jenis.TAHUN,
        }.get(self.jenis)
        return above and _holding(self.mulai, above)

    @property
    def children(self) -> tuple[Periode, ...]:
        """Return the periods one level down: a semester's two triwulan; none for a month."""
        below = {
            Jenis.TAHUN: Jenis.SEMESTER,
            Jenis.SEMESTER: Jenis.TRIWULAN,
            Jenis.TRIWULAN: Jenis.BULAN,
        }.get(self.jenis)
        if below is None:
            return ()
        count = self.jenis.value // below.value
        first = (self.ke - 1) * count + 1
        return tuple(Periode(below, self.tahun, first + i) for i in range(count))

    def contains(self, other: Periode) -> bool:
        """Return whether `other` lies wholly inside this period (or is it)."""
        return self.mulai <= other.mulai and other.selesai <= self.selesai

    def range_utc(self, zona: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the half-open range [start, end) in UTC, for an office in `zona`."""
        start = datetime.combine(self.mulai, time(), tzinfo=zona)
        end = datetime.combine(self.next.mulai, time(), tzinfo=zona)
        return start.astimezone(UTC), end.astimezone(UTC)

    def __lt__(self, other: Periode) -> bool:
        return (self.mulai, self.jenis.value) < (other.mulai, other.jenis.value)


def period_of(day: date, jenis: Jenis) -> Periode:
    """Return the period of kind `jenis` that holds a day of the office's calendar.

    Raises ValueError for a day before the first year or after the last one.
    """
    _check_year(day.year)
    return _holding(day, jenis)


def _holding(day: date, jenis: Jenis) -> Periode:
    return Periode(jenis, day.year, (day.month - 1) // jenis.value + 1)


def period_at(moment: datetime, jenis: Jenis, zona: ZoneInfo) -> Periode:
    """Return the period that holds an aware `moment`, by the office's clock."""
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return period_of(moment.astimezone(zona).date(), jenis)


def find_zone(nama: str) -> ZoneInfo:
    """Return the zone for WIB, WITA, WIT, or its IANA name. Raises SkmError `zona-tak-dikenal`."""
    iana = ZONA.get(nama.upper(), nama)
    if iana not in ZONA.values():
        raise SkmError("zona-tak-dikenal", nama=nama)
    return ZoneInfo(iana)


_ORDINAL = {"1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_CODE = re.compile(r"(?P<tahun>\d{4})(?:-(?P<jenis>TW|T|Q|S)?(?P<ke>\d{1,2}))?")
_WORDS = re.compile(
    r"(?:(?P<jenis>TRIWULAN|TW|SEMESTER|TAHUN)\s*(?P<ke>IV|I{1,3}|[1-4])?)\s+(?P<tahun>\d{4})"
)
_KINDS = {
    "T": Jenis.TRIWULAN,
    "TW": Jenis.TRIWULAN,
    "Q": Jenis.TRIWULAN,
    "TRIWULAN": Jenis.TRIWULAN,
    "S": Jenis.SEMESTER,
    "SEMESTER": Jenis.SEMESTER,
    "TAHUN": Jenis.TAHUN,
}


def parse_period(text: str) -> Periode:
    """Return the period written as "2024-T4", "2024-S2", "2024", "2024-12" or as its label.

    Raises SkmError `periode-tak-dikenal`, also for a year that no period can be of.
    """
    try:
        found = _read(text.strip().upper())
        _check_year(found.tahun)
    except (ValueError, KeyError) as error:
        raise SkmError("periode-tak-dikenal", teks=text) from error
    return found


def _check_year(tahun: int) -> None:
    if not PERTAMA <= tahun <= TERAKHIR:
        raise ValueError(tahun)


def _read(clean: str) -> Periode:
    if match := _CODE.fullmatch(clean):
        return _from_code(match)
    if match := _WORDS.fullmatch(clean):
        kind = _KINDS[match["jenis"]]
        ordinal = 1 if kind is Jenis.TAHUN else _ORDINAL[match["ke"] or ""]
        return Periode(kind, int(match["tahun"]), ordinal)
    name, _, year = clean.partition(" ")
    return Periode(Jenis.BULAN, int(year), [b.upper() for b in BULAN].index(name) + 1)


def _from_code(match: re.Match[str]) -> Periode:
    year, ordinal = int(match["tahun"]), match["ke"]
    if ordinal is None:
        return Periode(Jenis.TAHUN, year)
    kind = _KINDS[match["jenis"]] if match["jenis"] else Jenis.BULAN
    return Periode(kind, year, int(ordinal))
