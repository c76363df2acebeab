"""A tiny survey and its archives, made from answers without a store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from skm.jawaban import Baris
from skm.penutupan.arsip import Arsip, Jumlah, Naskah
from skm.penutupan.hitungan import count_rows
from skm.periode import parse_period
from skm.store import build_survei

UNSUR = ("Waktu", "Biaya", "Produk", "Perilaku", "Sarana")
LAYANAN = ("akta", "ktp", "kk", "kia", "pindah")
PILIHAN = ", ".join(f'{{nilai = {n}, teks = "{n}"}}' for n in (1, 2, 3, 4))


def survey_text(agregasi: str = "rata-rata", langsung: str = "") -> str:
    text = f"""
        id = "uji"
        judul = "Survei uji"
        instansi = "Kota Uji"
        unit = "Dinas Uji"
        agregasi = "{agregasi}"
        dinilai_langsung = [{f'"{langsung}"' if langsung else ""}]
        kuesioner.versi = "1"
    """
    for i, nama in enumerate(UNSUR, start=1):
        text += f'\n[[unsur]]\nkode = "U{i}"\nnama = "{nama}"\n'
        text += f'[[kuesioner.pertanyaan]]\nkode = "u{i}"\nunsur = "{nama}"\nteks = "{nama}?"\n'
        text += f"pilihan = [{PILIHAN}]\n"
    text += '[[profil]]\nkode = "usia"\nlabel = "Usia"\n'
    text += "".join(f'[[profil.pilihan]]\nkode = "{k}"\nteks = "{k}"\n' for k in ("muda", "tua"))
    return text + "".join(f'[[layanan]]\nkode = "{k}"\nnama = "{k}"\n' for k in LAYANAN)


def row(periode: str, layanan: str, nilai: str = "44444", usia: str = "muda") -> Baris:
    return Baris("1", periode, layanan, "", "qr", nilai, (("usia", usia),))


def answers(periode: str, **jumlah: int) -> list[Baris]:
    """The same full answer so many times for each layanan."""
    return [row(periode, layanan) for layanan, n in jumlah.items() for _ in range(n)]


def archive(kode: str, rows: Iterable[Baris], text: str = "") -> Arsip:
    """The closing of a period with those of the answers that lie in it."""
    periode, text = parse_period(kode), text or survey_text()
    inside = [r for r in rows if periode.contains(parse_period(r.periode))]
    survei = build_survei(text, "uji", "1")
    return Arsip(
        survei_id="uji",
        periode=periode,
        batas=datetime(2026, 1, 15, 3, tzinfo=UTC),
        jumlah=Jumlah(len(inside), len(inside), 0, 0),
        naskah=(Naskah(periode, text, "1"),),
        kuesioner={"1": survei.kuesioner},
        hitungan=count_rows(inside),
        populasi={},
        berkas={},
    )
