"""Counts for the rules, read from the recaps: the cost does not grow with the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot, Tallies
from skm.store import surveys
from skm.store.hot import Hot, text_list
from skm.store.recap import RecapCounts, count_stored
from skm.store.ringkas import smallest
from skm.store.schema import (
    BLOK,
    TANPA,
    count_names,
    jawaban,
    key_names,
    rekap_profil,
    rekap_responden,
    rekap_tempat,
)
from skm.survei import Kuesioner, Survei

DIMENSI = ("layanan", "titik", "kanal")

Group = tuple[str, ...]
"""The stored period, layanan, titik and channel; "" for one not known or not asked for."""


@dataclass(frozen=True, slots=True)
class Saring:
    """Which answers: None is no filter; "" for layanan or titik means those without one.

    Those of the periods in `tanpa` are left out.
    """

    periode: Periode | None = None
    layanan: str | None = None
    titik: str | None = None
    kanal: str | None = None
    tanpa: frozenset[Periode] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the dimensions that are filtered by."""
        return tuple(name for name in DIMENSI if getattr(self, name) is not None)

    def values(self, survei_id: str) -> dict[str, Any]:
        """Return what is compared with, by the name of each condition."""
        found: dict[str, Any] = {"survei_id": survei_id}
        if self.periode is not None:
            found["periode"] = codes_inside(self.periode)
        if self.tanpa:
            gone = {kode for periode in self.tanpa for kode in codes_inside(periode)}
            found["tanpa"] = sorted(gone)
        return found | {name: getattr(self, name) for name in self.names}

    def where(self, survei_id: str, table: Table) -> list[ColumnElement[bool]]:
        """Return the conditions on a table that has the columns of these names."""
        return [_condition(table, *pair) for pair in self.values(survei_id).items()]


def _condition(table: Table, name: str, value: Any) -> ColumnElement[bool]:  # noqa: ANN401
    if name == "periode":
        return table.c.periode.in_(value)
    return table.c.periode.not_in(value) if name == "tanpa" else table.c[name] == value


@lru_cache(maxsize=1_000)
def codes_inside(periode: Periode) -> tuple[str, ...]:
    """Return the codes of a period and of all shorter ones inside it."""
    return (periode.kode, *(kode for child in periode.children for kode in codes_inside(child)))


def periods(conn: Connection, survei_id: str) -> tuple[Periode, ...]:
    """Return the periods that have answers, in order. Raises SkmError `survei-tak-ada`."""
    surveys.data_version(conn, survei_id)
    table = rekap_responden
    query = select(table.c.periode).where(table.c.survei_id == survei_id).distinct()
    return tuple(sorted(parse_period(kode) for kode in conn.execute(query).scalars()))


def cells(conn: Connection, survei_id: str, saring: Saring, per: Collection[str]) -> list[Cell]:
    """Return the counts by stored period and the dimensions of `per`, in that order.

    Every question of the versions that a cell holds has its tally, answered or not. Raises
    SkmError `survei-tak-ada` or `kuesioner-unsur-hilang`, ValueError for another dimension.
    """
    dims = _dimensions(per)
    table, _ = smallest((*dims, *saring.names))
    # Where each place of the recap is asked for, its rows differ in version and channel alone:
    # adding up the few that are alike takes less than letting the database look for them.
    places = [name for name in ("layanan", "titik") if name in table.columns]
    read = _rows if set(places) <= set(dims) else _sums
    where = saring.values(survei_id)
    rows = read(conn, table, where, (*_LAYOUT, *_group_keys(dims)), count_names(table))
    return _build(conn, survei_id, rows)


def excluded_cells(
    conn: Connection, survei_id: str, saring: Saring, per: Collection[str]
) -> list[Cell]:
    """Return what `cells` leaves out: the answers that an operator has taken out. Raises as it.

    They are few, and counted from the answers themselves.
    """
    dims = _dimensions(per)
    survei = surveys.load_survei(conn, survei_id)
    where = saring.where(survei_id, jawaban)
    counts = count_stored(conn, survei, *where, excluded=True)
    rows = _picked(counts, rekap_tempat, (*_LAYOUT, *_group_keys(dims)))
    return _build(conn, survei_id, rows)


def scores(
    conn: Connection, survei_id: str, saring: Saring, per: Collection[str]
) -> list[SkorCell]:
    """Return the sums of respondents' scores, by stored period, `per` and questions answered.

    Raises SkmError `survei-tak-ada`, ValueError for an unknown dimension.
    """
    dims = _dimensions(per)
    surveys.data_version(conn, survei_id)
    keys = (*_group_keys(dims), "terisi")
    _, people_in = smallest((*dims, *saring.names))
    where = saring.values(survei_id)
    rows = sorted(_sums(conn, people_in, where, keys, ("responden", "jumlah", "kuadrat")))
    return [SkorCell(*_place(row), *row[_WIDTH:]) for row in rows]


def profil_counts(conn: Connection, survei_id: str, saring: Saring) -> dict[str, dict[str, int]]:
    """Return respondents by profile field and option, both in the survey's order.

    A number counts under its class's text; "" is no answer; options with nobody are absent.
    Raises SkmError `survei-tak-ada`.
    """
    fields = surveys.load_survei(conn, survei_id).profil
    where = saring.values(survei_id)
    found: dict[str, dict[str, int]] = {}
    for bidang, pilihan, n in _sums(conn, rekap_profil, where, ("bidang", "pilihan"), ("n",)):
        found.setdefault(bidang, {})[pilihan] = n
    ordered = {}
    for field in fields:
        counted = found.get(field.kode, {})
        order = [p.kode for p in field.pilihan] + [k.teks for k in field.kelompok]
        order += [*sorted(set(counted) - {*order, TANPA}), TANPA]
        ordered[field.kode] = {option: counted[option] for option in order if option in counted}
    return ordered


def group_counts(
    conn: Connection, survei_id: str, saring: Saring, dimension: str
) -> dict[str | None, int]:
    """Return respondents by layanan, titik or kanal; None is "not known".

    Raises SkmError `survei-tak-ada`, ValueError for an unknown dimension.
    """
    dims = _dimensions((dimension,))
    surveys.data_version(conn, survei_id)
    _, people_in = smallest((*dims, *saring.names))
    where = saring.values(survei_id)
    rows = sorted(_sums(conn, people_in, where, dims, ("responden",)))
    return {kode or None: n for kode, n in rows}


_LAYOUT = ("kuesioner_versi", "blok")
"""What a row of `_build` begins with, before its group."""
_NOT_ASKED = "''"
_WIDTH = 1 + len(DIMENSI)


def _group_keys(dims: Collection[str]) -> Group:
    """Return the columns of a group; a dimension that is not asked for is an empty text."""
    return ("periode", *(name if name in dims else _NOT_ASKED for name in DIMENSI))


def _dimensions(per: Collection[str]) -> tuple[str, ...]:
    unknown = set(per) - set(DIMENSI)
    if unknown:
        raise ValueError(f"not a dimension: {sorted(unknown)}")
    return tuple(name for name in DIMENSI if name in per)


def _sums(
    conn: Connection,
    table: Table,
    where: Mapping[str, Any],
    keys: Sequence[str],
    counts: Sequence[str],
) -> list[Any]:
    """Return (*keys, *sums of the counts) of each group that the keys make."""
    query = _query(table, (*keys,), (*counts,), (*where,), grouped=True)
    return query.rows(conn, _values(conn, where))


def _rows(
    conn: Connection,
    table: Table,
    where: Mapping[str, Any],
    keys: Sequence[str],
    counts: Sequence[str],
) -> list[Any]:
    """Return (*keys, *counts) of each row."""
    query = _query(table, (*keys,), (*counts,), (*where,), grouped=False)
    return query.rows(conn, _values(conn, where))


def _values(conn: Connection, where: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple([text_list(conn, v) if name in _AMONG else v for name, v in where.items()])


_AMONG = {"periode": "periode {among}", "tanpa": "NOT periode {among}"}
"""The conditions that compare with several values."""


@lru_cache(maxsize=256)
def _query(
    table: Table,
    keys: tuple[str, ...],
    counts: tuple[str, ...],
    where: tuple[str, ...],
    *,
    grouped: bool,
) -> Hot:
    """Return a query, made once; its names are those of `schema.py` and of `Saring`.

    Written out: with SQLAlchemy, asking takes as long as the answer from a small recap.
    """
    asked = ", ".join(key for key in keys if key != _NOT_ASKED)
    # PostgreSQL gives a sum of bigint as numeric.
    values = [f"CAST(SUM({name}) AS BIGINT)" for name in counts] if grouped else counts
    conditions = " AND ".join(_AMONG.get(name, f"{name} = ?") for name in where)
    query = f"SELECT {', '.join((*keys, *values))} FROM {table.name} WHERE {conditions}"  # noqa: S608
    return Hot(f"{query} GROUP BY {asked}" if grouped else query)


def _picked(counts: RecapCounts, table: Table, keys: Sequence[str]) -> list[Any]:
    """Return counts held in memory as `_rows` returns stored ones."""
    names = key_names(table)
    found = []
    for key, row in counts.counts(table).items():
        by_name = dict(zip(names, key, strict=True))
        found.append((*(by_name.get(name, TANPA) for name in keys), *row))
    return found


def _build(conn: Connection, survei_id: str, rows: Iterable[Any]) -> list[Cell]:
    """Return the cells of rows of (version, block, *group, respondents, *counts)."""
    layouts = _Layouts(*surveys.load_versions(conn, survei_id))
    begin = len(_LAYOUT)
    end = begin + _WIDTH
    groups: dict[Group, list[Any]] = {}
    for row in rows:
        groups.setdefault(row[begin:end], []).append(row)
    cells = []
    for group in sorted(groups):
        found = groups[group]
        responden = sum([row[end] for row in found])
        cells.append(Cell(*_place(group), responden, layouts.tallies(found, end + 1)))
    return cells


class _Layouts:
    """Where the questions of each questionnaire version stand in the counts of a place."""

    def __init__(self, survei: Survei, questions: Mapping[str, Kuesioner]) -> None:
        self._survei, self._questions = survei, questions
        self._slots: dict[str, tuple[Slot, ...]] = {}
        self._letak: dict[tuple[str, ...], dict[Slot, int]] = {}

    def tallies(self, rows: Sequence[Any], first: int) -> Tallies:
        """Return the tallies of rows of (version, block, …), whose counts begin at `first`.

        Those of a question are pooled.
        """
        if len(rows) == 1:
            letak = self._letak_of((rows[0][0],))
            if len(letak) <= BLOK:
                return Tallies(letak, rows[0][first:])
        letak = self._letak_of(tuple(sorted({row[0] for row in rows})))
        sums = [0] * (4 * len(letak))
        for row in rows:
            begin = BLOK * row[1]
            for i, slot in enumerate(self._slots[row[0]][begin : begin + BLOK], start=first):
                pairs = zip(sums[letak[slot] :: len(letak)], row[i::BLOK], strict=True)
                sums[letak[slot] :: len(letak)] = [a + b for a, b in pairs]
        return Tallies(letak, sums)

    def _letak_of(self, versions: tuple[str, ...]) -> dict[Slot, int]:
        """Return which question of these versions is the how many-th."""
        found = self._letak.get(versions)
        if found is None:
            for versi in versions:
                self._slots[versi] = self._survei.slots(self._questions[versi])
            slots = dict.fromkeys(slot for versi in versions for slot in self._slots[versi])
            found = self._letak[versions] = {slot: i for i, slot in enumerate(slots)}
        return found


def _place(group: Sequence[str]) -> tuple[Periode, str | None, str | None, str | None]:
    """Return a group as the first fields of a cell: what is not known or not asked is None."""
    return _period(group[0]), group[1] or None, group[2] or None, group[3] or None


@lru_cache(maxsize=1_000)
def _period(kode: str) -> Periode:
    return parse_period(kode)
