"""Small surveys that a test adds beside the sample."""

from __future__ import annotations

from datetime import UTC, date, datetime

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, Tanda
from skm.periode import parse_period
from skm.store import BatchBaru, Store, Tautan
from skm.survei import Survei, parse_survei
from skm.tautan import create_placements

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


HARI = date(2025, 3, 12)
"""A Wednesday, the "today" of the running survey."""
T1 = parse_period("2025-T1")
TITIK = "\n".join(
    f'[[titik]]\nkode = "{kode}"\nnama = "Loket {nama}"'
    for kode, nama in (("a", "Utara"), ("b", "Selatan"), ("c", "Timur"))
)
JALAN = f"{TOML.format(id='jalan', nama='Jalan')}\n{TITIK}\n"


def survei_jalan(store: Store) -> Survei:
    """A survey with three titik, without placements and answers."""
    store.save_survei(parse_survei(JALAN, "uji"), JALAN)
    return store.load_survei("jalan")


def add_running(store: Store) -> tuple[Survei, tuple[Tautan, ...]]:
    """A survey in its first weeks: a QR placement at each titik, five answers, two of them marked.

    Sums of both unsur: 4+4+2+3+4 = 4+3+2+4+4 = 17 over 5, IKM 85,00.
    """
    survei = survei_jalan(store)
    a, b, c = create_placements(store, survei, None)
    marks = frozenset({Tanda.CEPAT, Tanda.LUAR_JAM})
    answer(store, a, "44", datetime(2025, 3, 12, 1, tzinfo=UTC), "ktp")
    answer(store, a, "43", datetime(2025, 3, 11, 17, 30, tzinfo=UTC), "ktp")  # 00.30 WIB
    answer(store, a, "22", datetime(2025, 3, 10, 3, tzinfo=UTC), "kk", marks, 6)
    answer(store, a, "34", datetime(2025, 3, 9, 3, tzinfo=UTC), "ktp")  # a Sunday
    answer(store, b, "44", datetime(2025, 3, 5, 3, tzinfo=UTC), "ktp", frozenset({Tanda.LURUS}))
    return survei, (a, b, c)


def answer(
    store: Store,
    tautan: Tautan,
    nilai: str,
    waktu: datetime | None,
    layanan: str | None = None,
    tanda: frozenset[Tanda] = frozenset(),
    detik: int | None = None,
    periode: str | None = None,
) -> None:
    """Send one answer at a placement."""
    moment = waktu.isoformat() if waktu else periode
    kode = "".join(c for c in f"{tautan.kode}-{moment}-{nilai}" if c.isalnum() or c == "-")
    own = parse_period(periode) if periode else None
    store.submit(tautan, Kiriman(kode, Jawaban(nilai, own, waktu, layanan=layanan), tanda, detik))
