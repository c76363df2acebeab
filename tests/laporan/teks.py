"""A report as plain text, to read and to compare."""

from __future__ import annotations

import re

from skm.analysis.table import Tabel
from skm.report.dokumen import (
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Dokumen,
    GrafikBatang,
    GrafikGaris,
    Judul,
    Paragraf,
    TandaTangan,
)

_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_SHORT = re.compile(r"(?<=kode periksa )[0-9a-f]{16}")
_MOMENT = re.compile(r"\d{1,2} \w+ \d{4} pukul \d\d\.\d\d W\w+")


def as_text(dokumen: Dokumen) -> str:
    """Every word and digit in order; the moment of closing and the hash, which vary, as words."""
    lines = [f"== {dokumen.judul} ==", f"kaki: {dokumen.kaki}"]
    for blok in dokumen.isi:
        lines += _lines(blok)
    text = "\n".join(lines) + "\n"
    text = _MOMENT.sub("<waktu penutupan>", text)
    return _SHORT.sub("<kode>", _HASH.sub("<sha-256>", text))


def _lines(blok: Blok) -> list[str]:
    match blok:
        case Judul():
            return ["", f"{'#' * blok.tingkat} {blok.nomor} {blok.teks}".replace("  ", " ")]
        case Paragraf():
            return [blok.teks if blok.gaya == "biasa" else f"[{blok.gaya}] {blok.teks}"]
        case Daftar():
            marks = (f"{i}." if blok.bernomor else "-" for i in range(1, len(blok.butir) + 1))
            return [f"{mark} {text}" for mark, text in zip(marks, blok.butir, strict=True)]
        case BlokTabel():
            return [f"Tabel {blok.nomor}. {blok.tabel.judul}", *_table(blok.tabel)]
        case BlokGambar():
            return [f"Gambar {blok.nomor}. {blok.judul}", *_chart(blok)]
        case TandaTangan():
            return ["", blok.tempat_tanggal, blok.jabatan, blok.nama, f"NIP {blok.nip}"]


def _table(tabel: Tabel) -> list[str]:
    rows = [[k.judul for k in tabel.kolom], *tabel.baris, *([tabel.kaki] if tabel.kaki else [])]
    lines = [f"  {' | '.join(row)}".rstrip() for row in rows]
    return [*lines, *([f"  ({tabel.catatan})"] if tabel.catatan else [])]


def _chart(blok: BlokGambar) -> list[str]:
    match blok.grafik:
        case GrafikBatang(batang=bars):
            return [f"  {b.label}: {b.teks} {b.mutu}".rstrip() for b in bars]
        case GrafikGaris(titik=points):
            return [f"  {t.label}: {t.teks} / {t.teks_target or '-'}" for t in points]
        case chart:
            rows = zip(chart.baris, chart.sel, strict=True)
            return [f"  {name}: {' '.join(s.teks for s in cells)}" for name, cells in rows]
