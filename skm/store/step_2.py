"""Step 2 of the tables: placements, receipts, exclusions, daily counts, people served.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Text, column, insert, select, table, text

from skm.periode import find_zone
from skm.store.schema import WaktuUtc

_STATEMENTS = (
    "ALTER TABLE batch ADD COLUMN tautan TEXT",
    "ALTER TABLE batch ADD COLUMN sesi TEXT",
    "CREATE INDEX batch_sesi ON batch (sesi) WHERE sesi IS NOT NULL",
    "ALTER TABLE jawaban ADD COLUMN id_kirim TEXT",
    "ALTER TABLE jawaban ADD COLUMN tautan TEXT",
    "ALTER TABLE jawaban ADD COLUMN tanda TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE jawaban ADD COLUMN detik INTEGER",
    "ALTER TABLE jawaban ADD COLUMN dikecualikan TEXT",
    "CREATE INDEX jawaban_kirim ON jawaban (id_kirim) WHERE id_kirim IS NOT NULL",
    "CREATE INDEX jawaban_tautan ON jawaban (tautan) WHERE tautan IS NOT NULL",
    "CREATE INDEX jawaban_terlihat ON jawaban (survei_id, periode)"
    " WHERE tanda != '' OR dikecualikan IS NOT NULL",
    """
    CREATE TABLE tautan (
        kode TEXT NOT NULL,
        survei_id TEXT NOT NULL,
        titik TEXT,
        layanan TEXT,
        kanal TEXT NOT NULL,
        nama TEXT NOT NULL,
        aktif BOOLEAN NOT NULL,
        dibuat {waktu} NOT NULL,
        dilihat BIGINT NOT NULL,
        dimulai BIGINT NOT NULL,
        dikirim BIGINT NOT NULL,
        tertutup BIGINT NOT NULL,
        PRIMARY KEY (kode),
        FOREIGN KEY (survei_id) REFERENCES survei (id)
    )
    """,
    "CREATE INDEX tautan_survei ON tautan (survei_id)",
    """
    CREATE TABLE resi (
        survei_id TEXT NOT NULL,
        id_kirim TEXT NOT NULL,
        tanggapan TEXT NOT NULL,
        waktu {waktu} NOT NULL,
        PRIMARY KEY (survei_id, id_kirim)
    ) {without_rowid}
    """,
    """
    CREATE TABLE rahasia (
        nama TEXT NOT NULL,
        isi TEXT NOT NULL,
        PRIMARY KEY (nama)
    )
    """,
    """
    CREATE TABLE populasi (
        survei_id TEXT NOT NULL,
        periode TEXT NOT NULL,
        layanan TEXT NOT NULL,
        jumlah BIGINT NOT NULL,
        PRIMARY KEY (survei_id, periode, layanan),
        FOREIGN KEY (survei_id) REFERENCES survei (id)
    )
    """,
    """
    CREATE TABLE rekap_hari (
        survei_id TEXT NOT NULL,
        hari TEXT NOT NULL,
        titik TEXT NOT NULL,
        layanan TEXT NOT NULL,
        kanal TEXT NOT NULL,
        n BIGINT NOT NULL,
        PRIMARY KEY (survei_id, hari, titik, layanan, kanal),
        FOREIGN KEY (survei_id) REFERENCES survei (id)
    ) {without_rowid}
    """,
)

_WORDS = {
    "sqlite": {"waktu": "DATETIME", "without_rowid": "WITHOUT ROWID"},
    "postgresql": {"waktu": "TIMESTAMP WITH TIME ZONE", "without_rowid": ""},
}

_PLACE = ("titik", "layanan", "kanal")
_survei = table("survei", column("id", Text), column("berkas", Text))
_jawaban = table(
    "jawaban",
    column("survei_id", Text),
    column("waktu", WaktuUtc),
    *(column(name, Text) for name in _PLACE),
)
_rekap_hari = table("rekap_hari", *(column(name) for name in ("survei_id", "hari", *_PLACE, "n")))
_CHUNK = 2_000


def apply(conn: Connection) -> None:
    """Add the tables and columns, and count the days of the answers that are there."""
    words = _WORDS[conn.dialect.name]
    for statement in _STATEMENTS:
        conn.execute(text(statement.format(**words)))
    for survei_id, berkas in conn.execute(select(_survei.c.id, _survei.c.berkas)).all():
        zone = find_zone(tomllib.loads(berkas).get("zona_waktu", "WIB"))
        _count_days(conn, survei_id, zone)


def _count_days(conn: Connection, survei_id: str, zone: ZoneInfo) -> None:
    places = [_jawaban.c[name] for name in _PLACE]
    query = (
        select(_jawaban.c.waktu, *places)
        .where(_jawaban.c.survei_id == survei_id, _jawaban.c.waktu.is_not(None))
        .execution_options(yield_per=_CHUNK)
    )
    with conn.execute(query) as rows:
        counts = Counter(
            (waktu.astimezone(zone).date().isoformat(), *place) for waktu, *place in rows
        )
    found = [
        {"survei_id": survei_id, "hari": hari, **dict(zip(_PLACE, place, strict=True)), "n": n}
        for (hari, *place), n in sorted(counts.items())
    ]
    for start in range(0, len(found), _CHUNK):
        conn.execute(insert(_rekap_hari), found[start : start + _CHUNK])
