"""The recaps: counting answers, and adding counts to the tables or taking them out.

One way of counting serves saving, undoing, checking and rebuilding; they cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from operator import add, itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select

from skm.jawaban import KOSONG
from skm.store.bulk import add_rows
from skm.store.reduced import load_reduced
from skm.store.schema import (
    ASAL,
    BLOK,
    NILAI,
    REKAP,
    SEMUA_REKAP,
    TANPA,
    count_names,
    jawaban,
    key_names,
    rekap_hari,
    rekap_jawaban,
    rekap_profil,
    rekap_responden,
    rekap_tempat,
)
from skm.survei import Profil, Survei

Row = tuple[str | int, ...]
"""The key columns of a recap row without the survey, in the table's order."""

Isi = tuple[tuple[str, str], ...]
"""A profile as an answer has it: (field, value)."""

Counts = dict[Row, tuple[int, ...]]
"""The counts of a recap by key."""

_BLANK = (0,) * len(NILAI)
_FOLD_AT = 50_000
_CHUNK = 2_000


class Tempat(NamedTuple):
    """Where an answer counts: the key that all recaps share (a tuple: it is hashed per answer)."""

    kuesioner_versi: str
    periode: str
    layanan: str
    titik: str
    kanal: str


class _Place:
    """What was counted at one place since it was last split into questions, options and days."""

    __slots__ = ("hari", "nilai", "profil")

    def __init__(self) -> None:
        self.nilai: dict[str, int] = {}
        self.profil: dict[Isi, int] = {}
        self.hari: dict[str, int] = {}


class RecapCounts:
    """Counts of answers in the shape of the recap tables, held in memory."""

    def __init__(self, survei: Survei) -> None:
        self._profil = tuple(ProfilKey(p) for p in survei.profil)
        self._hari = Hari(survei.zona)
        self._known: dict[Isi, Isi] = {}
        self._places: dict[Tempat, _Place] = {}
        self._pending = 0
        self._tables: dict[str, Counts] = {table.name: {} for table in REKAP}
        self._tempat: Counts | None = None

    def add(
        self, tempat: Tempat, nilai: str, profil: Isi, waktu: datetime | None, times: int = 1
    ) -> None:
        """Count an answer sheet, or `times` sheets that are alike."""
        # Equal rows are counted first and split into questions once: most rows repeat.
        place = self._places.get(tempat)
        if place is None:
            place = self._places[tempat] = _Place()
        if nilai not in place.nilai:
            self._pending += 1
        place.nilai[nilai] = place.nilai.get(nilai, 0) + times
        options = self._options(profil)
        place.profil[options] = place.profil.get(options, 0) + times
        if waktu is not None:
            hari = self._hari.of(waktu)
            place.hari[hari] = place.hari.get(hari, 0) + times
        if self._pending > _FOLD_AT:
            self._fold()

    def include(self, rekap: Mapping[str, Mapping[Row, Sequence[int]]]) -> None:
        """Add counts by recap table that come from elsewhere."""
        self._tempat = None
        for name, rows in rekap.items():
            table = self._tables[name]
            for key, amounts in rows.items():
                _add(table, key, tuple(amounts))

    def counts(self, table: Table) -> Counts:
        """Return the counts of one recap table by key; rows of zeros are left out."""
        self._fold()
        if table is rekap_tempat:
            return self._by_place()
        source = ASAL.get(table.name)
        if source is None:
            return dict(self._tables[table.name])
        return _summed(self.counts(source), source, table)

    def _by_place(self) -> Counts:
        """Return the questions of each place side by side, with its respondents."""
        if self._tempat is None:  # also the source of two coarser recaps
            rows: dict[Row, list[int]] = {}
            for (*tempat, ke), (n1, n2, n3, n4) in self._tables[rekap_jawaban.name].items():
                blok, at = divmod(int(ke), BLOK)
                row = rows.setdefault(_key(tempat, blok), [0, *_BLANK])
                row[1 + at :: BLOK] = n1 + 2 * n2 + 3 * n3 + 4 * n4, n1 + n2 + n3 + n4, n1, n2
            for (*tempat, _), (n, *_sums) in self._tables[rekap_responden.name].items():
                rows.setdefault(_key(tempat, 0), [0, *_BLANK])[0] += n
            self._tempat = {key: tuple(row) for key, row in rows.items()}
        return self._tempat

    def _fold(self) -> None:
        """Split what is pending into questions, respondents' sums, options and days."""
        if not self._places:
            return
        self._tempat = None
        for tempat in sorted(self._places):  # so that the keys come nearly as they are written
            place = self._places[tempat]
            self._fold_marks(tempat, place.nilai)
            _, periode, layanan, titik, kanal = tempat
            table = self._tables[rekap_profil.name]
            for (bidang, pilihan), times in _by_option(place.profil).items():
                _add(table, (periode, layanan, titik, kanal, bidang, pilihan), (times,))
            table = self._tables[rekap_hari.name]
            for hari, times in place.hari.items():
                _add(table, (hari, titik, layanan, kanal), (times,))
        self._places.clear()
        self._pending = 0

    def _options(self, profil: Isi) -> Isi:
        """Return each field with the option it counts under; of equal profiles looked up once."""
        options = self._known.get(profil)
        if options is None:
            given = dict(profil)
            options = tuple([(f.kode, f.option(given.get(f.kode))) for f in self._profil])
            if len(self._known) < _FOLD_AT:
                self._known[profil] = options
        return options

    def _fold_marks(self, tempat: Tempat, sheets: Mapping[str, int]) -> None:
        questions = self._tables[rekap_jawaban.name]
        respondents = self._tables[rekap_responden.name]
        tally = [0] * (4 * max(map(len, sheets)))
        for nilai, times in sheets.items():
            given, total = _split(nilai)
            for at in given:
                tally[at] += times
            sums = (times, times * total, times * total * total)
            _add(respondents, (*tempat, len(given)), sums)
        for start in range(0, len(tally), 4):
            counts = tuple(tally[start : start + 4])
            if any(counts):
                _add(questions, (*tempat, start // 4), counts)


@lru_cache(maxsize=50_000)
def _split(nilai: str) -> tuple[tuple[int, ...], int]:
    """Return the places of the marks in a row of four counts a question, and their sum."""
    values = [(i, int(mark)) for i, mark in enumerate(nilai) if mark != KOSONG]
    return tuple([4 * i + value - 1 for i, value in values]), sum(value for _, value in values)


def _by_option(profiles: Mapping[Isi, int]) -> dict[tuple[str, str], int]:
    """Return how often each field was answered with each option."""
    found: dict[tuple[str, str], int] = {}
    for options, times in profiles.items():
        for option in options:
            found[option] = found.get(option, 0) + times
    return found


class Hari:
    """Moments as days of the office's calendar, each quarter of an hour looked up once."""

    def __init__(self, zona: ZoneInfo) -> None:
        self._zona = zona
        self._known: dict[tuple[int, int, int], str] = {}

    def of(self, waktu: datetime) -> str:
        """Return the day ("2026-11-23") of an aware moment."""
        moment = waktu if waktu.tzinfo is UTC else waktu.astimezone(UTC)
        # No zone's clock differs from UTC by anything but whole quarters of an hour.
        key = (moment.toordinal(), moment.hour, moment.minute // 15)
        hari = self._known.get(key)
        if hari is None:
            hari = self._known[key] = moment.astimezone(self._zona).date().isoformat()
        return hari


def _key(tempat: Sequence[str | int], blok: int) -> Row:
    """Return the key of a row of `rekap_tempat`."""
    versi, periode, layanan, titik, kanal = tempat
    return periode, layanan, titik, versi, blok, kanal


def _summed(rows: Counts, source: Table, table: Table) -> Counts:
    """Return the counts of a coarser recap."""
    pick = _coarse_key(source, table)
    sums: Counts = {}
    for key, row in rows.items():
        _add(sums, pick(key), row)
    return sums


@cache
def _coarse_key(source: Table, table: Table) -> Callable[[Row], Row]:
    """Return what picks the key of a coarser recap out of the finer one's."""
    names = key_names(source)
    return itemgetter(*(names.index(name) for name in key_names(table)))


def _add(counts: Counts, key: Row, amounts: tuple[int, ...]) -> None:
    held = counts.get(key)
    counts[key] = amounts if held is None else tuple(map(add, held, amounts))


class ProfilKey:
    """How a profile field is counted: an option by its code, a number by its class's text."""

    def __init__(self, profil: Profil) -> None:
        self.kode = profil.kode
        self._profil = profil
        self._options = frozenset(p.kode for p in profil.pilihan)
        self._known: dict[str, str] = {}

    def option(self, value: str | None) -> str:
        """Return the option that a stored value counts under; '' for none."""
        if not value:
            return TANPA
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = self._find(value)
        return known

    def accepts(self, value: str) -> bool:
        """Return whether a new answer may hold the value: a known option, or a whole number."""
        return value in self._options if self._options else is_number(value)

    def _find(self, value: str) -> str:
        if self._options:
            return value  # an option that the survey no longer offers keeps its code
        return (self._profil.classify(int(value)) or TANPA) if is_number(value) else TANPA


def is_number(value: str) -> bool:
    """Return whether a stored profile value is a whole number as `int` reads it."""
    return value.isascii() and value.isdigit() and len(value) < 10


def count_stored(
    conn: Connection, survei: Survei, *where: ColumnElement[bool], excluded: bool = False
) -> RecapCounts:
    """Return the counts of stored answers, read as a stream.

    Only those that count; with `excluded` only those that an operator has taken out.
    """
    columns = (
        jawaban.c.kuesioner_versi,
        jawaban.c.periode,
        jawaban.c.layanan,
        jawaban.c.titik,
        jawaban.c.kanal,
        jawaban.c.nilai,
        jawaban.c.profil,
        jawaban.c.waktu,
    )
    reason = jawaban.c.dikecualikan
    taken = reason.is_not(None) if excluded else reason.is_(None)
    counts = RecapCounts(survei)
    query = select(*columns).where(*where, taken).execution_options(yield_per=_CHUNK)
    with conn.execute(query) as rows:
        for *place, nilai, profil, waktu in rows:
            counts.add(Tempat(*place), nilai, _decode(profil), waktu)
    return counts


@lru_cache(maxsize=50_000)
def _decode(profil: str) -> Isi:
    """Return a stored profile; few differ."""
    return tuple(json.loads(profil).items())


def count_all(conn: Connection, survei_id: str, survei: Survei) -> RecapCounts:
    """Return the counts of all a survey's answers, with those that were deleted in their time."""
    counts = count_stored(conn, survei, jawaban.c.survei_id == survei_id)
    counts.include(load_reduced(conn, survei_id).rekap)
    return counts


def apply_counts(conn: Connection, survei_id: str, counts: RecapCounts) -> None:
    """Add counts to the recap tables."""
    for table in SEMUA_REKAP:
        _write(conn, table, survei_id, counts.counts(table), sign=1)


def subtract_counts(conn: Connection, survei_id: str, counts: RecapCounts) -> None:
    """Take counts out of the recap tables, and the rows away that then hold only zeros."""
    for table in SEMUA_REKAP:
        _write(conn, table, survei_id, counts.counts(table), sign=-1)
        zeros = and_(*(table.c[name] == 0 for name in count_names(table)))
        conn.execute(delete(table).where(table.c.survei_id == survei_id, zeros))


def clear_recap(conn: Connection, survei_id: str, tables: tuple[Table, ...] = SEMUA_REKAP) -> None:
    """Delete a survey's recap rows."""
    for table in tables:
        conn.execute(delete(table).where(table.c.survei_id == survei_id))


def recount(
    conn: Connection, survei_id: str, survei: Survei, tables: tuple[Table, ...] = SEMUA_REKAP
) -> None:
    """Write a survey's recaps anew from its answers."""
    counts = count_all(conn, survei_id, survei)
    clear_recap(conn, survei_id, tables)
    for table in tables:
        _write(conn, table, survei_id, counts.counts(table), sign=1)


def _write(conn: Connection, table: Table, survei_id: str, counts: Counts, sign: int) -> None:
    """Add the counts `sign` times, in the order of the key, so that writers never cross."""
    if sign < 0:
        counts = {key: tuple([-n for n in row]) for key, row in counts.items()}
    add_rows(conn, table, [(survei_id, *key, *row) for key, row in sorted(counts.items())])
