"""Keys that the nodes of one database share, made when they are first asked for."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert, select

from skm.store.engine import insert_new
from skm.store.schema import rahasia

BYTES = 32


def shared_key(conn: Connection, nama: str) -> bytes:
    """Return the key called `nama`, the same for every node and after every restart."""
    made = {"nama": nama, "isi": secrets.token_hex(BYTES)}
    conn.execute(insert_new(conn.dialect.name, rahasia), made)
    stored: str = conn.execute(select(rahasia.c.isi).where(rahasia.c.nama == nama)).scalar_one()
    return bytes.fromhex(stored)


def set_value(conn: Connection, nama: str, isi: str) -> None:
    """Keep a text under `nama`, in place of an earlier one."""
    conn.execute(delete(rahasia).where(rahasia.c.nama == nama))
    conn.execute(insert(rahasia), {"nama": nama, "isi": isi})


def value_of(conn: Connection, nama: str) -> str | None:
    """Return the text kept under `nama`."""
    return conn.execute(select(rahasia.c.isi).where(rahasia.c.nama == nama)).scalar()


def take_value(conn: Connection, nama: str) -> str | None:
    """Return the text kept under `nama` and forget it: of two who ask at once one gets it."""
    query = delete(rahasia).where(rahasia.c.nama == nama).returning(rahasia.c.isi)
    return conn.execute(query).scalar()
