"""Days and moments as Indonesians write them, by the office's own clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from skm.periode import BULAN


def day_text(day: date) -> str:
    """Return "5 Januari 2025"."""
    return f"{day.day} {BULAN[day.month - 1]} {day.year}"


def moment_text(waktu: datetime, zona: ZoneInfo, nama_zona: str) -> str:
    """Return "5 Januari 2025 pukul 08.26 WIB". `waktu` is aware."""
    local = waktu.astimezone(zona)
    return f"{day_text(local.date())} pukul {local:%H.%M} {nama_zona}"
