"""A survey of two unsur to close: answers of two quarters, and how to add to them later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from skm.agregasi import compute_period
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.periode import Periode, parse_period
from skm.store import Batch, BatchBaru, Store
from skm.survei import parse_survei

OPTIONS = "pilihan = [{nilai=1,teks='a'},{nilai=2,teks='b'},{nilai=3,teks='c'},{nilai=4,teks='d'}]"
TOML = f"""
id = "uji"
judul = "Survei Uji"
instansi = "Kota Uji"
unit = "Dinas Uji"
unsur = [{{ kode = "U1", nama = "Waktu" }}, {{ kode = "U2", nama = "Sarana" }}]
layanan = [{{ kode = "ktp", nama = "KTP" }}, {{ kode = "kk", nama = "Kartu Keluarga" }}]
titik = [{{ kode = "dinas", nama = "Dinas" }}]

[metode]
nama = "METODE"

[target]
"2024-T4" = "80.00"

[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "q1"
unsur = "Waktu"
teks = "Bagaimana waktunya?"
{OPTIONS}
[[kuesioner.pertanyaan]]
kode = "q2"
unsur = "Sarana"
teks = "Bagaimana sarananya?"
{OPTIONS}

[[profil]]
kode = "jk"
label = "Jenis kelamin"
pilihan = [{{ kode = "L", teks = "Laki-laki" }}, {{ kode = "P", teks = "Perempuan" }}]
[[profil]]
kode = "usia"
label = "Usia"
kelompok = [{{ teks = "17–39", dari = 17, sampai = 39 }}, {{ teks = "40+", dari = 40 }}]
"""

T3, T4, S2, YEAR = (parse_period(kode) for kode in ("2024-T3", "2024-T4", "2024-S2", "2024"))
JULY, DECEMBER = datetime(2024, 7, 9, 3, tzinfo=UTC), datetime(2024, 12, 9, 3, tzinfo=UTC)


def answer(nilai: str, periode: Periode, **own: object) -> Jawaban:
    waktu = JULY if periode == T3 else DECEMBER
    given: dict[str, object] = {
        "layanan": "ktp",
        "titik": "dinas",
        "profil": (("jk", "P"), ("usia", "33")),
        "waktu": waktu,
        **own,
    }
    return replace(Jawaban(nilai, periode), **given)


ANSWERS = [
    answer("43", T3, saran="=HYPERLINK(1)"),
    answer("33", T3, layanan="kk", titik=None, profil=()),
    answer("44", T4, saran="Cepat & ramah; terima kasih"),
    answer("4-", T4, layanan="kk", profil=(("usia", "61"),)),
    answer("22", T4, layanan=None, saran="Baris satu\nbaris dua"),
]
"""T3: U1 7/2, U2 6/2; T4: U1 10/3, U2 6/2. IKM T3 81,25; T4 79,17; S2 80,21 (unrounded means)."""


def toml(metode: str = "penuh") -> str:
    return TOML.replace("METODE", metode)


def direct_toml() -> str:
    """The survey with its second semester measured directly."""
    unit = 'unit = "Dinas Uji"'
    return toml().replace(unit, f'{unit}\ndinilai_langsung = ["2024-S2"]')


def save(store: Store, text: str | None = None) -> None:
    text = text or toml()
    store.save_survei(parse_survei(text, "uji.toml"), text)


def add(store: Store, *answers: Jawaban, kanal: Kanal = Kanal.UNGGAH) -> Batch:
    return store.add_batch("uji", BatchBaru(kanal, "uji.csv"), answers)


def fill(store: Store) -> Batch:
    save(store)
    return add(store, *ANSWERS)


def ikm(store: Store, periode: Periode) -> str:
    """The official IKM as printed."""
    resmi = open_official(store, "uji")
    return str(compute_period(resmi.cells(), periode, resmi.aturan).hasil.ikm)
