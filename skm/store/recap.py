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
    REKAP,
    SEMUA_REKAP,
    TANPA,
    count_names,
    jawaban,
    key_names,
    rekap_hari,
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

PERTANYAAN = "rekap_jawaban"
"""What the counts of single questions are called where those of deleted answers are kept: the name
of a table that there once was."""

_NONE = (0,) * BLOK
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
        # How often each question of a place was answered 1, 2, 3, 4: four counts a question.
        self._nilai: dict[Tempat, list[int]] = {}
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
        """Add counts that come from elsewhere, named as in `kept`."""
        self._tempat = None
        for name, rows in rekap.items():
            for key, amounts in rows.items():
                if name == PERTANYAAN:
                    *tempat, ke = key
                    self._add_marks(Tempat(*map(str, tempat)), 4 * int(ke), amounts)
                else:
                    _add(self._tables[name], key, tuple(amounts))

    def kept(self) -> dict[str, Counts]:
        """Return all that was counted by name, from which every recap can be made."""
        self._fold()
        questions: Counts = {}
        for tempat, tally in self._nilai.items():
            for ke in range(len(tally) // 4):
                counts = tuple(tally[4 * ke : 4 * ke + 4])
                if any(counts):
                    questions[*tempat, ke] = counts
        return {PERTANYAAN: questions} | {name: dict(t) for name, t in self._tables.items()}

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
            people: dict[Tempat, int] = {}
            for (*key, _), (n, *_sums) in self._tables[rekap_responden.name].items():
                tempat = Tempat(*map(str, key))
                people[tempat] = people.get(tempat, 0) + n
            found: Counts = {}
            for tempat in people.keys() | self._nilai.keys():
                tally = self._nilai.get(tempat, [])
                for blok in range(max(1, -(-len(tally) // (4 * BLOK)))):
                    n = 0 if blok else people.get(tempat, 0)
                    row = (n, *_side_by_side(tally[4 * BLOK * blok : 4 * BLOK * (blok + 1)]))
                    if any(row):
                        found[_key(tempat, blok)] = row
            self._tempat = found
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
        respondents = self._tables[rekap_responden.name]
        tally = [0] * (4 * max(map(len, sheets)))
        for nilai, times in sheets.items():
            given, total = _split(nilai)
            for at in given:
                tally[at] += times
            sums = (times, times * total, times * total * total)
            _add(respondents, (*tempat, len(given)), sums)
        self._add_marks(tempat, 0, tally)

    def _add_marks(self, tempat: Tempat, start: int, counts: Sequence[int]) -> None:
        """Add counts to those of a place, the first at `start`."""
        held = self._nilai.setdefault(tempat, [])
        held.extend([0] * (start + len(counts) - len(held)))
        end = start + len(counts)
        held[start:end] = map(add, held[start:end], counts)


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


def _key(tempat: Tempat, blok: int) -> Row:
    """Return the key of a row of `rekap_tempat`."""
    versi, periode, layanan, titik, kanal = tempat
    return periode, layanan, titik, versi, blok, kanal


def _side_by_side(tally: Sequence[int]) -> tuple[int, ...]:
    """Return the counts (`NILAI`) of up to `BLOK` questions from four counts a question."""
    if not tally:
        return 4 * _NONE
    n1, n2, n3, n4 = tally[0::4], tally[1::4], tally[2::4], tally[3::4]
    rest = _NONE[len(n1) :]
    sums = [a + 2 * b + 3 * c + 4 * d for a, b, c, d in zip(n1, n2, n3, n4, strict=True)]
    answered = [a + b + c + d for a, b, c, d in zip(n1, n2, n3, n4, strict=True)]
    return (*sums, *rest, *answered, *rest, *n1, *rest, *n2, *rest)


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
