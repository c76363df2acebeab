"""A closed period as one ZIP that can be carried to whoever wants to check it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from skm.penutupan.kumpulan import JAWABAN, SARAN, closing_content
from skm.penutupan.resmi import Beku
from skm.pesan import SkmError, message
from skm.store import Store
from skm.zip_pasti import add_entry

ISI, SIDIK, PETUNJUK = "arsip.json", "arsip.sha256", "BACA-SAYA.txt"
LARGEST = 1024 * 1024 * 1024
"""Bytes that the files of an archive may unpack to: ten million answers take less."""
_BROKEN = (
    BadZipFile,
    EOFError,
    KeyError,
    LZMAError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
"""What `zipfile` and its packings raise for a file that is damaged or something else."""
_NEEDED = (ISI, SIDIK, JAWABAN)
_KNOWN = (*_NEEDED, SARAN)
"""Remarks are deleted when their time is over; no figure follows from them."""


def write_archive(store: Store, beku: Beku) -> bytes:
    """Return the ZIP of a closed period; the same closing gives the same bytes."""
    known = beku.tutupan
    parts = {ISI: "isi", JAWABAN: "jawaban", SARAN: "saran"}
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            if content := closing_content(store, beku, part):
                add_entry(archive, name, content)
        add_entry(archive, SIDIK, f"{known.sha256}  {ISI}\n".encode())
        note = message("arsip-petunjuk", label=known.periode.label, unit=beku.arsip.survei.unit)
        add_entry(archive, PETUNJUK, f"{note}\n".encode())
    return stream.getvalue()


def archive_name(beku: Beku) -> str:
    """Return the file name of a closed period's ZIP."""
    return f"arsip-{beku.tutupan.survei_id}-{beku.tutupan.periode.kode}.zip"


def read_archive(path: Path) -> dict[str, bytes]:
    """Return an archive's files by name, from its ZIP or from the folder it was unpacked to.

    Raises SkmError `arsip-tak-terbaca`.
    """
    try:
        if path.is_dir():
            names = [name for name in _KNOWN if name in _NEEDED or (path / name).exists()]
            files = {name: (path / name).read_bytes() for name in names}
        else:
            files = _unzip(path)
    except _BROKEN as error:
        raise _unreadable(path, "ada berkas yang kurang atau rusak") from error
    return files


def _unzip(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        names = [name for name in _KNOWN if name in _NEEDED or name in archive.namelist()]
        if sum(archive.getinfo(name).file_size for name in names) > LARGEST:
            raise _unreadable(path, "isinya terlalu besar")
        return {name: archive.read(name) for name in names}


def _unreadable(path: Path, rincian: str) -> SkmError:
    return SkmError("arsip-tak-terbaca", berkas=path.name, rincian=rincian)


def stated_hash(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 that the archive says its content has."""
    return files[SIDIK].decode("ascii", "replace").partition(" ")[0].strip().lower()
