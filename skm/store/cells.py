"""Counts for the rules, read from the recaps: the cost does not grow with the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    cast,
    func,
    select,
)

from skm.ikm import Tally
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot
from skm.store import surveys
from skm.store.recap import RecapCounts, count_stored
from skm.store.ringkas import smallest
from skm.store.schema import (
    TANPA,
    count_names,
    jawaban,
    key_names,
    rekap_jawaban,
    rekap_profil,
    rekap_responden,
)

DIMENSI = ("layanan", "titik", "kanal")

Group = tuple[str, ...]
"""The stored period and then the dimensions asked for."""

_FourSums = tuple[int, int, int, int]
_NONE: _FourSums = (0, 0, 0, 0)


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
    keys = ("kuesioner_versi", "periode", *dims)
    marks_in, people_in = smallest((*dims, *saring.names))
    where = saring.values(survei_id)
    people = _sums(conn, people_in, where, keys, ("responden",))
    # Of the finest recap a key then comes once a channel: sorting its rows for a GROUP BY would
    # take longer than adding up the few that are alike.
    read = _rows if marks_in is rekap_jawaban else _sums
    marks = read(conn, marks_in, where, (*keys, "pertanyaan"), _N)
    return _build(conn, survei_id, dims, people, marks)


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
    keys = ("kuesioner_versi", "periode", *dims)
    people = _picked(counts, rekap_responden, keys, ("responden",))
    marks = _picked(counts, rekap_jawaban, (*keys, "pertanyaan"), _N)
    return _build(conn, survei_id, dims, people, marks)


def scores(
    conn: Connection, survei_id: str, saring: Saring, per: Collection[str]
) -> list[SkorCell]:
    """Return the sums of respondents' scores, by stored period, `per` and questions answered.

    Raises SkmError `survei-tak-ada`, ValueError for an unknown dimension.
    """
    dims = _dimensions(per)
    surveys.data_version(conn, survei_id)
    keys = ("periode", *dims, "terisi")
    _, people_in = smallest((*dims, *saring.names))
    where = saring.values(survei_id)
    rows = sorted(_sums(conn, people_in, where, keys, ("responden", "jumlah", "kuadrat")))
    width = len(keys)
    return [SkorCell(*_place(row[: width - 1], dims), row[width - 1], *row[width:]) for row in rows]


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


_N = ("n1", "n2", "n3", "n4")


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
) -> Sequence[Any]:
    """Return (*keys, *sums of the counts) of each group that the keys make."""
    return conn.execute(_query(table, (*keys,), (*counts,), (*where,), True), where).all()


def _rows(
    conn: Connection,
    table: Table,
    where: Mapping[str, Any],
    keys: Sequence[str],
    counts: Sequence[str],
) -> Sequence[Any]:
    """Return (*keys, *counts) of each row."""
    return conn.execute(_query(table, (*keys,), (*counts,), (*where,), False), where).all()


@lru_cache(maxsize=256)
def _query(
    table: Table,
    keys: tuple[str, ...],
    counts: tuple[str, ...],
    where: tuple[str, ...],
    grouped: bool,
) -> Select[*tuple[Any, ...]]:
    """Return a query, made once: making it takes as long as running it on a small recap."""
    by = [table.c[key] for key in keys]
    values: list[Any] = [bindparam(name, expanding=name in ("periode", "tanpa")) for name in where]
    conditions = [_condition(table, *pair) for pair in zip(where, values, strict=True)]
    if not grouped:
        return select(*by, *(table.c[count] for count in counts)).where(*conditions)
    # PostgreSQL gives a sum of bigint as numeric.
    sums = [cast(func.sum(table.c[count]), BigInteger) for count in counts]
    return select(*by, *sums).where(*conditions).group_by(*by)


def _picked(
    counts: RecapCounts, table: Table, keys: Sequence[str], names: Sequence[str]
) -> Sequence[Any]:
    """Return counts held in memory as `_sums` returns stored ones; a key may come several times."""
    all_keys, all_names = key_names(table), count_names(table)
    return [
        (
            *(key[all_keys.index(name)] for name in keys),
            *(row[all_names.index(name)] for name in names),
        )
        for key, row in counts.counts(table).items()
    ]


def _build(
    conn: Connection,
    survei_id: str,
    dims: tuple[str, ...],
    people: Iterable[Any],
    marks: Iterable[Any],
) -> list[Cell]:
    """Return the cells of rows of (version, period, *dims, respondents) and of (the same,
    question, four counts).
    """
    survei = surveys.load_survei(conn, survei_id)
    questions = surveys.questionnaires(conn, survei_id)
    slots: dict[str, tuple[Slot, ...]] = {}
    responden: Counter[Group] = Counter()
    held: dict[Group, dict[Slot, _FourSums]] = {}
    for versi, *group, n in people:
        if versi not in slots:
            slots[versi] = survei.slots(questions[versi])
        place = tuple(group)
        responden[place] += n
        held.setdefault(place, {}).update(dict.fromkeys(slots[versi], _NONE))
    for versi, *group, ke, n1, n2, n3, n4 in marks:
        cell, slot = held[tuple(group)], slots[versi][ke]
        before = cell[slot]
        if before is _NONE:
            cell[slot] = (n1, n2, n3, n4)
        else:
            cell[slot] = (before[0] + n1, before[1] + n2, before[2] + n3, before[3] + n4)
    return [
        Cell(*_place(g, dims), responden[g], {s: Tally(n) for s, n in held[g].items()})
        for g in sorted(held)
    ]


def _place(
    group: Sequence[str], dims: tuple[str, ...]
) -> tuple[Periode, str | None, str | None, str | None]:
    """Return a group as the first fields of a cell: what is not known or not asked is None."""
    by_name = {name: value or None for name, value in zip(dims, group[1:], strict=True)}
    layanan, titik, kanal = (by_name.get(name) for name in DIMENSI)
    return _period(group[0]), layanan, titik, kanal


@lru_cache(maxsize=1_000)
def _period(kode: str) -> Periode:
    return parse_period(kode)
