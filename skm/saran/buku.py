"""A survey's remarks as they are now, and what was looked for in them last: kept until they change.

A click that changes nothing works on what was found before, and a new answer costs what is new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from threading import Lock

from skm.periode import Periode
from skm.saran.baca import Bacaan, Ulasan
from skm.saran.cari import (
    Cari,
    Kelompok,
    Ringkas,
    find_remarks,
    group_found,
    of_status,
    per_month,
    summarize,
    within,
)
from skm.store import Saran, StatusSaran, Tanggapan
from skm.survei import Survei

DISIMPAN = 8
"""How many searches are kept, and as many lists."""

Read = Callable[[], tuple[Sequence[Saran], Mapping[int, Tanggapan]]]


@dataclass(frozen=True, slots=True)
class Temuan:
    """What was found: the remarks of the period, their counts, and those of the months before."""

    ulasan: Sequence[Ulasan]
    ringkas: Ringkas
    bulan: Sequence[tuple[date, int]]


class Isi:
    """Remarks and what became of them. Shared by all who look: nobody may change what it gives."""

    def __init__(self, ulasan: Sequence[Ulasan], tanggapan: Mapping[int, Tanggapan]) -> None:
        self.ulasan = ulasan
        self.tanggapan = tanggapan
        self._find = lru_cache(DISIMPAN)(partial(_find, ulasan, tanggapan))
        self._group = lru_cache(DISIMPAN)(partial(_group, self._find, tanggapan))

    def find(self, cari: Cari, periode: Periode | None) -> Temuan:
        """Return what is found in a period, in all for None."""
        return self._find(cari, periode)

    def groups(
        self, cari: Cari, periode: Periode | None, status: StatusSaran | None, mirip: bool
    ) -> Sequence[Kelompok]:
        """Return the groups of what `find` finds, of one status or of all; see `group_found`."""
        return self._group(cari, periode, status, mirip)


class Buku:
    """The remarks of a survey, or of somebody's part of it. Safe to share between threads."""

    def __init__(self, survei: Survei) -> None:
        self._bacaan = Bacaan(survei)
        self._lock = Lock()
        self._versi: int | None = None
        self._isi = Isi((), {})

    def is_open(self) -> bool:
        """Return whether anything has been read."""
        return self._versi is not None

    def open(self, versi: int, read: Read) -> Isi:
        """Return the remarks at a data version; `read` is asked where it is another than before.

        The same object as long as remarks and responses stay what they were.
        """
        with self._lock:
            if self._versi != versi:
                saran, tanggapan = read()
                ulasan = self._bacaan.read(saran)
                if ulasan is not self._isi.ulasan or tanggapan != self._isi.tanggapan:
                    self._isi = Isi(ulasan, tanggapan)
                self._versi = versi
            return self._isi


def _find(
    ulasan: Sequence[Ulasan],
    tanggapan: Mapping[int, Tanggapan],
    cari: Cari,
    periode: Periode | None,
) -> Temuan:
    found = find_remarks(ulasan, tanggapan, cari)
    inside = within(found, periode)
    months = per_month(found, None if periode is None else periode.selesai)
    return Temuan(inside, summarize(inside, tanggapan), months)


def _group(
    find: Callable[[Cari, Periode | None], Temuan],
    tanggapan: Mapping[int, Tanggapan],
    cari: Cari,
    periode: Periode | None,
    status: StatusSaran | None,
    mirip: bool,
) -> Sequence[Kelompok]:
    found = of_status(find(cari, periode).ulasan, tanggapan, status)
    return group_found(found, tanggapan, mirip=mirip)
