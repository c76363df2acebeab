"""ZIP entries whose bytes depend on their content alone."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def add_entry(archive: ZipFile, name: str, content: bytes) -> None:
    """Add a file without a date or the rights of this computer."""
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
