"""The tables. Every key starts with the survey, so that surveys could live on different servers.

Counts are kept beside the answers (`rekap_*`) and changed in the same transaction; a missing
layanan or titik is '' in every key column, because NULL never equals NULL in an upsert.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
    or_,
)

TANPA = ""
"""The stored form of a missing layanan, titik or profile answer."""


class WaktuUtc(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite has no time zones, so UTC is implied there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment to store. Raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an aware datetime is needed")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401
        """Return the stored moment, aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData()
_Serial = BigInteger().with_variant(Integer(), "sqlite")

HITUNGAN = ("dilihat", "dimulai", "dikirim", "tertutup")
"""What is counted per tautan: views, starts, stored answers, visits while it was closed."""


def _where(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Return the options of an index over some rows only."""
    return {"sqlite_where": condition, "postgresql_where": condition}


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
    **_where(and_(batch.c.status == "aktif", batch.c.sha256 != "")),
)
"""A file counts once, also when two people upload it at the same moment."""

Index("batch_sesi", batch.c.sesi, **_where(batch.c.sesi.is_not(None)))

jawaban = Table(
    "jawaban",
    metadata,
    Column("id", _Serial, Identity(), primary_key=True),
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

Index("jawaban_kirim", jawaban.c.id_kirim, **_where(jawaban.c.id_kirim.is_not(None)))
Index("jawaban_tautan", jawaban.c.tautan, **_where(jawaban.c.tautan.is_not(None)))

Index(
    "jawaban_saran",
    jawaban.c.survei_id,
    jawaban.c.periode,
    **_where(jawaban.c.saran.is_not(None)),
)

terlihat = or_(jawaban.c.tanda != "", jawaban.c.dikecualikan.is_not(None))
"""Answers that somebody should look at, or has; few, so they have an index of their own."""

Index("jawaban_terlihat", jawaban.c.survei_id, jawaban.c.periode, **_where(terlihat))

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
    Column("jawaban_id", _Serial, primary_key=True, autoincrement=False),
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
    **_where(tanggapan_saran.c.sidik_kode.is_not(None)),
)

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
    **_where(tutupan.c.dibuka.is_(None)),
)
"""A period is closed once at a time, also when two people press the button at the same moment."""

peristiwa = Table(
    "peristiwa",
    metadata,
    Column("id", _Serial, Identity(), primary_key=True),
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
    Column("id", _Serial, Identity(), primary_key=True),
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
    Column("id", _Serial, Identity(), primary_key=True),
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

Index("akun_luar", akun.c.luar, unique=True, **_where(akun.c.luar != ""))

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

MILIK_PERIODE: tuple[Table, ...] = (
    populasi, tutupan, peristiwa, angka_terbit, narasi, tindak_lanjut, entri_ganda, susutan,
    survei_versi,
)  # fmt: skip
"""What a survey has beside its answers; it goes with the survey."""


def _recap(name: str, keys: dict[str, type[Text | Integer]], counts: tuple[str, ...]) -> Table:
    """Return a table of counts. SQLite keeps it in key order (WITHOUT ROWID)."""
    return Table(
        name,
        metadata,
        Column("survei_id", Text, primary_key=True),
        *(Column(key, kind, primary_key=True, autoincrement=False) for key, kind in keys.items()),
        *(Column(count, BigInteger, nullable=False) for count in counts),
        ForeignKeyConstraint(["survei_id"], ["survei.id"]),
        sqlite_with_rowid=False,
    )


@cache
def key_names(table: Table) -> tuple[str, ...]:
    """Return the key columns of a recap without the survey, in order."""
    return tuple(c.name for c in table.columns if c.primary_key)[1:]


@cache
def count_names(table: Table) -> tuple[str, ...]:
    """Return the columns of a recap that hold counts, in order."""
    return tuple(c.name for c in table.columns if not c.primary_key)


_PLACE: dict[str, type[Text | Integer]] = {
    "periode": Text,
    "layanan": Text,
    "titik": Text,
    "kanal": Text,
}

rekap_jawaban = _recap(
    "rekap_jawaban",
    {"kuesioner_versi": Text, **_PLACE, "pertanyaan": Integer},
    ("n1", "n2", "n3", "n4"),
)
"""How often question number `pertanyaan` (from 0) was answered 1, 2, 3 and 4."""

rekap_responden = _recap(
    "rekap_responden",
    {"kuesioner_versi": Text, **_PLACE, "terisi": Integer},
    ("responden", "jumlah", "kuadrat"),
)
"""Respondents who answered `terisi` questions, and the sums of s and of s squared, where s is one
respondent's sum: the mean score of each is s / terisi, so its spread stays exact in integers."""

rekap_profil = _recap("rekap_profil", {**_PLACE, "bidang": Text, "pilihan": Text}, ("n",))
"""Respondents by profile field and option, a number by its class; '' is no answer. The classes
are those of the survey as it is now (`save_survei` counts again when they change)."""

rekap_hari = _recap(
    "rekap_hari", {"hari": Text, "titik": Text, "layanan": Text, "kanal": Text}, ("n",)
)
"""Answers by day of the office's calendar ("2026-11-23"); those without a day are not in it."""

REKAP: tuple[Table, ...] = (rekap_jawaban, rekap_responden, rekap_profil, rekap_hari)
"""The recaps that are counted from the answers."""


BLOK = 9
"""Questions in a row of `rekap_tempat`: one row a place for the regulation's nine unsur."""

NILAI = tuple(f"{apa}{ke}" for apa in ("jumlah", "terisi", "satu", "dua") for ke in range(BLOK))
"""Its counts of the question at place `ke` of the block: the sum of its marks, how many answered,
and how many answered 1 and 2. NRR is jumlah / terisi; how many answered 3 and 4 follows."""


def _tempat(name: str, *places: str) -> Table:
    """Return a recap with one row for all questions of a block. The period comes first: few of
    them are asked for.
    """
    keys: dict[str, type[Text | Integer]] = {"periode": Text, **dict.fromkeys(places, Text)}
    keys |= {"kuesioner_versi": Text, "blok": Integer, "kanal": Text}
    return _recap(name, keys, ("responden", *NILAI))


def _coarse(place: str) -> Table:
    """Return `rekap_responden` with one place of the two; the channel comes last, so that sums
    over it are read in the order of the key.
    """
    keys: dict[str, type[Text | Integer]] = {"kuesioner_versi": Text, "periode": Text}
    keys |= {place: Text, "terisi": Integer, "kanal": Text}
    return _recap(f"rekap_responden_{place}", keys, count_names(rekap_responden))


rekap_tempat = _tempat("rekap_tempat", "layanan", "titik")
"""`rekap_jawaban` and `rekap_responden` once more, as they are read: `pertanyaan` stands in the row
`blok` = pertanyaan // BLOK at place pertanyaan % BLOK; respondents are told in block 0."""

RINGKAS: dict[str, tuple[Table, Table]] = {
    place: (_tempat(f"rekap_tempat_{place}", place), _coarse(place))
    for place in ("layanan", "titik")
}
"""Sums of `rekap_tempat` and `rekap_responden` by layanan alone and by titik alone: 72 titik make
72 rows of one layanan, and most pages ask for one of the two places or for none."""

ASAL: dict[str, Table] = {
    coarse.name: source
    for pair in RINGKAS.values()
    for coarse, source in zip(pair, (rekap_tempat, rekap_responden), strict=True)
}
"""What each of them sums, by its name."""

DAHULU = frozenset({"rekap_jawaban_layanan", "rekap_jawaban_titik"})
"""Recaps of an earlier program; a backup of its time has them, and they are not read."""

SEMUA_REKAP: tuple[Table, ...] = (
    *REKAP,
    rekap_tempat,
    *(table for pair in RINGKAS.values() for table in pair),
)
