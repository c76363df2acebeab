"""Put a backup into a database: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, func, insert, select, text, update

from skm.pesan import SkmError
from skm.store import audit, surveys
from skm.store.backup_file import Cadangan
from skm.store.backup_format import IsiTabel
from skm.store.engine import patient, writing
from skm.store.errors import place_of
from skm.store.migrations import TERBARU
from skm.store.recap import recount
from skm.store.schema import DAHULU, SEMUA_REKAP, lasting_tables, metadata, survei
from skm.store.versions import first_version, next_step

_CHUNK = 2_000


def restore_backup(
    engine: Engine,
    cadangan: Cadangan,
    *,
    ganti: bool = False,
    kemajuan: Callable[[int], None] | None = None,
) -> None:
    """Fill the database from a backup, in one transaction.

    With `ganti` whatever the database holds goes; without it a database with surveys is refused.
    `kemajuan` hears after each chunk how many rows are in. Every data version grows, so that
    nothing remembered of the former rows is taken for the new ones. Everybody has to sign
    in anew, and the audit trail of the backup goes on with an entry that names the end of the one
    that it replaces.

    Raises SkmError `cadangan-lebih-baru`, `cadangan-skema-lama`, `cadangan-rusak`,
    `pulihkan-berisi`.
    """
    _check_fits(cadangan)
    with writing(engine) as conn:
        patient(conn)
        hold(conn)
        before, trail = _versions(conn), audit.last_entry(conn)
        if before and not ganti:
            raise SkmError("pulihkan-berisi", tempat=place_of(engine.url), jumlah=len(before))
        for table in reversed(metadata.sorted_tables):
            conn.execute(delete(table))
        done = 0
        for table in lasting_tables():
            for chunk in _chunks(cadangan.rows(table)):
                conn.execute(insert(table), chunk)
                done += len(chunk)
                if kemajuan:
                    kemajuan(done)
            continue_numbers(conn, table)
        if {table.name for table in SEMUA_REKAP} - cadangan.isi.tabel.keys():
            _count_anew(conn)
        _grow_versions(conn, before)
        audit.append_restored(conn, trail, cadangan.isi.waktu)


def _check_fits(cadangan: Cadangan) -> None:
    """Refuse a backup with something that these tables lack, or without something they need."""
    isi = cadangan.isi
    if isi.skema > TERBARU:
        raise SkmError("cadangan-lebih-baru", berkas=cadangan.path)
    known_here = {table.name for table in lasting_tables()}
    gone = DAHULU if isi.skema < TERBARU else frozenset()
    strange = isi.tabel.keys() - known_here - gone
    missing = known_here - isi.tabel.keys()
    if strange or (missing and isi.skema == TERBARU):
        raise SkmError(
            "cadangan-rusak", berkas=cadangan.path, bagian=", ".join(sorted(strange or missing))
        )
    for name, known in isi.tabel.items():
        if name not in gone:
            _check_columns(cadangan, metadata.tables[name], known)


def _check_columns(cadangan: Cadangan, table: Table, known: IsiTabel) -> None:
    given = set(known.kolom)
    if given - set(table.columns.keys()) or len(given) != len(known.kolom):
        raise SkmError("cadangan-rusak", berkas=cadangan.path, bagian=table.name)
    if any(_needs_value(c) for c in table.columns if c.name not in given):
        if cadangan.isi.skema < TERBARU:
            raise SkmError(
                "cadangan-skema-lama", berkas=cadangan.path, program=cadangan.isi.program
            )
        raise SkmError("cadangan-rusak", berkas=cadangan.path, bagian=table.name)


def _needs_value(column: Column[Any]) -> bool:
    return not column.nullable and column.server_default is None


def hold(conn: Connection) -> None:
    """Keep other writers out until the transaction ends; SQLite has begun IMMEDIATE."""
    if conn.dialect.name == "postgresql":
        quote = conn.dialect.identifier_preparer.format_table
        names = ", ".join(quote(table) for table in metadata.sorted_tables)
        conn.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def continue_numbers(conn: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows after the restored ones; SQLite looks by itself."""
    if conn.dialect.name != "postgresql":
        return
    for column in table.columns:
        if column.identity is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            after = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            conn.execute(select(func.setval(sequence, after, False)))


def _versions(conn: Connection) -> dict[str, int]:
    return {row.id: row.versi_data for row in conn.execute(select(survei))}


def _count_anew(conn: Connection) -> None:
    """Count the recaps of all surveys from their answers: an older backup lacks some."""
    for survei_id in _versions(conn):
        recount(conn, survei_id, surveys.load_survei(conn, survei_id))


def _grow_versions(conn: Connection, before: dict[str, int]) -> None:
    now = first_version()
    for survei_id, restored in _versions(conn).items():
        version = next_step(max(restored, before.get(survei_id, 0), now))
        conn.execute(update(survei).where(survei.c.id == survei_id).values(versi_data=version))
