"""Answers, the batches and placements they came in by, their receipts, and replies to remarks."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    and_,
    or_,
)

from skm.store.schema.base import Serial, WaktuUtc, metadata, only_where

HITUNGAN = ("dilihat", "dimulai", "dikirim", "tertutup")
"""What is counted per tautan: views, starts, stored answers, visits while it was closed."""

batch = Table(
    "batch",
    metadata,
    Column("id", Text, primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("kuesioner_versi", Text, nullable=False),
    Column("nama_berkas", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("kanal", Text, nullable=False),
    Column("waktu", WaktuUtc, nullable=False),
    Column("diterima", BigInteger, nullable=False),
    Column("ditolak", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("dibatalkan", WaktuUtc),
    Column("tautan", Text),
    Column("sesi", Text),
    CheckConstraint("status IN ('aktif', 'batal')", name="batch_status"),
    ForeignKeyConstraint(
        ["survei_id", "kuesioner_versi"], ["kuesioner.survei_id", "kuesioner.versi"]
    ),
    Index("batch_survei", "survei_id", "waktu"),
)
"""`tautan` or `sesi` names where a standing batch gets its answers from, one at a time."""

Index(
    "batch_berkas",
    batch.c.survei_id,
    batch.c.sha256,
    unique=True,
    **only_where(and_(batch.c.status == "aktif", batch.c.sha256 != "")),
)
"""A file counts once, also when two people upload it at the same moment."""

Index("batch_sesi", batch.c.sesi, **only_where(batch.c.sesi.is_not(None)))

jawaban = Table(
    "jawaban",
    metadata,
    Column("id", Serial, Identity(), primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("kuesioner_versi", Text, nullable=False),
    Column("batch_id", Text, nullable=False),
    Column("periode", Text, nullable=False),
    Column("waktu", WaktuUtc),
    Column("layanan", Text, nullable=False),
    Column("titik", Text, nullable=False),
    Column("kanal", Text, nullable=False),
    Column("nilai", Text, nullable=False),
    Column("profil", Text, nullable=False),
    Column("saran", Text),
    Column("identitas", Text),
    Column("sidik", Text, nullable=False),
    Column("id_kirim", Text),
    Column("tautan", Text),
    Column("tanda", Text, nullable=False, server_default=""),
    Column("detik", Integer),
    Column("dikecualikan", Text),
    ForeignKeyConstraint(["batch_id"], ["batch.id"]),
    Index("jawaban_sidik", "survei_id", "sidik"),
    Index("jawaban_periode", "survei_id", "periode"),
    Index("jawaban_batch", "batch_id"),
)
"""`tanda` holds marks in order, joined by commas. `dikecualikan` is the reason why an answer is
kept but not counted; NULL means that it counts."""

Index("jawaban_kirim", jawaban.c.id_kirim, **only_where(jawaban.c.id_kirim.is_not(None)))
Index("jawaban_tautan", jawaban.c.tautan, **only_where(jawaban.c.tautan.is_not(None)))

Index(
    "jawaban_saran",
    jawaban.c.survei_id,
    jawaban.c.periode,
    **only_where(jawaban.c.saran.is_not(None)),
)

terlihat = or_(jawaban.c.tanda != "", jawaban.c.dikecualikan.is_not(None))
"""Answers that somebody should look at, or has; few, so they have an index of their own."""

Index("jawaban_terlihat", jawaban.c.survei_id, jawaban.c.periode, **only_where(terlihat))

tautan = Table(
    "tautan",
    metadata,
    Column("kode", Text, primary_key=True),
    Column("survei_id", Text, nullable=False),
    Column("titik", Text),
    Column("layanan", Text),
    Column("kanal", Text, nullable=False),
    Column("nama", Text, nullable=False),
    Column("aktif", Boolean, nullable=False),
    Column("dibuat", WaktuUtc, nullable=False),
    *(Column(name, BigInteger, nullable=False) for name in HITUNGAN),
    Column("terakhir", WaktuUtc),
    ForeignKeyConstraint(["survei_id"], ["survei.id"]),
    Index("tautan_survei", "survei_id"),
)
"""`terakhir` is when its last answer was given."""

resi = Table(
    "resi",
    metadata,
    Column("survei_id", Text, primary_key=True),
    Column("id_kirim", Text, primary_key=True),
    Column("tanggapan", Text, nullable=False),
    Column("waktu", WaktuUtc, nullable=False),
    sqlite_with_rowid=False,
)
"""The receipts: an `id_kirim` that is here has been stored once and is never stored again.

Without a foreign key: a receipt is the first row that a submission writes, before it looks at
the survey, and a survey that went meanwhile is then an answer that can be told, not a fault.
"""

tanggapan_saran = Table(
    "tanggapan_saran",
    metadata,
    Column("jawaban_id", Serial, primary_key=True, autoincrement=False),
    Column("survei_id", Text, nullable=False),
    Column("sidik_kode", Text),
    Column("status", Text, nullable=False),
    Column("balasan", Text, nullable=False),
    Column("dibalas", WaktuUtc),
    Column("diubah", WaktuUtc, nullable=False),
    ForeignKeyConstraint(["jawaban_id"], ["jawaban.id"], ondelete="CASCADE"),
    Index("tanggapan_saran_survei", "survei_id"),
)
"""What became of a remark; one without a row is new. `sidik_kode` is the hash of the code by which
its writer reads the reply. It goes with its answer, whoever deletes that: SQLite gives the number
of a deleted answer to a later one, which must not inherit a reply."""

Index(
    "tanggapan_saran_kode",
    tanggapan_saran.c.sidik_kode,
    unique=True,
    **only_where(tanggapan_saran.c.sidik_kode.is_not(None)),
)
