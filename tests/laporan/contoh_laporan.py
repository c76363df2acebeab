"""The sample with everything that a report can hold, and small surveys for singular cases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from skm.jawaban import Jawaban, Kanal
from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import Periode, parse_period
from skm.settings import read_settings
from skm.store import BatchBaru, StatusTindak, Store, TindakBaru
from skm.survei import parse_survei

SURVEI = "contoh-disdukcapil-bekasi-2024"
S1, T3, T4, S2, YEAR = map(parse_period, ("2024-S1", "2024-T3", "2024-T4", "2024-S2", "2024"))

_OPTIONS = "[{nilai=1,teks='a'},{nilai=2,teks='b'},{nilai=3,teks='c'},{nilai=4,teks='d'}]"


def sample(folder: Path, *tutup: Periode) -> Store:
    """The sample with earlier years, follow-up and people served; `tutup` are closed."""
    store = prepare(read_settings({"SKM_DATA": str(folder)}))
    for kode, ikm in (("2022", "86.88"), ("2023", "91.55")):
        store.set_published_figure(SURVEI, parse_period(kode), Decimal(ikm), f"LKIP {kode}")
    store.set_population(SURVEI, S2, "akta-lahir", 12_000)
    store.set_population(SURVEI, S2, "lahir-mati", 60)
    for plan in PLANS:
        store.add_follow_up(SURVEI, plan)
    for periode in tutup:
        close(store, SURVEI, periode)
    return store


PLANS = (
    TindakBaru(
        S1,
        "U7",
        "Pelatihan keramahan bagi petugas loket",
        "Juli 2024",
        "Sekretaris Dinas",
        status=StatusTindak.SELESAI,
        realisasi="Dua angkatan, 48 petugas",
        bukti="Daftar hadir",
    ),
    TindakBaru(S1, "U3", "Menambah loket pada jam ramai", "September 2024", "Kepala Bidang"),
    TindakBaru(S2, "U3", "Menambah loket pada jam ramai", "Maret 2025", "Kepala Bidang"),
    TindakBaru(
        S2,
        "U5",
        "Memeriksa hasil cetak sebelum diserahkan",
        "Februari 2025",
        "Kepala Seksi",
        layanan="kk-pisah",
    ),
)


def small(
    store: Store,
    *answers: Jawaban,
    unsur: int = 2,
    layanan: tuple[str, ...] = ("KTP", "Kartu Keluarga"),
    more: str = "",
    kanal: Kanal = Kanal.UNGGAH,
) -> str:
    """Save a small survey, add answers to it, and return its id."""
    names = ("Waktu", "Sarana", "Biaya", "Sikap")[:unsur]
    lines = [
        'id = "kecil"\njudul = "Survei"\ninstansi = "Kota"\nunit = "Dinas Kecil"',
        "unsur = ["
        + ", ".join(f'{{kode="U{i}",nama="{n}"}}' for i, n in enumerate(names, 1))
        + "]",
        "layanan = ["
        + ", ".join(f'{{kode="l{i}",nama="{n}"}}' for i, n in enumerate(layanan))
        + "]",
        more,
        '[kuesioner]\nversi = "1"',
    ]
    lines += [
        f'[[kuesioner.pertanyaan]]\nkode="q{i}"\nunsur="{n}"\nteks="Bagaimana {n}?"\n'
        f"pilihan={_OPTIONS}"
        for i, n in enumerate(names, 1)
    ]
    text = "\n".join(lines)
    store.save_survei(parse_survei(text, "kecil.toml"), text)
    if answers:
        store.add_batch("kecil", BatchBaru(kanal, "uji.csv"), answers)
    return "kecil"
