"""Small surveys that a test adds beside the sample."""

from __future__ import annotations

from skm.jawaban import Jawaban, Kanal
from skm.periode import parse_period
from skm.store import BatchBaru, Store
from skm.survei import parse_survei

JAHAT = "<script>alert('x')</script>"
TOML = """
id = "{id}"
judul = "Survei {id}"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas {nama}"
unsur = [{{ kode = "U1", nama = "Waktu {nama}" }}, {{ kode = "U2", nama = "Sarana" }}]
layanan = [{{ kode = "ktp", nama = "KTP {nama}" }}, {{ kode = "kk", nama = "Kartu Keluarga" }}]

[kuesioner]
versi = "1"

[[kuesioner.pertanyaan]]
kode = "q1"
unsur = "Waktu {nama}"
teks = "Bagaimana kecepatannya?"
pilihan = [{{nilai=1,teks="a"}},{{nilai=2,teks="b"}},{{nilai=3,teks="c"}},{{nilai=4,teks="{nama}"}}]

[[kuesioner.pertanyaan]]
kode = "q2"
unsur = "Sarana"
teks = "Bagaimana ruangannya?"
pilihan = [{{nilai=1,teks="a"}},{{nilai=2,teks="b"}},{{nilai=3,teks="c"}},{{nilai=4,teks="d"}}]
"""


def _add(store: Store, survei_id: str, nama: str) -> None:
    toml = TOML.format(id=survei_id, nama=nama)
    store.save_survei(parse_survei(toml, "uji"), toml)


def add_empty(store: Store) -> None:
    """A survey without answers."""
    _add(store, "kosong", "Kosong")


def add_bare(store: Store) -> None:
    """A survey without layanan and titik, with one respondent."""
    toml = TOML.format(id="polos", nama="Polos")
    toml = "\n".join(line for line in toml.splitlines() if not line.startswith("layanan"))
    store.save_survei(parse_survei(toml, "uji"), toml)
    answers = [Jawaban("43", parse_period("2025-T1"))]
    store.add_batch("polos", BatchBaru(Kanal.UNGGAH, "polos.csv"), answers)


def add_hostile(store: Store) -> None:
    """A survey whose every name is a script, with two respondents."""
    _add(store, "jahat", JAHAT)
    periode = parse_period("2025-T1")
    answers = [Jawaban("43", periode, layanan="ktp"), Jawaban("4-", periode, layanan="kk")]
    store.add_batch("jahat", BatchBaru(Kanal.UNGGAH, f"{JAHAT}.csv"), answers)
