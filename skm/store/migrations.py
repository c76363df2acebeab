"""Numbered changes of the tables, applied once each, by one process at a time.

A new database is made from `store/schema` as it is now; an older one goes step by step from the
number it has. A step is never edited after a release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
)

from skm.pesan import SkmError
from skm.store import (
    schema,
    step_2,
    step_3,
    step_4,
    step_5,
    step_6,
    step_7,
    step_8,
    step_9,
    step_11,
)
from skm.store.engine import patient, reading, writing
from skm.store.errors import place_of
from skm.store.statistics import fix_statistics

_LOCK = 0x534B4D
"""The PostgreSQL advisory lock of migrations: "SKM"."""


@dataclass(frozen=True, slots=True)
class Langkah:
    """One change: its number, what it is for, and what it does to an older database."""

    nomor: int
    keterangan: str
    terapkan: Callable[[Connection], None]


LANGKAH: tuple[Langkah, ...] = (
    # Never run: whoever has no tables at all gets today's.
    Langkah(1, "Tabel pertama", lambda _: None),
    Langkah(2, "Tautan, kiriman, pengecualian, rekap harian, populasi", step_2.apply),
    Langkah(3, "Penutupan periode, angka terbit, narasi, tindak lanjut", step_3.apply),
    Langkah(4, "Penyusutan jawaban", step_4.apply),
    Langkah(5, "Akun, sesi masuk, jejak audit", step_5.apply),
    Langkah(6, "Tanggapan atas saran", step_6.apply),
    Langkah(7, "Riwayat berkas survei", step_7.apply),
    Langkah(8, "Rekap per layanan dan per titik", step_8.apply),
    Langkah(9, "Rekap dengan semua pertanyaan satu tempat dalam satu baris", step_9.apply),
    Langkah(10, "Statistik tetap untuk indeks jawaban di SQLite", fix_statistics),
    Langkah(11, "Rekap per pertanyaan tidak disimpan lagi", step_11.apply),
)
TERBARU = LANGKAH[-1].nomor

_meta = MetaData()
versi_skema = Table(
    "versi_skema",
    _meta,
    Column("nomor", Integer, primary_key=True, autoincrement=False),
    Column("waktu", schema.WaktuUtc, nullable=False),
)


def migrate(engine: Engine, langkah: Sequence[Langkah] = LANGKAH) -> int:
    """Bring the database to the newest tables; return its number.

    Raises SkmError `skema-lebih-baru` for a database of a later program.
    """
    newest = langkah[-1].nomor
    # Read first: an up-to-date database needs no lock, and may be read-only.
    with reading(engine) as conn:
        current = schema_step(conn)
    if current < newest:
        with writing(engine) as conn:
            patient(conn)
            _lock(conn)
            current = schema_step(conn)  # another process may have come first
            _apply(conn, current, langkah)
    if current > newest:
        raise SkmError("skema-lebih-baru", tempat=place_of(engine.url), ada=current, dikenal=newest)
    return newest


def _lock(conn: Connection) -> None:
    """Hold back other migrations until the transaction ends; SQLite has begun IMMEDIATE."""
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def schema_step(conn: Connection) -> int:
    """Return the number of the last step that the tables have taken; 0 where there are none."""
    if not inspect(conn).has_table(versi_skema.name):
        return 0
    return conn.execute(select(func.max(versi_skema.c.nomor))).scalar() or 0


def _apply(conn: Connection, current: int, langkah: Sequence[Langkah]) -> None:
    pending = [step for step in langkah if step.nomor > current]
    if not pending:
        return
    _meta.create_all(conn)
    if current == 0:
        schema.metadata.create_all(conn)
        fix_statistics(conn)
    else:
        for step in pending:
            step.terapkan(conn)
    now = datetime.now(UTC)
    conn.execute(insert(versi_skema), [{"nomor": s.nomor, "waktu": now} for s in pending])
