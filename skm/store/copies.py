"""The daily copies of a folder: one a day, and older ones ever farther apart."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from skm.store.whole_file import told

HARIAN, MINGGUAN, BULANAN = 7, 4, 6
"""How many days, weeks and months keep their last copy."""

_NAME = re.compile(r"skm-(\d{8})\.zip")
_DRAFT = re.compile(r"\.skm-\d{8}\.zip\.\d+\.tmp")
_LOCK = ".kunci"


def copy_name(hari: date) -> str:
    """Return the file name of a day's copy: skm-20261126.zip."""
    return f"skm-{hari:%Y%m%d}.zip"


def list_copies(folder: Path) -> dict[date, Path]:
    """Return the copies in a folder by their day; no other file is ever looked at."""
    found = {}
    for path in folder.glob("skm-*.zip"):
        if (match := _NAME.fullmatch(path.name)) and (hari := _day(match[1])):
            found[hari] = path
    return found


def days_kept(hari: Collection[date]) -> frozenset[date]:
    """Return which copies stay: of the last 7 days, 4 weeks and 6 months that have any."""
    newest = sorted(hari, reverse=True)
    weeks = {h.isocalendar()[:2]: h for h in sorted(hari)}
    months = {(h.year, h.month): h for h in sorted(hari)}
    return frozenset(
        [
            *newest[:HARIAN],
            *sorted(weeks.values(), reverse=True)[:MINGGUAN],
            *sorted(months.values(), reverse=True)[:BULANAN],
        ]
    )


def make_copy(
    engine: Engine,
    folder: Path,
    hari: date,
    kemajuan: Callable[[int], None] | None = None,
    *,
    anew: bool = False,
) -> Path | None:
    """Write the copy of a day and remove those that need not stay; return its path.

    None where the day has its copy, or another process is writing it now. With `anew` a copy that
    the day has already gives way to one of this moment. Raises as `write_backup`.
    """
    from skm.store.backup import write_backup  # most starts find the day's copy made

    path = folder / copy_name(hari)
    if path.exists() and not anew:
        return None
    with told(path):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder / _LOCK) as alone:
        if not alone or (path.exists() and not anew):
            return None
        _remove(p for p in folder.iterdir() if _DRAFT.fullmatch(p.name))
        write_backup(engine, path, kemajuan)
        copies = list_copies(folder)
        _remove(copies[h] for h in copies.keys() - days_kept(copies))
    return path


def _remove(paths: Iterator[Path]) -> None:
    for path in list(paths):
        with told(path):
            path.unlink(missing_ok=True)


def _day(digits: str) -> date | None:
    try:
        return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a name, not a moment
    except ValueError:
        return None


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Tell whether this process is the only one here; the system frees the lock of a dead one."""
    with told(path):
        opened = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            yield _lock(opened)
        finally:
            os.close(opened)


def _lock(opened: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the latter is how Windows says "taken"
        return False
    return True
