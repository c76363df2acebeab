"""A small survey with every kind of field, for the tests of the form."""

from __future__ import annotations

from skm.survei import Survei, parse_survei

PILIHAN = "pilihan = [{nilai=1,teks='Buruk'},{nilai=2,teks='Cukup'},{nilai=3,teks='Baik'},{nilai=4,teks='Sangat <b>baik</b>'}]"  # noqa: E501
TOML = f"""
id = "uji"
judul = "Survei Uji"
instansi = "Kota"
unit = "Dinas Uji"
[[unsur]]
kode = "U1"
nama = "Persyaratan"
[[unsur]]
kode = "U2"
nama = "Prosedur"
[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "syarat"
unsur = "Persyaratan"
teks = "Apakah syaratnya sesuai?"
{PILIHAN}
[[kuesioner.pertanyaan]]
kode = "alur"
unsur = "Prosedur"
teks = "Apakah alurnya mudah?"
{PILIHAN}
[[profil]]
kode = "jenis_kelamin"
label = "Jenis kelamin"
pilihan = [{{kode="L",teks="Laki-laki"}},{{kode="P",teks="Perempuan"}}]
[[profil]]
kode = "usia"
label = "Usia"
satuan = "tahun"
kelompok = [{{teks="Muda",dari=10,sampai=39}},{{teks="Tua",dari=40,sampai=120}}]
[[profil]]
kode = "saran"
label = "Asal"
pilihan = [{{kode="dalam",teks="Dalam kota"}}]
[[layanan]]
kode = "ktp"
nama = "KTP"
[[layanan]]
kode = "kk"
nama = "KK"
[[layanan]]
kode = "lama"
nama = "Layanan lama"
aktif = false
[[titik]]
kode = "dinas"
nama = "Kantor Dinas"
[formulir]
__FORMULIR__
[bahasa.en]
nama = "English"
[bahasa.en.teks]
judul = "Test survey"
"pertanyaan.syarat" = "Are the requirements right?"
"pilihan.syarat.3" = "Good"
"profil.usia.satuan" = "years"
"layanan.ktp" = "ID card"
"formulir.kirim" = "Send it"
[bahasa.jv]
nama = "Basa Jawa"
[bahasa.jv.teks]
"formulir.kirim" = "Kirimna"
"formulir.formulir-pilih" = "{{isian}} durung diisi."
"""


def make(formulir: str = "") -> Survei:
    return parse_survei(TOML.replace("__FORMULIR__", formulir), "uji.toml")
