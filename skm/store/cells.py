"""Counts for the rules, read from the recaps: the cost does not grow with the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from skm.periode import Periode, parse_period
from skm.rekap import Cell, Group, SkorCell, TabelNrr, table_of
from skm.store import surveys
from skm.store.layouts import Layouts
from skm.store.recap import RecapCounts, count_stored
from skm.store.recap_query import NOT_ASKED, read_recap
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

DIMENSI = ("layanan", "titik", "kanal")


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
    rows = _by_place(conn, survei_id, saring, dims, _LAYOUT, count_names(rekap_tempat))
    return _build(conn, survei_id, rows)


def nrr_table(conn: Connection, survei_id: str, saring: Saring, per: Collection[str]) -> TabelNrr:
    """Return the exact NRR of each question by stored period and `per`. Raises as `cells`.

    Of nine questions that every version has at the same places it is read without what only
    tallies need; of others it is made from the cells.
    """
    rows = _by_place(conn, survei_id, saring, _dimensions(per), ("kuesioner_versi",), _SUMS)
    layouts = Layouts(*surveys.load_versions(conn, survei_id))
    known = {layouts.slots(versi) for versi in {row[0] for row in rows}}
    if len(known) != 1 or len(slots := known.pop()) != BLOK:
        return table_of(cells(conn, survei_id, saring, per))
    end = 1 + _WIDTH
    found: dict[Group, tuple[int, ...]] = {row[1:end]: row[end:] for row in rows}
    if len(found) < len(rows):  # of several channels or versions
        found.clear()
        for row in rows:
            group, sums = row[1:end], row[end:]
            before = found.get(group)
            found[group] = sums if before is None else tuple(map(add, before, sums))
    return TabelNrr(slots, found)


def _by_place(
    conn: Connection,
    survei_id: str,
    saring: Saring,
    dims: tuple[str, ...],
    layout: tuple[str, ...],
    counts: Sequence[str],
) -> list[Any]:
    """Return rows of (*layout, *group, *counts); a group may have several."""
    table, _ = smallest((*dims, *saring.names))
    # Where each place of the recap is asked for, its rows differ in version and channel alone:
    # adding up the few that are alike takes less than letting the database look for them.
    places = [name for name in ("layanan", "titik") if name in table.columns]
    grouped = not set(places) <= set(dims)
    where = saring.values(survei_id)
    keys = (*layout, *_group_keys(dims))
    return read_recap(conn, table, where, keys, counts, grouped=grouped)


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
    rows = sorted(read_recap(conn, people_in, where, keys, ("responden", "jumlah", "kuadrat")))
    return [SkorCell(*_place(row), *row[_WIDTH:]) for row in rows]


def profil_counts(conn: Connection, survei_id: str, saring: Saring) -> dict[str, dict[str, int]]:
    """Return respondents by profile field and option, both in the survey's order.

    A number counts under its class's text; "" is no answer; options with nobody are absent.
    Raises SkmError `survei-tak-ada`.
    """
    fields = surveys.load_survei(conn, survei_id).profil
    where = saring.values(survei_id)
    found: dict[str, dict[str, int]] = {}
    for bidang, pilihan, n in read_recap(conn, rekap_profil, where, ("bidang", "pilihan"), ("n",)):
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
    rows = sorted(read_recap(conn, people_in, where, dims, ("responden",)))
    return {kode or None: n for kode, n in rows}


_LAYOUT = ("kuesioner_versi", "blok")
"""What a row of `_build` begins with, before its group."""
_WIDTH = 1 + len(DIMENSI)
_SUMS = count_names(rekap_tempat)[: 1 + 2 * BLOK]
"""Of the counts of a place: respondents, sums of marks, and how many answered."""


def _group_keys(dims: Collection[str]) -> Group:
    """Return the columns of a group; a dimension that is not asked for is an empty text."""
    return ("periode", *(name if name in dims else NOT_ASKED for name in DIMENSI))


def _dimensions(per: Collection[str]) -> tuple[str, ...]:
    unknown = set(per) - set(DIMENSI)
    if unknown:
        raise ValueError(f"not a dimension: {sorted(unknown)}")
    return tuple(name for name in DIMENSI if name in per)


def _picked(counts: RecapCounts, table: Table, keys: Sequence[str]) -> list[Any]:
    """Return counts held in memory as `read_recap` returns stored ones."""
    names = key_names(table)
    found = []
    for key, row in counts.counts(table).items():
        by_name = dict(zip(names, key, strict=True))
        found.append((*(by_name.get(name, TANPA) for name in keys), *row))
    return found


def _build(conn: Connection, survei_id: str, rows: Iterable[Any]) -> list[Cell]:
    """Return the cells of rows of (version, block, *group, respondents, *counts)."""
    layouts = Layouts(*surveys.load_versions(conn, survei_id))
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


def _place(group: Sequence[str]) -> tuple[Periode, str | None, str | None, str | None]:
    """Return a group as the first fields of a cell: what is not known or not asked is None."""
    return _period(group[0]), group[1] or None, group[2] or None, group[3] or None


@lru_cache(maxsize=1_000)
def _period(kode: str) -> Periode:
    return parse_period(kode)
