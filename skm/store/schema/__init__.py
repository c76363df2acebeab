"""The tables. Every key starts with the survey, so that surveys could live on different servers.

Counts are kept beside the answers (`rekap_*`) and changed in the same transaction; a missing
layanan or titik is '' in every key column, because NULL never equals NULL in an upsert.
"""

from __future__ import annotations

from skm.store.schema.answers import (
    HITUNGAN,
    batch,
    jawaban,
    resi,
    tanggapan_saran,
    tautan,
    terlihat,
)
from skm.store.schema.base import TANPA, WaktuUtc, metadata
from skm.store.schema.periods import (
    MILIK_PERIODE,
    angka_terbit,
    entri_ganda,
    narasi,
    peristiwa,
    populasi,
    susutan,
    tindak_lanjut,
    tutupan,
)
from skm.store.schema.recaps import (
    ASAL,
    BLOK,
    DAHULU,
    NILAI,
    REKAP,
    RINGKAS,
    SEMUA_REKAP,
    count_names,
    key_names,
    rekap_hari,
    rekap_profil,
    rekap_responden,
    rekap_tempat,
)
from skm.store.schema.staff import TAK_DICADANGKAN, akun, jejak, lasting_tables, sesi_masuk
from skm.store.schema.survey import kuesioner, rahasia, survei, survei_dihapus, survei_versi

__all__ = [
    "ASAL",
    "BLOK",
    "DAHULU",
    "HITUNGAN",
    "MILIK_PERIODE",
    "NILAI",
    "REKAP",
    "RINGKAS",
    "SEMUA_REKAP",
    "TAK_DICADANGKAN",
    "TANPA",
    "WaktuUtc",
    "akun",
    "angka_terbit",
    "batch",
    "count_names",
    "entri_ganda",
    "jawaban",
    "jejak",
    "key_names",
    "kuesioner",
    "lasting_tables",
    "metadata",
    "narasi",
    "peristiwa",
    "populasi",
    "rahasia",
    "rekap_hari",
    "rekap_profil",
    "rekap_responden",
    "rekap_tempat",
    "resi",
    "sesi_masuk",
    "survei",
    "survei_dihapus",
    "survei_versi",
    "susutan",
    "tanggapan_saran",
    "tautan",
    "terlihat",
    "tindak_lanjut",
    "tutupan",
]
