"""What SQLite is told about the indexes of the answers, so that it takes the same ones everywhere.

Without statistics SQLite holds all indexes that begin with the same column to be equally good and
takes the one that was made last; in which order a new database makes them differs from one to the
next. Counted statistics would change plans on an office as it grows. These are therefore fixed:
those of a million answers in a few surveys, one in ten with a remark, one in a thousand to look at.
The way is SQLite's own: https://www.sqlite.org/optoverview.html, "Manual control of query plans
using SQLITE_STAT tables". PostgreSQL counts its own.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_JAWABAN = (
    (None, "1000000"),
    ("jawaban_sidik", "1000000 200000 1"),
    ("jawaban_periode", "1000000 100000 20000"),
    ("jawaban_batch", "1000000 1000"),
    ("jawaban_kirim", "500000 1"),
    ("jawaban_tautan", "500000 2000"),
    ("jawaban_saran", "100000 10000 2000"),
    ("jawaban_terlihat", "1000 100 20"),
)
"""An index, its rows, and how many of them have the same first column, first two, and so on.

The first column of `jawaban_sidik` is said to be a worse choice than it is: both are the survey,
but only `jawaban_periode` gives the answers of one in the order they came in.
"""


def fix_statistics(conn: Connection) -> None:
    """Set the statistics of an SQLite database; nothing where they are counted."""
    if conn.dialect.name != "sqlite":
        return
    # Of the table of tables: makes `sqlite_stat1`, and afterwards reads it.
    conn.execute(text("ANALYZE sqlite_master"))
    conn.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = 'jawaban'"))
    conn.execute(
        text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('jawaban', :idx, :stat)"),
        [{"idx": idx, "stat": stat} for idx, stat in _JAWABAN],
    )
    conn.execute(text("ANALYZE sqlite_master"))
