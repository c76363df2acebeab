"""Step 11 of the tables: the recap of single questions goes.

All that it told stands in `rekap_tempat` since step 9; nothing reads it any more, and it was nine
of the twenty rows that an answer counts in.
"""

from __future__ import annotations

from sqlalchemy import Connection, text


def apply(conn: Connection) -> None:
    """Drop the table."""
    conn.execute(text("DROP TABLE rekap_jawaban"))
