"""Accounts, who is signed in, and the trail of what they did."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
)

from skm.store.schema.base import WaktuUtc, metadata, only_where

akun = Table(
    "akun",
    metadata,
    Column("id", Text, primary_key=True),
    Column("nama", Text, nullable=False),
    Column("sandi", Text, nullable=False),
    Column("peran", Text, nullable=False),
    Column("batas", Text, nullable=False),
    Column("aktif", Boolean, nullable=False),
    Column("kode_rahasia", Text, nullable=False),
    Column("kode_terakhir", BigInteger, nullable=False),
    Column("luar", Text, nullable=False),
    Column("dibuat", WaktuUtc, nullable=False),
    Column("sandi_diganti", WaktuUtc, nullable=False),
    Index("akun_nama", "nama", unique=True),
)
"""Who may work with the program. `sandi` is an argon2id hash, '' for one that signs in elsewhere
only; `peran` are roles joined by commas, `batas` JSON; `kode_terakhir` is the last step of the
authenticator that was used; `luar` is the person at the office's own sign-in, as
`skm.luar.NamaLuar` writes it."""

Index("akun_luar", akun.c.luar, unique=True, **only_where(akun.c.luar != ""))

sesi_masuk = Table(
    "sesi_masuk",
    metadata,
    Column("sidik", Text, primary_key=True),
    Column("akun_id", Text, nullable=False),
    Column("dibuat", WaktuUtc, nullable=False),
    Column("terakhir", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["akun_id"], ["akun.id"]),
    Index("sesi_masuk_akun", "akun_id"),
)
"""Browsers that are signed in, by the SHA-256 of their token. No backup holds them."""

jejak = Table(
    "jejak",
    metadata,
    Column("nomor", BigInteger, primary_key=True, autoincrement=False),
    Column("waktu", WaktuUtc, nullable=False),
    Column("pelaku", Text, nullable=False),
    Column("tindakan", Text, nullable=False),
    Column("survei_id", Text, nullable=False),
    Column("objek", Text, nullable=False),
    Column("sebelum", Text, nullable=False),
    Column("sesudah", Text, nullable=False),
    Column("segel", Text, nullable=False),
    Index("jejak_survei", "survei_id", "nomor"),
)
"""The audit trail (`skm.akun.jejak`), numbered from 1 without a gap. Only added to. Without a
foreign key: it outlives the survey that it speaks of."""

TAK_DICADANGKAN = frozenset({sesi_masuk.name})
"""Tables that a backup leaves out: who is signed in now is nobody's business later."""


def lasting_tables() -> list[Table]:
    """Return the tables that a backup holds, those that others point at first."""
    return [table for table in metadata.sorted_tables if table.name not in TAK_DICADANGKAN]
