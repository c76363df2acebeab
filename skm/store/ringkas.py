"""The recaps as pages read them: which of them answers a question, and filling them all anew."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    union_all,
)

from skm.store.schema import (
    ASAL,
    BLOK,
    RINGKAS,
    count_names,
    key_names,
    metadata,
    rekap_jawaban,
    rekap_responden,
    rekap_tempat,
)


def smallest(needed: Collection[str]) -> tuple[Table, Table]:
    """Return the smallest recaps of marks and of respondents that know the `needed` columns."""
    for place, other in (("layanan", "titik"), ("titik", "layanan")):
        if other not in needed:
            return RINGKAS[place]
    return rekap_tempat, rekap_responden


def refill(conn: Connection) -> None:
    """Sum them up anew, of all surveys: an older backup does not have them."""
    _fill(conn, rekap_tempat, _by_place())
    for name, source in ASAL.items():
        table = metadata.tables[name]
        keys = [source.c[c.name] for c in table.primary_key]
        sums = [func.sum(source.c[count]) for count in count_names(source)]
        _fill(conn, table, select(*keys, *sums).group_by(*keys))


def _fill(conn: Connection, table: Table, query: Select[*tuple[object, ...]]) -> None:
    conn.execute(delete(table))
    names = [column.name for column in table.columns]
    conn.execute(insert(table).from_select(names, query))


def _by_place() -> Select[*tuple[object, ...]]:
    """Return a query for the rows of `rekap_tempat`."""
    marks, people = rekap_jawaban.c, rekap_responden.c
    zero: ColumnElement[int] = literal_column("0")
    place = ("survei_id", *(name for name in key_names(rekap_tempat) if name != "blok"))
    both = union_all(
        select(
            *(marks[name] for name in place),
            (marks.pertanyaan // BLOK).label("blok"),
            (marks.pertanyaan % BLOK).label("ke"),
            zero.label("responden"),
            (marks.n1 + 2 * marks.n2 + 3 * marks.n3 + 4 * marks.n4).label("jumlah"),
            (marks.n1 + marks.n2 + marks.n3 + marks.n4).label("terisi"),
            marks.n1.label("satu"),
            marks.n2.label("dua"),
        ),
        select(*(people[name] for name in place), zero, zero, people.responden, *[zero] * 4),
    ).subquery()
    keys = [both.c["survei_id"], *(both.c[name] for name in key_names(rekap_tempat))]
    sums = [
        func.sum(case((both.c.ke == ke, both.c[name]), else_=0))
        for name in ("jumlah", "terisi", "satu", "dua")
        for ke in range(BLOK)
    ]
    return select(*keys, func.sum(both.c.responden), *sums).group_by(*keys)
