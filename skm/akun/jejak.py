"""The audit trail: what was done, by whom, and the seal that chains each entry to the one before.

Whoever changes, removes or inserts an entry breaks every later seal (as in RFC 9162's logs, but a
plain chain). Whoever can write the whole table could seal it anew; against that the last number
and seal are noted elsewhere, and `python -m skm audit periksa --ujung` compares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
    SARAN_TANGGAP = "saran-tanggap"
    KOP_SURAT = "kop-surat"
    REKAP_HITUNG = "rekap-hitung"
    CADANGAN_BUAT = "cadangan-buat"
    CADANGAN_PULIH = "cadangan-pulih"
    BACA_TANDA = "baca-tanda"
    BACA_SARAN = "baca-saran"
    BACA_JAWABAN = "baca-jawaban"
    BACA_ARSIP = "baca-arsip"
    BACA_LAPORAN = "baca-laporan"
    BACA_JEJAK = "baca-jejak"


NAMA_TINDAKAN: Mapping[Tindakan, str] = {
    Tindakan.MASUK: "Masuk",
    Tindakan.MASUK_GAGAL: "Percobaan masuk ditolak",
    Tindakan.KELUAR: "Keluar",
    Tindakan.KELUAR_SEMUA: "Semua peramban lain dikeluarkan",
    Tindakan.AKUN_BUAT: "Akun dibuat",
    Tindakan.AKUN_UBAH: "Akun diubah",
    Tindakan.AKUN_SANDI: "Kata sandi diganti",
    Tindakan.AKUN_KODE: "Kode autentikator diubah",
    Tindakan.SURVEI_SIMPAN: "Survei disimpan",
    Tindakan.SURVEI_HAPUS: "Survei dihapus",
    Tindakan.BATCH_TAMBAH: "Berkas diunggah",
    Tindakan.BATCH_BATAL: "Unggahan dibatalkan",
    Tindakan.LEMBAR_TAMBAH: "Lembar kertas diketik",
    Tindakan.LEMBAR_UBAH: "Lembar kertas diperbaiki",
    Tindakan.ENTRI_GANDA: "Ketik ganda dibandingkan",
    Tindakan.TAUTAN_BUAT: "Tautan dibuat",
    Tindakan.TAUTAN_UBAH: "Tautan diubah",
    Tindakan.JAWABAN_KECUALI: "Jawaban dikecualikan",
    Tindakan.JAWABAN_HITUNG: "Jawaban dihitung lagi",
    Tindakan.POPULASI: "Jumlah yang dilayani diisi",
    Tindakan.PERIODE_TUTUP: "Periode ditutup",
    Tindakan.PERIODE_BUKA: "Periode dibuka kembali",
    Tindakan.PERIODE_TERBIT: "Hasil diterbitkan",
    Tindakan.PERIODE_TARIK: "Hasil ditarik",
    Tindakan.JAWABAN_SUSUT: "Jawaban lama dihapus",
    Tindakan.ANGKA_TERBIT: "Angka terbit dicatat",
    Tindakan.NARASI: "Teks laporan diubah",
    Tindakan.TINDAK_TAMBAH: "Tindak lanjut ditambah",
    Tindakan.TINDAK_UBAH: "Tindak lanjut diubah",
    Tindakan.TINDAK_HAPUS: "Tindak lanjut dihapus",
    Tindakan.SARAN_TANGGAP: "Saran ditanggapi",
    Tindakan.KOP_SURAT: "Kop surat diubah",
    Tindakan.REKAP_HITUNG: "Rekap dihitung ulang",
    Tindakan.CADANGAN_BUAT: "Cadangan dibuat",
    Tindakan.CADANGAN_PULIH: "Cadangan dipulihkan",
    Tindakan.BACA_TANDA: "Jawaban bertanda dilihat",
    Tindakan.BACA_SARAN: "Saran diunduh",
    Tindakan.BACA_JAWABAN: "Jawaban diekspor",
    Tindakan.BACA_ARSIP: "Arsip diunduh",
    Tindakan.BACA_LAPORAN: "Laporan diunduh",
    Tindakan.BACA_JEJAK: "Jejak audit diunduh",
}


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
