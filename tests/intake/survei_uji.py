"""The surveys and tables that the intake tests share."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import openpyxl

from skm.intake import Berkas, Opsi, Pemeriksaan, Pemetaan, check, propose, read_file
from skm.survei import Survei, load_survei, parse_survei, regulation_survey

BEKASI = load_survei(Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml")
BAKU = regulation_survey()
BARE = Opsi(wajib_periode=False, hari_ini=date(2026, 1, 1))
TODAY = Opsi(hari_ini=date(2026, 1, 1))

_SKALA = (
    'pilihan = [{nilai=1,teks="Tidak cepat"},{nilai=2,teks="Kurang cepat"},'
    '{nilai=3,teks="Cepat"},{nilai=4,teks="Sangat cepat"}]'
)
GANDA = parse_survei(
    f"""
id = "ganda"
judul = "Survei dua pertanyaan per unsur"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas Contoh"
zona_waktu = "WITA"
unsur = [{{ kode = "U1", nama = "Waktu" }}, {{ kode = "U2", nama = "Sarana" }}]
layanan = [
  {{ kode = "ktp", nama = "KTP", alias = ["KTP-el"] }},
  {{ kode = "kk", nama = "Kartu Keluarga" }},
]
titik = [{{ kode = "dinas", nama = "Dinas" }}, {{ kode = "mpp", nama = "Mal Pelayanan Publik" }}]
[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "u1.a"
unsur = "Waktu"
teks = "Bagaimana kecepatan loketnya?"
{_SKALA}
[[kuesioner.pertanyaan]]
kode = "u1.b"
unsur = "Waktu"
teks = "Bagaimana kecepatan antreannya?"
{_SKALA}
[[kuesioner.pertanyaan]]
kode = "u2"
unsur = "Sarana"
teks = "Bagaimana ruang tunggunya?"
{_SKALA}
[[profil]]
kode = "jk"
label = "Jenis kelamin"
pilihan = [{{ kode = "L", teks = "Laki-laki" }}, {{ kode = "P", teks = "Perempuan" }}]
[[profil]]
kode = "usia"
label = "Usia"
kelompok = [{{ teks = "muda", dari = 17, sampai = 39 }}, {{ teks = "tua", dari = 40 }}]
""",
    "ganda.toml",
)


def csv_file(text: str) -> Berkas:
    """Return a table written inside a test; its cells are separated by ;."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return read_file("uji.csv", "\n".join(lines).encode())


def mapped(text: str, survei: Survei = BAKU) -> Pemetaan:
    """Return the mapping proposed for a table."""
    return propose(csv_file(text), survei)


def checked(text: str, survei: Survei = BAKU, opsi: Opsi = BARE) -> Pemeriksaan:
    """Return a table checked under the proposed mapping."""
    berkas = csv_file(text)
    return check(berkas, propose(berkas, survei), survei, opsi)


def targets(pemetaan: Pemetaan) -> dict[str, str]:
    """Return header → target."""
    return {k.judul: k.tujuan for k in pemetaan.kolom}


def codes(findings: Iterable[object]) -> list[str]:
    """Return the codes of findings."""
    return [f.kode for f in findings]  # type: ignore[attr-defined]


def xlsx(*rows: Sequence[object], **sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet of `rows`, or with named sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in (sheets or {"Lembar1": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    book.close()
    return buffer.getvalue()


NINE = "U1;U2;U3;U4;U5;U6;U7;U8;U9"
