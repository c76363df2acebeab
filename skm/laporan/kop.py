"""The office's letterhead: one Word file in the data folder, checked before it is kept."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

NAMA = "kop.docx"


def read_kop(data: Path) -> bytes | None:
    """Return the letterhead kept in the data folder; None where the office has none."""
    try:
        return (data / NAMA).read_bytes()
    except FileNotFoundError:
        return None


def save_kop(data: Path, content: bytes) -> None:
    """Keep a letterhead in place of the one before, whole or not at all.

    Raises SkmError `kop-terlalu-besar`, `kop-tak-terbaca`, `kop-menaut-luar`.
    """
    from skm.report.docx.kop import open_kop  # Word files are opened here and nowhere else

    open_kop(content)
    data.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=data, delete=False) as file:
        written = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            written.unlink()
            raise
    written.replace(data / NAMA)


def remove_kop(data: Path) -> None:
    """Forget the letterhead."""
    (data / NAMA).unlink(missing_ok=True)
