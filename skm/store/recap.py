"""The recaps: counting answers, and adding counts to the tables or taking them out.

One way of counting serves saving, undoing, checking and rebuilding; they cannot drift apart.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import add, itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from skm.jawaban import KOSONG
from skm.store.engine import insert_of
from skm.store.reduced import load_reduced
from skm.store.schema import (
    ASAL,
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
)
from skm.survei import Profil, Survei

Row = tuple[str | int, ...]
"""The key columns of a recap row without the survey, in the table's order."""

Counts = dict[Row, tuple[int, ...]]
"""The counts of a recap by key."""

_FOLD_AT = 50_000
_CHUNK = 2_000


class Tempat(NamedTuple):
    """Where an answer counts: the key that all recaps share (a tuple: it is hashed per answer)."""

    kuesioner_versi: str
    periode: str
    layanan: str
    titik: str
    kanal: str


class RecapCounts:
    """Counts of answers in the shape of the recap tables, held in memory."""

    def __init__(self, survei: Survei) -> None:
        self._profil = tuple(ProfilKey(p) for p in survei.profil)
        self._zona = survei.zona
        self._pending: Counter[tuple[Tempat, str]] = Counter()
        self._tables: dict[str, dict[Row, list[int]]] = {table.name: {} for table in REKAP}

    def add(
        self, tempat: Tempat, nilai: str, profil: Mapping[str, str], waktu: datetime | None
    ) -> None:
        """Count one answer sheet."""
        # Equal rows are counted first and split into questions once: most rows repeat.
        self._pending[tempat, nilai] += 1
        if len(self._pending) > _FOLD_AT:
            self._fold()
        table = self._tables[rekap_profil.name]
        place = tempat[1:]
        for field in self._profil:
            key = (*place, field.kode, field.option(profil.get(field.kode)))
            row = table.get(key)
            if row is None:
                table[key] = [1]
            else:
                row[0] += 1
        if waktu is not None:
            hari = waktu.astimezone(self._zona).date().isoformat()
            day = (hari, tempat.titik, tempat.layanan, tempat.kanal)
            self._tables[rekap_hari.name].setdefault(day, [0])[0] += 1

    def include(self, rekap: Mapping[str, Mapping[Row, Sequence[int]]]) -> None:
        """Add counts by recap table that come from elsewhere."""
        for name, rows in rekap.items():
            table = self._tables[name]
            for key, amounts in rows.items():
                held = table.setdefault(key, [0] * len(amounts))
                for i, n in enumerate(amounts):
                    held[i] += n

    def counts(self, table: Table) -> Counts:
        """Return the counts of one recap table by key; rows of zeros are left out."""
        self._fold()
        source = ASAL.get(table.name)
        if source is None:
            return {key: tuple(row) for key, row in self._tables[table.name].items()}
        return _summed(self._tables[source.name], source, table)

    def _fold(self) -> None:
        """Split the pending rows into questions and respondents' sums."""
        questions = self._tables[rekap_jawaban.name]
        respondents = self._tables[rekap_responden.name]
        for (place, nilai), times in self._pending.items():
            values = [(i, int(mark)) for i, mark in enumerate(nilai) if mark != KOSONG]
            for i, value in values:
                questions.setdefault((*place, i), [0, 0, 0, 0])[value - 1] += times
            total = sum(value for _, value in values)
            sums = respondents.setdefault((*place, len(values)), [0, 0, 0])
            sums[0] += times
            sums[1] += times * total
            sums[2] += times * total * total
        self._pending.clear()


def _summed(rows: Mapping[Row, Sequence[int]], source: Table, table: Table) -> Counts:
    """Return the counts of a coarser recap."""
    names = key_names(source)
    pick = itemgetter(*(names.index(name) for name in key_names(table)))
    sums: Counts = {}
    for key, row in rows.items():
        coarse = pick(key)
        held = sums.get(coarse)
        sums[coarse] = tuple(row) if held is None else tuple(map(add, held, row))
    return sums


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
            counts.add(Tempat(*place), nilai, json.loads(profil), waktu)
    return counts


def count_all(conn: Connection, survei_id: str, survei: Survei) -> RecapCounts:
    """Return the counts of all a survey's answers, with those that were deleted in their time."""
    counts = count_stored(conn, survei, jawaban.c.survei_id == survei_id)
    counts.include(load_reduced(conn, survei_id).rekap)
    return counts


def apply_counts(conn: Connection, survei_id: str, counts: RecapCounts) -> None:
    """Add counts to the recap tables."""
    for table in SEMUA_REKAP:
        _upsert(conn, table, survei_id, counts.counts(table), sign=1)


def subtract_counts(conn: Connection, survei_id: str, counts: RecapCounts) -> None:
    """Take counts out of the recap tables, and the rows away that then hold only zeros."""
    for table in SEMUA_REKAP:
        _upsert(conn, table, survei_id, counts.counts(table), sign=-1)
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
        _upsert(conn, table, survei_id, counts.counts(table), sign=1)


def _upsert(
    conn: Connection, table: Table, survei_id: str, counts: dict[Row, tuple[int, ...]], sign: int
) -> None:
    rows = list(_rows(table, survei_id, counts, sign))
    if not rows:
        return
    statement = _upsert_into(conn.dialect.name, table)
    for start in range(0, len(rows), _CHUNK):
        conn.execute(statement, rows[start : start + _CHUNK])


@cache
def _upsert_into(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    new = insert_of(dialect, table)
    change = {name: table.c[name] + new.excluded[name] for name in count_names(table)}
    return new.on_conflict_do_update(index_elements=list(table.primary_key), set_=change)


def _rows(
    table: Table, survei_id: str, counts: dict[Row, tuple[int, ...]], sign: int
) -> Iterator[dict[str, Any]]:
    keys, names = key_names(table), count_names(table)
    for key in sorted(counts):
        row: dict[str, Any] = {"survei_id": survei_id}
        row.update(zip(keys, key, strict=True))
        row.update((name, sign * n) for name, n in zip(names, counts[key], strict=True))
        yield row
