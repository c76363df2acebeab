"""Reading and writing a person's files, every refusal of the system as one sentence."""

from __future__ import annotations

import errno
import glob
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from skm.cli.suggest import did_you_mean
from skm.pesan import SkmError

STDIN = "-"
MAX_READ = 20 * 1024 * 1024 + 1
"""One byte past the intake's limit: a larger file is refused there without being read whole."""


def expand(patterns: Iterable[str]) -> list[Path]:
    """Return the files that the arguments name. cmd and PowerShell leave `*.csv` to the program.

    Raises SkmError `berkas-pola-kosong`.
    """
    found: list[Path] = []
    for pattern in patterns:
        if pattern == STDIN or not glob.has_magic(pattern) or Path(pattern).exists():
            found.append(Path(pattern))
            continue
        matches = sorted(glob.glob(pattern))  # noqa: PTH207 - a pattern may be absolute
        if not matches:
            raise SkmError("berkas-pola-kosong", berkas=pattern)
        found += [Path(m) for m in matches]
    return found


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, or those of standard input for "-". Raises SkmError."""
    if str(path) == STDIN:
        if sys.stdin is None or sys.stdin.isatty():
            raise SkmError("masukan-terminal")
        return sys.stdin.buffer.read(MAX_READ)
    with _translate(path), path.open("rb") as stream:
        return stream.read(MAX_READ)


def check_target(path: Path, suffixes: tuple[str, ...], *, overwrite: bool) -> None:
    """Refuse a file name that must not be written, before any work is done. Raises SkmError."""
    if path.suffix.lower() not in suffixes:
        raise SkmError("berkas-akhiran", berkas=path, pilihan=" atau ".join(suffixes))
    if path.is_dir():
        raise SkmError("berkas-folder", berkas=path)
    if path.exists() and not overwrite:
        raise SkmError("berkas-sudah-ada", berkas=path)
    if not path.parent.is_dir():
        raise SkmError("folder-tak-ada", folder=path.parent)


def write_bytes(path: Path, isi: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then into it. Raises SkmError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with _translate(path, writing=True):
            draft.write_bytes(isi)
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _translate(path: Path, *, writing: bool = False) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SkmError("berkas-tak-ada", berkas=path, usul=_near(path)) from error
    except PermissionError as error:
        # Windows refuses to open a folder with the same error as a locked file.
        kode = "berkas-folder" if path.is_dir() else "berkas-izin"
        raise SkmError(kode, berkas=path) from error
    except IsADirectoryError as error:
        raise SkmError("berkas-folder", berkas=path) from error
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise SkmError("disk-penuh-keluaran") from error
        if writing:
            detail = getattr(error, "strerror", None) or type(error).__name__
            raise SkmError("berkas-tak-tertulis", berkas=path, rincian=detail) from error
        raise SkmError("berkas-tak-terbaca", berkas=path) from error


def _near(path: Path) -> str:
    try:
        names = [p.name for p in path.parent.iterdir() if p.is_file()]
    except OSError:
        return ""
    return did_you_mean(path.name, names)
