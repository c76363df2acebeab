"""Step 6 of the tables: what the office made of a remark, and the code to read it with.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    """
    CREATE TABLE tanggapan_saran (
        jawaban_id {nomor} NOT NULL,
        survei_id TEXT NOT NULL,
        sidik_kode TEXT,
        status TEXT NOT NULL,
        balasan TEXT NOT NULL,
        dibalas {waktu},
        diubah {waktu} NOT NULL,
        PRIMARY KEY (jawaban_id),
        FOREIGN KEY (jawaban_id) REFERENCES jawaban (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE UNIQUE INDEX tanggapan_saran_kode ON tanggapan_saran (sidik_kode)
        WHERE sidik_kode IS NOT NULL
    """,
    "CREATE INDEX tanggapan_saran_survei ON tanggapan_saran (survei_id)",
    "CREATE INDEX jawaban_saran ON jawaban (survei_id, periode) WHERE saran IS NOT NULL",
)

_WORDS = {
    "sqlite": {"waktu": "DATETIME", "nomor": "INTEGER"},
    "postgresql": {"waktu": "TIMESTAMP WITH TIME ZONE", "nomor": "BIGINT"},
}


def apply(conn: Connection) -> None:
    """Add the table, and an index of the answers with a remark."""
    words = _WORDS[conn.dialect.name]
    for statement in _STATEMENTS:
        conn.execute(text(statement.format(**words)))
