"""Days and times as offices write them, read for a whole column at once.

"01/02/2024" alone is ambiguous: Indonesia writes the day first, a Google Form set to English the
month. The whole column decides; without evidence the day is first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from skm.intake.sheets import Sel
from skm.periode import BULAN, ZONA

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (Excel counts days of the office's own calendar)
FIRST_SERIAL, LAST_SERIAL = 36526, 73050
"""The Excel day numbers of 2000-01-01 and 2099-12-31."""

_SHORT = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agt": 8, "ags": 8, "agu": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11,
    "des": 12, "dec": 12,
}  # fmt: skip
_LONG = "january february march april june july august september october november december"
_NAMES = frozenset([*_SHORT, *(b.casefold() for b in BULAN), *_LONG.split()]) | {
    "pebruari", "nopember", "sept", "agst", "agus",
}  # fmt: skip

_TIME = (
    r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<ap>[ap]\.?m\.?)?"
    r"\s*(?P<zona>z|wib|wita|wit|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?|gmt|utc)?"
)
_GAP = r"(?:\s*(?:[t,]|pukul|jam)\s*|\s+)"
_DAY_NAME = r"(?:[a-z]{3,9}['’]?[a-z]*,?\s+)?"
_PATTERNS = tuple(
    re.compile(f"{_DAY_NAME}{day}(?:{_GAP}{_TIME})?", re.IGNORECASE)
    for day in (
        r"(?P<y>\d{4})[-/.](?P<mo>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<a>\d{1,2})\s?[-/. ]\s?(?P<b>\d{1,2})\s?[-/. ]\s?(?P<y>\d{4}|\d{2})",
        r"(?P<d>\d{1,2})[-/. ]\s?(?P<nama>[a-z]{3,9})\.?[-/., ]\s?(?P<y>\d{4}|\d{2})",
        r"(?P<nama>[a-z]{3,9})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<y>(?:19|20)\d{2})(?P<mo>\d{2})(?P<d>\d{2})",
    )
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
"""What most programs write. The patterns read it, too, at five times the cost."""
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_CLOCK = re.compile(rf"(?:pukul|jam)?\s*{_TIME}", re.IGNORECASE)
_RANGE = re.compile(r"(?P<dari>\d{1,2}[:.]\d{2})\s*(?:-|–|—|s/?d|sampai)\s*\d{1,2}[:.]\d{2}\W*\w*")


class Urutan(Enum):
    """Which comes first in 01/02/2024."""

    HARI = "hari"
    BULAN = "bulan"


class Saat(NamedTuple):
    """A local moment of the office. `berjam` is False where only the day is known."""

    lokal: datetime
    berjam: bool

    @property
    def hari(self) -> date:
        """Return the day of the office's calendar."""
        return self.lokal.date()


def day_and_month(sel: Sel) -> tuple[int, int] | None:
    """Return the two leading numbers of "01/02/2024"; None for every other spelling."""
    if not isinstance(sel, str) or sel[:3].isdecimal():
        return None  # a year in front: nearly all days that a program wrote
    text = " ".join(sel.split())
    match = _PATTERNS[1].fullmatch(text)
    return (int(match["a"]), int(match["b"])) if match else None


def decide_order(column: Iterable[Sel]) -> Urutan:
    """Return the order that most of the unambiguous cells of a column show; else day first."""
    day_first = month_first = 0
    for cell in column:
        if parts := day_and_month(cell):
            day_first += parts[0] > 12
            month_first += parts[1] > 12
    return Urutan.BULAN if month_first > day_first else Urutan.HARI


def suspect_swapped(column: Iterable[Sel]) -> bool:
    """Return whether Excel seems to have read day and month the wrong way round.

    Then "13/05/2024" (or "05/13/2024") stayed text, and every date with a day up to 12 became a
    real, swapped date.
    """
    real = texts = 0
    for cell in column:
        if isinstance(cell, datetime | date):
            if cell.day > 12:
                return False
            real += 1
        elif parts := day_and_month(cell):
            if max(parts) <= 12:
                return False
            texts += 1
    return real > 2 and texts > 2


def parse_moment(sel: Sel, urutan: Urutan, zona: ZoneInfo) -> Saat:
    """Return the local moment in a cell: a date, an Excel serial, or one of many spellings.

    Raises ValueError.
    """
    if isinstance(sel, str):
        if _ISO.fullmatch(sel):
            return Saat(datetime.fromisoformat(sel), berjam=True)
        return _from_text(" ".join(sel.split()), urutan, zona)
    if isinstance(sel, datetime):
        lokal = sel if sel.tzinfo is None else sel.astimezone(zona).replace(tzinfo=None)
        return Saat(lokal, lokal.time() != time())
    if isinstance(sel, date):
        return Saat(datetime.combine(sel, time()), berjam=False)
    if isinstance(sel, int | float):
        return _from_number(sel)
    raise ValueError(sel)


def parse_clock(sel: Sel) -> tuple[time, bool]:
    """Return the time of day in a cell and whether it is exact ("08.00 – 12.00" is a class).

    Raises ValueError.
    """
    if isinstance(sel, datetime | time):
        return sel.time() if isinstance(sel, datetime) else sel, True
    if isinstance(sel, timedelta):
        return (EPOCH + sel).time(), True
    if isinstance(sel, int | float):
        return _clock_number(sel)
    text = " ".join(str(sel).split())
    if match := _RANGE.match(text):
        return parse_clock(match["dari"])[0], False
    if match := _CLOCK.fullmatch(text):
        return _time_of(match), True
    raise ValueError(sel)


def _clock_number(value: float) -> tuple[time, bool]:
    """Return the time of an Excel fraction of a day, or of a bare hour."""
    if 0 <= value < 1:
        return (EPOCH + timedelta(seconds=round(value * 86400))).time(), True
    if value != int(value):
        raise ValueError(value)
    return time(int(value)), False


def to_utc(saat: Saat, zona: ZoneInfo) -> datetime:
    """Return the moment in UTC, for an office in `zona`."""
    # Not `replace`, which takes three times as long.
    return datetime.combine(saat.lokal, saat.lokal.time(), zona).astimezone(UTC)


def _from_number(value: float) -> Saat:
    if FIRST_SERIAL <= value < LAST_SERIAL:
        lokal = EPOCH + timedelta(seconds=round(value * 86400))
        return Saat(lokal, value != int(value))
    if value == int(value):
        return _from_text(str(int(value)), Urutan.HARI, ZoneInfo("UTC"))
    raise ValueError(value)


def _from_text(text: str, urutan: Urutan, zona: ZoneInfo) -> Saat:
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            return _from_match(match, urutan, zona)
    if _SERIAL.fullmatch(text):
        value = float(text.replace(",", "."))
        if FIRST_SERIAL <= value < LAST_SERIAL:
            return _from_number(value)
    raise ValueError(text)


def _from_match(match: re.Match[str], urutan: Urutan, zona: ZoneInfo) -> Saat:
    parts = match.groupdict()
    year = int(parts["y"])
    if "a" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        day, month = (first, second) if urutan is Urutan.HARI else (second, first)
    else:
        day = int(parts["d"])
        month = int(parts["mo"]) if "mo" in parts else _month(parts["nama"])
    moment = datetime(year + 2000 if year < 100 else year, month, day)  # noqa: DTZ001
    if parts["h"] is None:
        return Saat(moment, berjam=False)
    moment = datetime.combine(moment.date(), _time_of(match))
    if parts["zona"]:
        moment = moment.replace(tzinfo=_offset(parts["zona"])).astimezone(zona)
    return Saat(moment.replace(tzinfo=None), berjam=True)


def _time_of(match: re.Match[str]) -> time:
    hour, minute, second = (int(match[name] or 0) for name in ("h", "m", "s"))
    if half := match["ap"]:
        if not 1 <= hour <= 12:
            raise ValueError(match[0])
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return time(hour, minute, second)


def _month(name: str) -> int:
    folded = name.casefold()
    if folded not in _NAMES:
        raise ValueError(name)
    return _SHORT[folded[:3]]


def _offset(text: str) -> tzinfo:
    name = text.upper()
    if name in ZONA:
        return ZoneInfo(ZONA[name])
    digits = name.removeprefix("GMT").removeprefix("UTC").removeprefix("Z")
    if not digits:
        return UTC
    number = digits[1:].replace(":", "")
    hours, minutes = (number, "0") if len(number) < 3 else (number[:-2], number[-2:])
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if digits[0] == "-" else shift)
