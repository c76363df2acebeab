"""A tiny survey for the store's tests: three questions on two unsur, two layanan, two titik."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.store import BatchBaru, Store
from skm.survei import Survei, parse_survei

TOML = """
id = "kecil"
judul = "Survei kecil"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas Contoh"
unsur = [{ kode = "U1", nama = "Waktu" }, { kode = "U2", nama = "Sarana" }]
layanan = [{ kode = "ktp", nama = "KTP" }, { kode = "kk", nama = "Kartu Keluarga" }]
titik = [{ kode = "dinas", nama = "Dinas" }, { kode = "mpp", nama = "MPP" }]

[kuesioner]
versi = "1"

[[kuesioner.pertanyaan]]
kode = "q1"
unsur = "Waktu"
teks = "Bagaimana kecepatannya?"
pilihan = [{nilai=1,teks="a"},{nilai=2,teks="b"},{nilai=3,teks="c"},{nilai=4,teks="d"}]

[[kuesioner.pertanyaan]]
kode = "q2"
unsur = "Sarana"
teks = "Bagaimana ruangannya?"
pilihan = [{nilai=1,teks="a"},{nilai=2,teks="b"},{nilai=3,teks="c"},{nilai=4,teks="d"}]

[[kuesioner.pertanyaan]]
kode = "q3"
unsur = "Waktu"
teks = "Bagaimana antreannya?"
pilihan = [{nilai=1,teks="a"},{nilai=2,teks="b"},{nilai=3,teks="c"},{nilai=4,teks="d"}]

[[profil]]
kode = "jk"
label = "Jenis kelamin"
pilihan = [{ kode = "L", teks = "Laki-laki" }, { kode = "P", teks = "Perempuan" }]

[[profil]]
kode = "usia"
label = "Usia"
kelompok = [{ teks = "muda", dari = 17, sampai = 39 }, { teks = "tua", dari = 40 }]
"""

T3, T4 = parse_period("2024-T3"), parse_period("2024-T4")
WAKTU = datetime(2024, 12, 31, 3, 4, 5, 678, tzinfo=UTC)
UNGGAH = BatchBaru(Kanal.UNGGAH, "tw4.csv", ditolak=2)
BERKAS = replace(UNGGAH, sha256="a" * 64)
"""The same file again is refused; `UNGGAH` has no fingerprint, so it may come again."""

PENUH = Jawaban(
    "434",
    T4,
    WAKTU,
    "ktp",
    "dinas",
    (("jk", "P"), ("usia", "39")),
    "Cepat & ramah — terima kasih",
    "17",
)
KOSONG_SATU = Jawaban("3-2", T4, layanan="kk", titik="mpp", profil=(("usia", "40"),))
KOSONG_SEMUA = Jawaban("---", T3)
CONTOH = [PENUH, KOSONG_SATU, KOSONG_SEMUA]


def survei_of(toml: str = TOML) -> Survei:
    return parse_survei(toml, "kecil.toml")


def save(store: Store, toml: str = TOML) -> str:
    return store.save_survei(survei_of(toml), toml)


def save_long(store: Store, pertanyaan: int = 12) -> list[Jawaban]:
    """Save a survey "panjang" of so many questions with answers by two channels; return these.

    Only some answers have marks of the tenth question and those after it.
    """
    question = """
[[kuesioner.pertanyaan]]
kode = "t{ke}"
unsur = "Sarana"
teks = "Pertanyaan {ke}?"
pilihan = [{{nilai=1,teks="a"}},{{nilai=2,teks="b"}},{{nilai=3,teks="c"}},{{nilai=4,teks="d"}}]
"""
    more = "".join(question.format(ke=ke) for ke in range(pertanyaan - 3))
    toml = TOML.replace('id = "kecil"', 'id = "panjang"') + more
    store.save_survei(parse_survei(toml, "panjang.toml"), toml)
    marks = ("123412341234", "4321-3214---", "111122223333", "------------")
    answers = [
        replace(PENUH, nilai=nilai[:pertanyaan], titik=titik, identitas=f"{nilai}{titik}")
        for nilai in marks
        for titik in ("dinas", "mpp")
    ]
    store.add_batch("panjang", UNGGAH, answers[:5])
    store.add_batch("panjang", BatchBaru(Kanal.QR), answers[5:])
    return answers
