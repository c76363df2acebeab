"""Counts of the answers, changed in the same transaction as the answers themselves."""

from __future__ import annotations

from functools import cache

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
)

from skm.store.schema.base import metadata


def _recap(name: str, keys: dict[str, type[Text | Integer]], counts: tuple[str, ...]) -> Table:
    """Return a table of counts. SQLite keeps it in key order (WITHOUT ROWID)."""
    return Table(
        name,
        metadata,
        Column("survei_id", Text, primary_key=True),
        *(Column(key, kind, primary_key=True, autoincrement=False) for key, kind in keys.items()),
        *(Column(count, BigInteger, nullable=False) for count in counts),
        ForeignKeyConstraint(["survei_id"], ["survei.id"]),
        sqlite_with_rowid=False,
    )


@cache
def key_names(table: Table) -> tuple[str, ...]:
    """Return the key columns of a recap without the survey, in order."""
    return tuple(c.name for c in table.columns if c.primary_key)[1:]


@cache
def count_names(table: Table) -> tuple[str, ...]:
    """Return the columns of a recap that hold counts, in order."""
    return tuple(c.name for c in table.columns if not c.primary_key)


_PLACE: dict[str, type[Text | Integer]] = {
    "periode": Text,
    "layanan": Text,
    "titik": Text,
    "kanal": Text,
}

rekap_responden = _recap(
    "rekap_responden",
    {"kuesioner_versi": Text, **_PLACE, "terisi": Integer},
    ("responden", "jumlah", "kuadrat"),
)
"""Respondents who answered `terisi` questions, and the sums of s and of s squared, where s is one
respondent's sum: the mean score of each is s / terisi, so its spread stays exact in integers."""

rekap_profil = _recap("rekap_profil", {**_PLACE, "bidang": Text, "pilihan": Text}, ("n",))
"""Respondents by profile field and option, a number by its class; '' is no answer. The classes
are those of the survey as it is now (`save_survei` counts again when they change)."""

rekap_hari = _recap(
    "rekap_hari", {"hari": Text, "titik": Text, "layanan": Text, "kanal": Text}, ("n",)
)
"""Answers by day of the office's calendar ("2026-11-23"); those without a day are not in it."""

REKAP: tuple[Table, ...] = (rekap_responden, rekap_profil, rekap_hari)
"""The recaps that are stored as they are counted."""


BLOK = 9
"""Questions in a row of `rekap_tempat`: one row a place for the regulation's nine unsur."""

NILAI = tuple(f"{apa}{ke}" for apa in ("jumlah", "terisi", "satu", "dua") for ke in range(BLOK))
"""Its counts of the question at place `ke` of the block: the sum of its marks, how many answered,
and how many answered 1 and 2. NRR is jumlah / terisi; how many answered 3 and 4 follows."""


def _tempat(name: str, *places: str) -> Table:
    """Return a recap with one row for all questions of a block. The period comes first: few of
    them are asked for.
    """
    keys: dict[str, type[Text | Integer]] = {"periode": Text, **dict.fromkeys(places, Text)}
    keys |= {"kuesioner_versi": Text, "blok": Integer, "kanal": Text}
    return _recap(name, keys, ("responden", *NILAI))


def _coarse(place: str) -> Table:
    """Return `rekap_responden` with one place of the two; the channel comes last, so that sums
    over it are read in the order of the key.
    """
    keys: dict[str, type[Text | Integer]] = {"kuesioner_versi": Text, "periode": Text}
    keys |= {place: Text, "terisi": Integer, "kanal": Text}
    return _recap(f"rekap_responden_{place}", keys, count_names(rekap_responden))


rekap_tempat = _tempat("rekap_tempat", "layanan", "titik")
"""How the questions of a place were answered: question `ke` (from 0) stands in the row `blok` =
ke // BLOK at place ke % BLOK; respondents are told in block 0."""

RINGKAS: dict[str, tuple[Table, Table]] = {
    place: (_tempat(f"rekap_tempat_{place}", place), _coarse(place))
    for place in ("layanan", "titik")
}
"""Sums of `rekap_tempat` and `rekap_responden` by layanan alone and by titik alone: 72 titik make
72 rows of one layanan, and most pages ask for one of the two places or for none."""

ASAL: dict[str, Table] = {
    coarse.name: source
    for pair in RINGKAS.values()
    for coarse, source in zip(pair, (rekap_tempat, rekap_responden), strict=True)
}
"""What each of them sums, by its name."""

DAHULU = frozenset({"rekap_jawaban", "rekap_jawaban_layanan", "rekap_jawaban_titik"})
"""Recaps of an earlier program; a backup of its time has them, and they are not read."""

SEMUA_REKAP: tuple[Table, ...] = (
    *REKAP,
    rekap_tempat,
    *(table for pair in RINGKAS.values() for table in pair),
)
