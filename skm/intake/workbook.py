"""XLSX, XLS and ODS through calamine: cached values only, no formula is evaluated."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import python_calamine as calamine

from skm.intake import extents
from skm.intake.csv_text import MAX_ROWS
from skm.intake.isolated import BrokenError, LockedError, read_tables_apart
from skm.intake.sheets import Bentuk, Lembar, Sel, is_blank
from skm.intake.tables import Merged, read_tables
from skm.pesan import SkmError

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
MAX_MERGED = 2_000_000
"""How many cells a file's merges may fill."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_workbook(nama: str, isi: bytes) -> tuple[Bentuk, tuple[Lembar, ...]]:
    """Return the kind of a workbook and its visible sheets that hold anything.

    Raises SkmError: `berkas-sandi`, `berkas-terlalu-besar-isi`, `berkas-terlalu-banyak-baris`,
    `berkas-rusak`, `berkas-bukan-tabel`.
    """
    bentuk = _guard(nama, isi)
    try:
        found = read_tables_apart(isi) if bentuk is Bentuk.XLS else read_tables(isi)
    except (calamine.PasswordError, LockedError) as error:
        raise SkmError("berkas-sandi", berkas=nama) from error
    except (calamine.CalamineError, BrokenError, ValueError, OverflowError) as error:
        raise SkmError("berkas-rusak", berkas=nama) from error
    except BaseException as error:
        # The Rust library's panics are not Exceptions; anything else goes its way.
        if type(error).__name__ != "PanicException":
            raise
        raise SkmError("berkas-rusak", berkas=nama) from error
    return bentuk, tuple(sheet for table in found if (sheet := _sheet(*table)).baris)


def _guard(nama: str, isi: bytes) -> Bentuk:
    """Return the kind of workbook; raise SkmError for one that must not be opened."""
    try:
        if isi.startswith(OLE_MAGIC):
            return _guard_ole(nama, isi)
        return _guard_zip(nama, isi)
    except extents.TooLargeError as error:
        raise SkmError("berkas-terlalu-besar-isi", berkas=nama) from error
    except extents.TooManyRowsError as error:
        raise SkmError("berkas-terlalu-banyak-baris", berkas=nama, batas=MAX_ROWS) from error
    except SkmError:
        raise
    except Exception as error:
        # zipfile and zlib raise many kinds for broken bytes, NotImplementedError among them.
        raise SkmError("berkas-rusak", berkas=nama) from error


def _guard_ole(nama: str, isi: bytes) -> Bentuk:
    if _ENCRYPTED in isi:
        raise SkmError("berkas-sandi", berkas=nama)
    if zipfile.is_zipfile(io.BytesIO(isi)):
        # Both kinds at once: what was measured here need not be what the reader opens.
        raise SkmError("berkas-rusak", berkas=nama)
    return Bentuk.XLS


def _guard_zip(nama: str, isi: bytes) -> Bentuk:
    with zipfile.ZipFile(io.BytesIO(isi)) as archive:
        extents.check_zip(archive, len(isi))
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise SkmError("berkas-sandi", berkas=nama)
        names = {name.casefold() for name in archive.namelist()}
        if "xl/workbook.bin" in names or len(names) < len(archive.namelist()):
            raise SkmError("berkas-bukan-tabel", berkas=nama)
        if "content.xml" in names:
            if "meta-inf/manifest.xml" in names and _encrypted(archive):
                raise SkmError("berkas-sandi", berkas=nama)
            extents.check_ods(archive)
        if "xl/workbook.xml" in names:
            extents.check_xlsx(archive)
            return Bentuk.XLSX
        if "content.xml" in names:
            return Bentuk.ODS
        raise SkmError("berkas-bukan-tabel", berkas=nama)


def _encrypted(archive: zipfile.ZipFile) -> bool:
    return b"manifest:encryption-data" in archive.read("META-INF/manifest.xml")


def _sheet(nama: str, cells: list[list[Any]], merged: Merged) -> Lembar:
    rows = _trim([_plain(row) for row in cells])
    _fill_merged(rows, merged)
    return Lembar(nama, rows)


def _plain(row: list[Any]) -> list[Sel]:
    if True in row or False in row:  # 1.0 == True: look closer only where it may matter
        return [str(c).upper() if isinstance(c, bool) else c for c in row]
    return row


def _trim(rows: list[list[Sel]]) -> list[list[Sel]]:
    """Return the rows without the empty rows and columns at the end."""
    while rows and all(is_blank(c) for c in rows[-1]):
        rows.pop()
    width = max((_used(row) for row in rows), default=0)
    if rows and len(rows[0]) > width:
        return [row[:width] for row in rows]
    return rows


def _used(row: Sequence[Sel]) -> int:
    width = len(row)
    while width and is_blank(row[width - 1]):
        width -= 1
    return width


def _fill_merged(rows: list[list[Sel]], ranges: Merged) -> None:
    """Repeat the value of a cell merged downwards (a layanan written once for many rows)."""
    filled = 0
    for (top, left), (bottom, right) in ranges:
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        last = min(bottom, len(rows) - 1)
        filled += last - top
        if filled > MAX_MERGED:
            return
        for at in range(top + 1, last + 1):
            rows[at][left] = rows[top][left]
