"""Surveys, their files and their questionnaires."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    Text,
)

from skm.store.schema.base import WaktuUtc, metadata

survei = Table(
    "survei",
    metadata,
    Column("id", Text, primary_key=True),
    Column("judul", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("berkas", Text, nullable=False),
    Column("contoh", Boolean, nullable=False),
    Column("kuesioner_versi", Text, nullable=False),
    Column("versi_data", BigInteger, nullable=False),
    Column("dibuat", WaktuUtc, nullable=False),
    Column("sidik_berkas", Text),
)
"""`sidik_berkas` is the SHA-256 of the file in the folder of surveys that was last taken or passed
over; '' where there never was one, NULL where `berkas` itself is that file."""

survei_dihapus = Table(
    "survei_dihapus",
    metadata,
    Column("id", Text, primary_key=True),
    Column("waktu", WaktuUtc, nullable=False),
)

rahasia = Table(
    "rahasia",
    metadata,
    Column("nama", Text, primary_key=True),
    Column("isi", Text, nullable=False),
)
"""Keys that all nodes of one database share, as hexadecimal text."""

kuesioner = Table(
    "kuesioner",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("versi", Text, primary_key=True),
    Column("isi", Text, nullable=False),
    Column("sidik", Text, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)

survei_versi = Table(
    "survei_versi",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("nomor", Integer, primary_key=True, autoincrement=False),
    Column("waktu", WaktuUtc, nullable=False),
    Column("asal", Text, nullable=False),
    Column("ringkasan", Text, nullable=False),
    Column("berkas", Text, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""Every text that the survey's file ever had, numbered from 1, and what changed. Only added to."""
