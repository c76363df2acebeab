"""A small survey to edit."""

from __future__ import annotations

TOML = """\
# Survei untuk uji
id = "uji"
judul = "Survei uji"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas Contoh"

[[unsur]]
kode = "U1"
nama = "Waktu"

[[unsur]]
kode = "U2"
nama = "Sarana"

[kuesioner]
versi = "2025-1"

[[kuesioner.pertanyaan]]
kode = "u1"
unsur = "Waktu"
teks = "Bagaimana kecepatannya?"  # dari lampiran
pilihan = [
  { nilai = 1, teks = "a" },
  { nilai = 2, teks = "b" },
  { nilai = 3, teks = "c" },
  { nilai = 4, teks = "d" },
]

[[kuesioner.pertanyaan]]
kode = "u2"
unsur = "Sarana"
teks = "Bagaimana ruangannya?"
pilihan = [
  { nilai = 1, teks = "a" },
  { nilai = 2, teks = "b" },
  { nilai = 3, teks = "c" },
  { nilai = 4, teks = "d" },
]

# Loket depan
[[layanan]]
kode = "ktp"
nama = "KTP"

[[layanan]]
kode = "kk"
nama = "Kartu Keluarga"

[[titik]]
kode = "dinas"
nama = "Kantor Dinas"

[[titik]]
kode = "kec-a"
nama = "Kecamatan A"
induk = "dinas"

[bahasa.en]
nama = "English"

[bahasa.en.teks]
"pertanyaan.u1" = "How fast?"
"layanan.ktp" = "ID card"
"""
