"""The audit trail in the database: adding to it, reading it, proving that nothing is missing."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from skm.akun import KOSONG, Catatan, Pelaku, Tindakan, seal
from skm.store.answers import clean_text
from skm.store.schema import jejak

_LOCK = 0x4A454A414B
"""The PostgreSQL advisory lock of the trail ("JEJAK"): entries are chained one after another."""

_CHUNK = 2_000
Isi = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ujung:
    """The end of the trail: whoever noted it can tell later whether anything before it changed."""

    nomor: int
    segel: str

    def __str__(self) -> str:
        return f"{self.nomor}:{self.segel}"


class JenisCacat(StrEnum):
    """What is wrong with a trail."""

    BERUBAH = "berubah"
    HILANG = "hilang"
    TERPOTONG = "terpotong"


@dataclass(frozen=True, slots=True)
class Cacat:
    """The first fault of a trail and the number of its entry; after it nothing is proved."""

    jenis: JenisCacat
    nomor: int


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """How many entries are proved, the end of what is proved, and the first fault."""

    jumlah: int
    ujung: Ujung
    cacat: Cacat | None = None


@dataclass(frozen=True, slots=True)
class SaringJejak:
    """Which entries: None is no filter. `dari` and `sampai` are moments, the second excluded."""

    pelaku: str | None = None
    tindakan: str | None = None
    survei_id: str | None = None
    dari: datetime | None = None
    sampai: datetime | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """Return the conditions."""
        named = ("pelaku", "tindakan", "survei_id")
        chosen = {n: v for n in named if (v := getattr(self, n)) is not None}
        found: list[ColumnElement[bool]] = [jejak.c[n] == v for n, v in chosen.items()]
        if self.dari is not None:
            found.append(jejak.c.waktu >= self.dari)
        if self.sampai is not None:
            found.append(jejak.c.waktu < self.sampai)
        return found


def append(
    conn: Connection,
    pelaku: Pelaku,
    tindakan: Tindakan,
    survei_id: str = "",
    objek: str = "",
    sebelum: Isi | None = None,
    sesudah: Isi | None = None,
) -> None:
    """Add an entry, in the transaction of what it speaks of: both are kept, or neither."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    end = last_entry(conn)
    entry = Catatan(
        end.nomor + 1,
        datetime.now(UTC),
        pelaku.nama,
        tindakan.value,
        clean_text(survei_id),
        clean_text(objek),
        _as_text(sebelum),
        _as_text(sesudah),
    )
    values = {name: getattr(entry, name) for name in Catatan.__slots__}
    conn.execute(insert(jejak), values | {"segel": seal(end.segel, entry)})


def append_restored(conn: Connection, former: Ujung, waktu: datetime) -> None:
    """Say that a backup of `waktu` took the place of a trail that ended at `former`."""
    found = {"cadangan_waktu": waktu.isoformat(timespec="seconds")}
    was = {"ujung_jejak": str(former)}
    append(conn, Pelaku("sistem"), Tindakan.CADANGAN_PULIH, sebelum=was, sesudah=found)


def last_entry(conn: Connection) -> Ujung:
    """Return the end of the trail; number 0 where there is none yet."""
    query = select(jejak.c.nomor, jejak.c.segel).order_by(jejak.c.nomor.desc()).limit(1)
    row = conn.execute(query).first()
    return Ujung(row.nomor, row.segel) if row else Ujung(0, KOSONG)


def entries(
    conn: Connection, saring: SaringJejak, limit: int, sebelum_nomor: int | None = None
) -> tuple[Catatan, ...]:
    """Return entries, newest first; with `sebelum_nomor` those older than that one."""
    where = saring.where()
    if sebelum_nomor is not None:
        where.append(jejak.c.nomor < sebelum_nomor)
    query = select(jejak).where(*where).order_by(jejak.c.nomor.desc()).limit(limit)
    return tuple(_entry(row) for row in conn.execute(query))


def actors(conn: Connection) -> tuple[str, ...]:
    """Return who stands in the trail, in order."""
    query = select(jejak.c.pelaku).distinct().order_by(jejak.c.pelaku)
    return tuple(conn.execute(query).scalars())


def examine(conn: Connection, noted: Ujung | None = None) -> Pemeriksaan:
    """Compute every seal anew, and compare with an end that was noted elsewhere."""
    before = Ujung(0, KOSONG)
    with closing(_all(conn)) as trail:
        for entry, stored in trail:
            expected = before.nomor + 1
            if entry.nomor != expected:
                return _faulty(before, JenisCacat.HILANG, expected)
            found = Ujung(entry.nomor, seal(before.segel, entry))
            if found.segel != stored or (noted and noted.nomor == found.nomor and noted != found):
                return _faulty(before, JenisCacat.BERUBAH, entry.nomor)
            before = found
    if noted and noted.nomor > before.nomor:
        return _faulty(before, JenisCacat.TERPOTONG, noted.nomor)
    return Pemeriksaan(before.nomor, before)


def _faulty(before: Ujung, jenis: JenisCacat, nomor: int) -> Pemeriksaan:
    return Pemeriksaan(before.nomor, before, Cacat(jenis, nomor))


def _all(conn: Connection) -> Generator[tuple[Catatan, str], None, None]:
    query = select(jejak).order_by(jejak.c.nomor).execution_options(yield_per=_CHUNK)
    with conn.execute(query) as rows:
        for row in rows:
            yield _entry(row), row.segel


def _entry(row: Any) -> Catatan:  # noqa: ANN401 - a row of whatever the database returns
    return Catatan(**{name: getattr(row, name) for name in Catatan.__slots__})


def _as_text(isi: Isi | None) -> str:
    if isi is None:
        return ""
    return clean_text(json.dumps(dict(isi), ensure_ascii=False, separators=(",", ":"), default=str))
