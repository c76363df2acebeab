"""Keys that the nodes of one database share, made when they are first asked for."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, select

from skm.store.engine import insert_new
from skm.store.schema import rahasia

BYTES = 32


def shared_key(conn: Connection, nama: str) -> bytes:
    """Return the key called `nama`, the same for every node and after every restart."""
    made = {"nama": nama, "isi": secrets.token_hex(BYTES)}
    conn.execute(insert_new(conn.dialect.name, rahasia), made)
    stored: str = conn.execute(select(rahasia.c.isi).where(rahasia.c.nama == nama)).scalar_one()
    return bytes.fromhex(stored)
