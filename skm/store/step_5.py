"""Step 5 of the tables: accounts, who is signed in, and the audit trail.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_STATEMENTS = (
    """
    CREATE TABLE akun (
        id TEXT NOT NULL,
        nama TEXT NOT NULL,
        sandi TEXT NOT NULL,
        peran TEXT NOT NULL,
        batas TEXT NOT NULL,
        aktif BOOLEAN NOT NULL,
        kode_rahasia TEXT NOT NULL,
        kode_terakhir BIGINT NOT NULL,
        luar TEXT NOT NULL,
        dibuat {waktu} NOT NULL,
        sandi_diganti {waktu} NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE UNIQUE INDEX akun_nama ON akun (nama)",
    "CREATE UNIQUE INDEX akun_luar ON akun (luar) WHERE luar != ''",
    """
    CREATE TABLE sesi_masuk (
        sidik TEXT NOT NULL,
        akun_id TEXT NOT NULL,
        dibuat {waktu} NOT NULL,
        terakhir {waktu} NOT NULL,
        PRIMARY KEY (sidik),
        FOREIGN KEY (akun_id) REFERENCES akun (id)
    )
    """,
    "CREATE INDEX sesi_masuk_akun ON sesi_masuk (akun_id)",
    """
    CREATE TABLE jejak (
        nomor BIGINT NOT NULL,
        waktu {waktu} NOT NULL,
        pelaku TEXT NOT NULL,
        tindakan TEXT NOT NULL,
        survei_id TEXT NOT NULL,
        objek TEXT NOT NULL,
        sebelum TEXT NOT NULL,
        sesudah TEXT NOT NULL,
        segel TEXT NOT NULL,
        PRIMARY KEY (nomor)
    )
    """,
    "CREATE INDEX jejak_survei ON jejak (survei_id, nomor)",
)

_WORDS = {
    "sqlite": {"waktu": "DATETIME"},
    "postgresql": {"waktu": "TIMESTAMP WITH TIME ZONE"},
}


def apply(conn: Connection) -> None:
    """Add the tables."""
    words = _WORDS[conn.dialect.name]
    for statement in _STATEMENTS:
        conn.execute(text(statement.format(**words)))
