"""Read an XLS in a process of its own.

The old binary format says in many places how much memory to take, and the reader believes it: a
damaged file ends the process. So it ends a process that serves nobody else.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from skm.intake import tables

SECONDS = 60


class LockedError(Exception):
    """The workbook is under a password."""


class BrokenError(Exception):
    """The workbook could not be read."""


def read_tables_apart(isi: bytes) -> list[tables.Table]:
    """Return what `read_tables` returns. Raises LockedError, BrokenError."""
    program = str(Path(tables.__file__).resolve())
    try:
        done = subprocess.run(  # noqa: S603 (our own file, no shell, the upload only as input)
            [sys.executable, "-P", program],
            input=isi,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise BrokenError from error
    if done.returncode == tables.LOCKED:
        raise LockedError
    if done.returncode:
        raise BrokenError
    found: list[tables.Table] = pickle.loads(done.stdout)  # noqa: S301 (written by our program)
    return found
