"""What an office keeps about a period: people served, closings, texts, follow-up."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from skm.store.schema.base import Serial, WaktuUtc, metadata, only_where
from skm.store.schema.survey import survei_versi

populasi = Table(
    "populasi",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("layanan", Text, primary_key=True),
    Column("jumlah", BigInteger, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""How many people were served, as the operator gave it; '' is the whole unit."""

tutupan = Table(
    "tutupan",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("ke", Integer, primary_key=True, autoincrement=False),
    Column("batas", WaktuUtc, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("isi", LargeBinary, nullable=False),
    Column("jawaban", LargeBinary, nullable=False),
    Column("saran", LargeBinary, nullable=False),
    Column("ditutup", WaktuUtc, nullable=False),
    Column("diterbitkan", WaktuUtc),
    Column("dibuka", WaktuUtc),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""A closed period with all that its figures follow from (`skm.penutupan`), compressed.

One that was reopened stays, with the moment in `dibuka`; the next closing has the next `ke`.
"""

Index(
    "tutupan_berlaku",
    tutupan.c.survei_id,
    tutupan.c.periode,
    unique=True,
    **only_where(tutupan.c.dibuka.is_(None)),
)
"""A period is closed once at a time, also when two people press the button at the same moment."""

peristiwa = Table(
    "peristiwa",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("periode", Text, nullable=False),
    Column("waktu", WaktuUtc, nullable=False),
    Column("jenis", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("keterangan", Text, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
    Index("peristiwa_periode", "survei_id", "periode"),
)
"""What happened to a period: closed, published, withdrawn, reopened and why. Only added to."""

angka_terbit = Table(
    "angka_terbit",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("ikm", Text, nullable=False),
    Column("sumber", Text, nullable=False),
    Column("dicatat", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""IKM that the office published before, typed from the named source; digits as text stay exact."""

narasi = Table(
    "narasi",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("periode", Text, primary_key=True),
    Column("bagian", Text, primary_key=True),
    Column("teks", Text, nullable=False),
    Column("diubah", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""The operator's own paragraphs of a report; a later report begins with the latest ones."""

tindak_lanjut = Table(
    "tindak_lanjut",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("periode", Text, nullable=False),
    Column("unsur", Text, nullable=False),
    Column("layanan", Text, nullable=False),
    Column("kegiatan", Text, nullable=False),
    Column("waktu", Text, nullable=False),
    Column("penanggung_jawab", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("realisasi", Text, nullable=False),
    Column("bukti", Text, nullable=False),
    Column("hambatan", Text, nullable=False),
    Column("dibuat", WaktuUtc, nullable=False),
    Column("diubah", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
    Index("tindak_lanjut_periode", "survei_id", "periode"),
)
"""What the office does about a weak unsur of a period; layanan '' is the whole unit."""

entri_ganda = Table(
    "entri_ganda",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("sesi", Text, primary_key=True),
    Column("lembar", BigInteger, nullable=False),
    Column("isian", BigInteger, nullable=False),
    Column("berbeda", BigInteger, nullable=False),
    Column("waktu", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
)
"""The last double entry of a sitting: sheets and fields compared, and fields that differed."""

susutan = Table(
    "susutan",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("periode", Text, nullable=False),
    Column("waktu", WaktuUtc, nullable=False),
    Column("jawaban", BigInteger, nullable=False),
    Column("isi", Text, nullable=False),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
    Index("susutan_periode", "survei_id", "periode"),
)
"""Answers that were deleted because their time was over: how many, and in `isi` what they count in
the recaps and at the placements, so that `check_recap` still proves every count. Only added to."""

MILIK_PERIODE: tuple[Table, ...] = (
    populasi, tutupan, peristiwa, angka_terbit, narasi, tindak_lanjut, entri_ganda, susutan,
    survei_versi,
)  # fmt: skip
"""What a survey has beside its answers; it goes with the survey."""
