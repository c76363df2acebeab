"""The cells of a workbook, read by calamine. Also a program of its own, see `isolated.py`.

As a program it takes a workbook on standard input and pickles its tables to standard output; it
imports nothing of this project, so that it starts at once.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Sequence
from typing import Any

import python_calamine as calamine

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]
Table = tuple[str, list[list[Any]], Merged]

MEMORY = 4 * 1024**3
"""The address space that the program may take, where the system can limit it."""
LOCKED, BROKEN = 3, 4
"""What the program exits with for a password, and for anything that it cannot read."""


def read_tables(isi: bytes) -> list[Table]:
    """Return (name, rows from row 1 on, merged ranges) of each visible sheet.

    Raises calamine.CalamineError, its PasswordError, or a panic of the Rust library.
    """
    tables: list[Table] = []
    with calamine.load_workbook(io.BytesIO(isi)) as book:
        for meta in book.sheets_metadata:
            if (
                meta.typ == calamine.SheetTypeEnum.WorkSheet
                and meta.visible == calamine.SheetVisibleEnum.Visible
            ):
                sheet = book.get_sheet_by_name(meta.name)
                rows = sheet.to_python(skip_empty_area=False)
                tables.append((meta.name, rows, sheet.merged_cell_ranges or []))
    return tables


def main() -> None:
    """Read one workbook from standard input."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass
    try:
        tables = read_tables(sys.stdin.buffer.read())
    except calamine.PasswordError:
        sys.exit(LOCKED)
    except BaseException:
        sys.exit(BROKEN)
    pickle.dump(tables, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
