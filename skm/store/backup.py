"""Write everything that the database holds at one moment into one file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Engine, Table, select

from skm import __version__
from skm.pesan import SkmError
from skm.store.backup_file import open_backup
from skm.store.backup_format import (
    FORMAT,
    MANIFEST,
    Isi,
    IsiTabel,
    dump_manifest,
    line_writer,
    table_file,
)
from skm.store.engine import reading
from skm.store.errors import place_of
from skm.store.migrations import TERBARU
from skm.store.schema import lasting_tables, survei
from skm.store.whole_file import whole_file

_CHUNK = 2_000


def write_backup(engine: Engine, path: Path, kemajuan: Callable[[int], None] | None = None) -> Isi:
    """Write a backup, read it back, and only then give it its name; return its manifest.

    Others may read and write meanwhile: the backup is of the moment at which it began. `kemajuan`
    hears after each chunk how many rows are written; what it raises ends the backup. Raises
    SkmError `cadangan-kosong` for a database without a survey, `cadangan-disk-penuh`,
    `cadangan-hanya-baca`, `cadangan-tak-tertulis`, `cadangan-tak-terbaca-kembali`.
    """
    with whole_file(path) as draft:
        with reading(engine) as conn, ZipFile(draft, "w", ZIP_DEFLATED) as archive:
            if conn.execute(select(survei.c.id).limit(1)).first() is None:
                raise SkmError("cadangan-kosong", tempat=place_of(engine.url))
            isi = _write(conn, archive, kemajuan or (lambda _: None))
        _read_back(draft, isi, path)
    return isi


def _read_back(draft: Path, isi: Isi, path: Path) -> None:
    """Refuse a draft that the disk does not give back as it was written."""
    try:
        with open_backup(draft) as written:
            same = written.isi == isi
    except SkmError as error:
        raise SkmError("cadangan-tak-terbaca-kembali", berkas=path) from error
    if not same:
        raise SkmError("cadangan-tak-terbaca-kembali", berkas=path)


def _write(conn: Connection, archive: ZipFile, kemajuan: Callable[[int], None]) -> Isi:
    waktu, tabel, done = datetime.now(UTC), dict[str, IsiTabel](), 0
    for table in lasting_tables():
        entry = _entry(table_file(table.name), waktu)
        # The size is not known beforehand, and a million answers may pass 2 GiB.
        with archive.open(entry, "w", force_zip64=True) as stream:
            tabel[table.name] = _write_table(conn, stream, table, done, kemajuan)
        done += tabel[table.name].baris
    isi = Isi(FORMAT, __version__, TERBARU, waktu, tabel)
    archive.writestr(_entry(MANIFEST, waktu), dump_manifest(isi))
    return isi


def _write_table(
    conn: Connection,
    stream: IO[bytes],
    table: Table,
    before: int,
    kemajuan: Callable[[int], None],
) -> IsiTabel:
    """Write a table as a stream, in the order of its key; `before` rows are written already."""
    write, digest, count = line_writer(list(table.columns)), hashlib.sha256(), 0
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=_CHUNK)
    with conn.execute(query) as rows:
        for chunk in rows.partitions():
            content = b"".join(map(write, chunk))
            stream.write(content)
            digest.update(content)
            count += len(chunk)
            kemajuan(before + count)
    return IsiTabel(tuple(table.columns.keys()), count, digest.hexdigest())


def _entry(name: str, waktu: datetime) -> ZipInfo:
    entry = ZipInfo(name, waktu.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
