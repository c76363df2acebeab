"""Step 8 of the tables: recaps by layanan alone and by titik alone.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_MARKS = ("pertanyaan", ("n1", "n2", "n3", "n4"))
_PEOPLE = ("terisi", ("responden", "jumlah", "kuadrat"))
_TABLES = (
    ("rekap_jawaban", "layanan", *_MARKS),
    ("rekap_jawaban", "titik", *_MARKS),
    ("rekap_responden", "layanan", *_PEOPLE),
    ("rekap_responden", "titik", *_PEOPLE),
)


def apply(conn: Connection) -> None:
    """Add the tables and fill them from the recaps that they sum."""
    for source, place, last, counts in _TABLES:
        _make(conn, f"{source}_{place}", place, last, counts)
        _fill(conn, source, place, last, counts)


def _make(conn: Connection, name: str, place: str, last: str, counts: tuple[str, ...]) -> None:
    columns = ", ".join(f"{count} BIGINT NOT NULL" for count in counts)
    end = "WITHOUT ROWID" if conn.dialect.name == "sqlite" else ""
    conn.execute(
        text(
            f"CREATE TABLE {name} (survei_id TEXT NOT NULL, kuesioner_versi TEXT NOT NULL,"
            f" periode TEXT NOT NULL, {place} TEXT NOT NULL, {last} INTEGER NOT NULL,"
            f" kanal TEXT NOT NULL, {columns},"
            f" PRIMARY KEY (survei_id, kuesioner_versi, periode, {place}, {last}, kanal),"
            f" FOREIGN KEY (survei_id) REFERENCES survei (id)) {end}"
        )
    )


def _fill(conn: Connection, source: str, place: str, last: str, counts: tuple[str, ...]) -> None:
    keys = f"survei_id, kuesioner_versi, periode, {place}, {last}, kanal"
    sums = ", ".join(f"SUM({count})" for count in counts)
    query = f"SELECT {keys}, {sums} FROM {source} GROUP BY {keys}"  # noqa: S608 - names of this file
    conn.execute(text(f"INSERT INTO {source}_{place} ({keys}, {', '.join(counts)}) {query}"))
