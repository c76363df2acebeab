"""A file that appears whole and durable, or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from skm.pesan import SkmError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give an empty draft beside `path`; after the block it is on the disk and takes its place.

    Only the owner may read it. A block that fails leaves what was there before; a process that
    dies leaves the draft, never a part under the final name. Raises SkmError
    `cadangan-disk-penuh`, `cadangan-hanya-baca`, `cadangan-tak-tertulis`.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with told(path):
        try:
            os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            yield draft
            _to_disk(draft, os.O_RDWR)
            draft.replace(path)
            if sys.platform != "win32":  # a folder cannot be opened there
                _to_disk(path.parent, os.O_RDONLY)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise SkmError for what the system refuses while `path` is written inside the block."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise SkmError("cadangan-disk-penuh", folder=path.parent) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise SkmError("cadangan-hanya-baca", berkas=path) from error
        detail = error.strerror or type(error).__name__
        raise SkmError("cadangan-tak-tertulis", berkas=path, rincian=detail) from error


def _to_disk(path: Path, flags: int) -> None:
    opened = os.open(path, flags)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
