"""Step 7 of the tables: the history of survey files, and which file was loaded last.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    "ALTER TABLE survei ADD COLUMN sidik_berkas TEXT",
    """
    CREATE TABLE survei_versi (
        survei_id TEXT NOT NULL,
        nomor INTEGER NOT NULL,
        waktu {waktu} NOT NULL,
        asal TEXT NOT NULL,
        ringkasan TEXT NOT NULL,
        berkas TEXT NOT NULL,
        PRIMARY KEY (survei_id, nomor),
        FOREIGN KEY (survei_id) REFERENCES survei (id)
    )
    """,
)

_WORDS = {
    "sqlite": {"waktu": "DATETIME"},
    "postgresql": {"waktu": "TIMESTAMP WITH TIME ZONE"},
}


def apply(conn: Connection) -> None:
    """Add the column and the table."""
    words = _WORDS[conn.dialect.name]
    for statement in _STATEMENTS:
        conn.execute(text(statement.format(**words)))
