"""The audit trail: what was done, by whom, and the seal that chains each entry to the one before.

Whoever changes, removes or inserts an entry breaks every later seal (as in RFC 9162's logs, but a
plain chain). Whoever can write the whole table could seal it anew; against that the last number
and seal are noted elsewhere, and `python -m skm audit periksa --ujung` compares.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

KOSONG = "0" * 64
"""What stands before the first entry."""


class Tindakan(StrEnum):
    """What was done: every change, and every reading of what single people answered."""

    MASUK = "masuk"
    MASUK_GAGAL = "masuk-gagal"
    KELUAR = "keluar"
    KELUAR_SEMUA = "keluar-semua"
    AKUN_BUAT = "akun-buat"
    AKUN_UBAH = "akun-ubah"
    AKUN_SANDI = "akun-sandi"
    AKUN_KODE = "akun-kode"
    AKUN_HUBUNG = "akun-hubung"
    SURVEI_SIMPAN = "survei-simpan"
    SURVEI_HAPUS = "survei-hapus"
    BATCH_TAMBAH = "batch-tambah"
    BATCH_BATAL = "batch-batal"
    LEMBAR_TAMBAH = "lembar-tambah"
    LEMBAR_UBAH = "lembar-ubah"
    ENTRI_GANDA = "entri-ganda"
    TAUTAN_BUAT = "tautan-buat"
    TAUTAN_UBAH = "tautan-ubah"
    JAWABAN_KECUALI = "jawaban-kecuali"
    JAWABAN_HITUNG = "jawaban-hitung"
    POPULASI = "populasi"
    PERIODE_TUTUP = "periode-tutup"
    PERIODE_BUKA = "periode-buka"
    PERIODE_TERBIT = "periode-terbit"
    PERIODE_TARIK = "periode-tarik"
    JAWABAN_SUSUT = "jawaban-susut"
    ANGKA_TERBIT = "angka-terbit"
    NARASI = "narasi"
    TINDAK_TAMBAH = "tindak-tambah"
    TINDAK_UBAH = "tindak-ubah"
    TINDAK_HAPUS = "tindak-hapus"
    REKAP_HITUNG = "rekap-hitung"
    CADANGAN_BUAT = "cadangan-buat"
    CADANGAN_PULIH = "cadangan-pulih"
    BACA_TANDA = "baca-tanda"
    BACA_ARSIP = "baca-arsip"
    BACA_OLAHAN = "baca-olahan"
    BACA_JEJAK = "baca-jejak"


@dataclass(frozen=True, slots=True)
class Catatan:
    """One entry. `objek` names what it is about; `sebelum` and `sesudah` are JSON, or ''."""

    nomor: int
    waktu: datetime
    pelaku: str
    tindakan: str
    survei_id: str
    objek: str
    sebelum: str
    sesudah: str


def seal(before: str, entry: Catatan) -> str:
    """Return the seal of an entry after the one sealed `before`: SHA-256 as hexadecimal."""
    content = [
        before,
        entry.nomor,
        entry.waktu.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.pelaku,
        entry.tindakan,
        entry.survei_id,
        entry.objek,
        entry.sebelum,
        entry.sesudah,
    ]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
