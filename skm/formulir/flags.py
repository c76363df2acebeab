"""Marks on answers that a person should look at. Nothing is refused or deleted for them."""

from __future__ import annotations

from datetime import datetime

from skm.jawaban import KOSONG
from skm.kiriman import Tanda
from skm.survei import Survei

MIN_STRAIGHT = 5
"""Fewer equal answers than this are no pattern."""


def find_flags(survei: Survei, nilai: str, detik: int | None, now: datetime) -> frozenset[Tanda]:
    """Return the flags that the answers themselves show; `detik` is None where not known."""
    flags = set()
    if detik is not None and detik < survei.formulir.waktu_minimum:
        flags.add(Tanda.CEPAT)
    given = nilai.replace(KOSONG, "")
    if len(given) >= MIN_STRAIGHT and len(set(given)) == 1:
        flags.add(Tanda.LURUS)
    if is_outside_hours(survei, now):
        flags.add(Tanda.LUAR_JAM)
    return frozenset(flags)


def is_outside_hours(survei: Survei, now: datetime) -> bool:
    """Return whether the office is closed at `now`, by its own clock; False where it names none."""
    hours = survei.formulir.jam_layanan
    if hours is None:
        return False
    local = now.astimezone(survei.zona)
    time, day = local.time(), local.isoweekday()
    if hours.mulai <= hours.selesai:
        return day not in hours.hari or not hours.mulai <= time <= hours.selesai
    # Past midnight the day that counts is the one on which the office opened.
    if time <= hours.selesai:
        return (day - 2) % 7 + 1 not in hours.hari
    return day not in hours.hari or time < hours.mulai
