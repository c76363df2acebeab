"""Counts for the rules, read from the recaps: the cost does not grow with the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from skm.ikm import Tally
from skm.periode import Periode, parse_period
from skm.rekap import Cell, SkorCell, Slot
from skm.store import surveys
from skm.store.recap import RecapCounts, count_stored
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

Counted = tuple[tuple[Any, ...], tuple[int, ...]]
"""A key and its counts."""


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

    def where(self, survei_id: str, table: Table) -> list[ColumnElement[bool]]:
        """Return the conditions on a table that has the columns of these names."""
        conditions: list[ColumnElement[bool]] = [table.c.survei_id == survei_id]
        if self.periode is not None:
            conditions.append(table.c.periode.in_(codes_inside(self.periode)))
        if self.tanpa:
            gone = {kode for periode in self.tanpa for kode in codes_inside(periode)}
            conditions.append(table.c.periode.not_in(sorted(gone)))
        for name in DIMENSI:
            value = getattr(self, name)
            if value is not None:
                conditions.append(table.c[name] == value)
        return conditions


def codes_inside(periode: Periode) -> list[str]:
    """Return the codes of a period and of all shorter ones inside it."""
    return [periode.kode, *(kode for child in periode.children for kode in codes_inside(child))]


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
    keys = ("periode", *dims, "kuesioner_versi")
    where = saring.where(survei_id, rekap_responden)
    people = _sums(conn, rekap_responden, where, keys, ("responden",))
    where = saring.where(survei_id, rekap_jawaban)
    marks = _sums(conn, rekap_jawaban, where, (*keys, "pertanyaan"), _N)
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
    keys = ("periode", *dims, "kuesioner_versi")
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
    where = saring.where(survei_id, rekap_responden)
    counts = ("responden", "jumlah", "kuadrat")
    rows = sorted(_sums(conn, rekap_responden, where, keys, counts))
    return [SkorCell(*_place(group, dims), terisi, *n) for (*group, terisi), n in rows]


def profil_counts(conn: Connection, survei_id: str, saring: Saring) -> dict[str, dict[str, int]]:
    """Return respondents by profile field and option, both in the survey's order.

    A number counts under its class's text; "" is no answer; options with nobody are absent.
    Raises SkmError `survei-tak-ada`.
    """
    fields = surveys.load_survei(conn, survei_id).profil
    where = saring.where(survei_id, rekap_profil)
    found: dict[str, dict[str, int]] = {}
    for (bidang, pilihan), (n,) in _sums(conn, rekap_profil, where, ("bidang", "pilihan"), ("n",)):
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
    where = saring.where(survei_id, rekap_responden)
    rows = sorted(_sums(conn, rekap_responden, where, dims, ("responden",)))
    return {kode or None: n for (kode,), (n,) in rows}


_N = ("n1", "n2", "n3", "n4")


def _dimensions(per: Collection[str]) -> tuple[str, ...]:
    unknown = set(per) - set(DIMENSI)
    if unknown:
        raise ValueError(f"not a dimension: {sorted(unknown)}")
    return tuple(name for name in DIMENSI if name in per)


def _sums(
    conn: Connection,
    table: Table,
    where: list[ColumnElement[bool]],
    keys: Sequence[str],
    counts: Sequence[str],
) -> Iterator[Counted]:
    columns = [table.c[key] for key in keys]
    sums = [func.sum(table.c[count]) for count in counts]
    query = select(*columns, *sums).where(*where).group_by(*columns)
    for row in conn.execute(query):
        # PostgreSQL gives a sum of bigint as numeric.
        yield tuple(row[: len(keys)]), tuple(int(n) for n in row[len(keys) :])


def _picked(
    counts: RecapCounts, table: Table, keys: Sequence[str], names: Sequence[str]
) -> Iterator[Counted]:
    """Yield counts held in memory as `_sums` yields stored ones; a key may come several times."""
    all_keys, all_names = key_names(table), count_names(table)
    for key, row in counts.counts(table).items():
        named = dict(zip(all_keys, key, strict=True))
        amounts = dict(zip(all_names, row, strict=True))
        yield tuple(named[k] for k in keys), tuple(amounts[n] for n in names)


def _build(
    conn: Connection,
    survei_id: str,
    dims: tuple[str, ...],
    people: Iterable[Counted],
    marks: Iterable[Counted],
) -> list[Cell]:
    survei = surveys.load_survei(conn, survei_id)
    questions = surveys.questionnaires(conn, survei_id)
    slots: dict[str, tuple[Slot, ...]] = {}
    responden: Counter[Group] = Counter()
    tallies: dict[Group, dict[Slot, Tally]] = {}
    for (*group, versi), (n,) in people:
        if versi not in slots:
            slots[versi] = survei.slots(questions[versi])
        responden[tuple(group)] += n
        held = tallies.setdefault(tuple(group), {})
        held.update({slot: Tally() for slot in slots[versi] if slot not in held})
    for (*group, versi, ke), (n1, n2, n3, n4) in marks:
        held, slot = tallies[tuple(group)], slots[versi][ke]
        held[slot] += Tally((n1, n2, n3, n4))
    return [Cell(*_place(g, dims), responden[g], tallies[g]) for g in sorted(tallies)]


def _place(
    group: Sequence[str], dims: tuple[str, ...]
) -> tuple[Periode, str | None, str | None, str | None]:
    """Return a group as the first fields of a cell: what is not known or not asked is None."""
    by_name = {name: value or None for name, value in zip(dims, group[1:], strict=True)}
    layanan, titik, kanal = (by_name.get(name) for name in DIMENSI)
    return parse_period(group[0]), layanan, titik, kanal
