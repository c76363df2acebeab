"""Reading a backup: it is checked whole before anybody sees a row of it."""

from __future__ import annotations

import errno
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Table

from skm.pesan import SkmError
from skm.store.backup_format import (
    FORMAT,
    MANIFEST,
    Isi,
    format_of,
    line_reader,
    parse_manifest,
    table_file,
)

_MANIFEST_LIMIT = 1 << 20
_BROKEN = (BadZipFile, zlib.error, LZMAError, EOFError, KeyError, ValueError, RuntimeError)
"""What `zipfile` and the parsers raise for a file that is damaged or something else."""


@dataclass(frozen=True, slots=True)
class Cadangan:
    """An open backup whose every byte is what the manifest says."""

    path: Path
    isi: Isi
    archive: ZipFile

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by column name; none where the backup has no such table.

        Raises SkmError `cadangan-rusak`.
        """
        known = self.isi.tabel.get(table.name)
        if known is None:
            return
        with _told(self.path, table.name):
            read = line_reader([table.c[name] for name in known.kolom])
            for line in self.lines(table.name):
                yield read(line)

    def lines(self, tabel: str) -> Iterator[bytes]:
        """Yield the lines of a table's file; at its end it must be what the manifest says."""
        known, digest, count = self.isi.tabel[tabel], hashlib.sha256(), 0
        with (
            _told(self.path, tabel),
            self.archive.open(table_file(tabel)) as stream,
        ):
            for line in stream:
                digest.update(line)
                count += 1
                yield line
        if (count, digest.hexdigest()) != (known.baris, known.sha256):
            raise SkmError("cadangan-rusak", berkas=self.path, bagian=tabel)


@contextmanager
def open_backup(path: Path) -> Iterator[Cadangan]:
    """Give a backup after reading it to its end once.

    Raises SkmError `cadangan-tak-ada`, `cadangan-tak-terbaca`, `cadangan-rusak`, or
    `cadangan-lebih-baru` for one in a format of a later program.
    """
    with _told(path, MANIFEST):
        archive = ZipFile(path)
    with archive:
        with _told(path, MANIFEST):
            cadangan = Cadangan(path, _read_manifest(path, archive), archive)
        for tabel in cadangan.isi.tabel:
            for _ in cadangan.lines(tabel):
                pass
        yield cadangan


def _read_manifest(path: Path, archive: ZipFile) -> Isi:
    if archive.getinfo(MANIFEST).file_size > _MANIFEST_LIMIT:
        raise ValueError("a manifest is short")
    content = archive.read(MANIFEST)
    if format_of(content) > FORMAT:
        raise SkmError("cadangan-lebih-baru", berkas=path)
    return parse_manifest(content)


@contextmanager
def _told(path: Path, bagian: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SkmError("cadangan-tak-ada", berkas=path) from error
    except _BROKEN as error:
        raise SkmError("cadangan-rusak", berkas=path, bagian=bagian) from error
    except OSError as error:
        # Not the system's: headers that point outside of the file, or name another packing.
        if error.errno in (None, errno.EINVAL):
            raise SkmError("cadangan-rusak", berkas=path, bagian=bagian) from error
        detail = error.strerror or type(error).__name__
        raise SkmError("cadangan-tak-terbaca", berkas=path, rincian=detail) from error
