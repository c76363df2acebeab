"""Step 9 of the tables: recaps with all questions of a place side by side.

Written out, because a step stays as it was released while `schema.py` goes on.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_BLOK = 9
_NILAI = {
    "jumlah": "n1 + 2 * n2 + 3 * n3 + 4 * n4",
    "terisi": "n1 + n2 + n3 + n4",
    "satu": "n1",
    "dua": "n2",
}
_COUNTS = ("responden", *(f"{name}{ke}" for name in _NILAI for ke in range(_BLOK)))
_PLACES = ("layanan", "titik")
_SAME = "survei_id, kuesioner_versi, periode, layanan, titik, kanal"


def apply(conn: Connection) -> None:
    """Add the tables, fill them from the recaps that they repeat, and drop what they replace."""
    _make(conn, "rekap_tempat", _PLACES)
    marks = ", ".join(
        f"SUM(CASE WHEN ke = {ke} THEN {value} ELSE 0 END)"
        for value in _NILAI.values()
        for ke in range(_BLOK)
    )
    both = (
        f"SELECT {_SAME}, pertanyaan / {_BLOK} AS blok, pertanyaan % {_BLOK} AS ke,"  # noqa: S608 - names of this file
        " 0 AS responden, n1, n2, n3, n4 FROM rekap_jawaban UNION ALL"
        f" SELECT {_SAME}, 0, 0, responden, 0, 0, 0, 0 FROM rekap_responden"
    )
    _fill(conn, "rekap_tempat", _PLACES, f"SUM(responden), {marks}", f"({both}) AS semua")
    sums = ", ".join(f"SUM({name})" for name in _COUNTS)
    for place in _PLACES:
        _make(conn, f"rekap_tempat_{place}", (place,))
        _fill(conn, f"rekap_tempat_{place}", (place,), sums, "rekap_tempat")
        conn.execute(text(f"DROP TABLE rekap_jawaban_{place}"))


def _keys(places: tuple[str, ...]) -> str:
    return ", ".join(("survei_id", "periode", *places, "kuesioner_versi", "blok", "kanal"))


def _make(conn: Connection, name: str, places: tuple[str, ...]) -> None:
    texts = "".join(f"{place} TEXT NOT NULL, " for place in places)
    counts = ", ".join(f"{count} BIGINT NOT NULL" for count in _COUNTS)
    end = "WITHOUT ROWID" if conn.dialect.name == "sqlite" else ""
    conn.execute(
        text(
            f"CREATE TABLE {name} (survei_id TEXT NOT NULL, periode TEXT NOT NULL, {texts}"
            " kuesioner_versi TEXT NOT NULL, blok INTEGER NOT NULL, kanal TEXT NOT NULL,"
            f" {counts}, PRIMARY KEY ({_keys(places)}),"
            f" FOREIGN KEY (survei_id) REFERENCES survei (id)) {end}"
        )
    )


def _fill(conn: Connection, name: str, places: tuple[str, ...], sums: str, source: str) -> None:
    keys = _keys(places)
    query = f"SELECT {keys}, {sums} FROM {source} GROUP BY {keys}"  # noqa: S608 - names of this file
    conn.execute(text(f"INSERT INTO {name} ({keys}, {', '.join(_COUNTS)}) {query}"))
