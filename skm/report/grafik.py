"""Charts as data for the templates, and as pictures for documents that typst does not print."""

from __future__ import annotations

from zlib import crc32

from skm.report.document import compile_png, plain
from skm.report.dokumen import Batang, Grafik, GrafikBatang, GrafikGaris, GrafikPeta, SelPeta
from skm.report.warna import (
    KOSONG,
    MUTU,
    REDUP,
    SELISIH,
    TARGET,
    TINTA,
    UTAMA,
    mutu_colour,
    selisih_colour,
)

WARNA = {"tinta": TINTA, "redup": REDUP, "sekat": KOSONG, "utama": UTAMA, "target": TARGET}

_HEAD = 33
"""Bytes of a PNG's signature and first chunk."""
SHORTEST_SPAN = 4.0
"""Points that a line's height stands for at least, so that a small change does not look large."""


def chart_png(grafik: Grafik, alt: str, ppi: int = 200) -> bytes:
    """Return the chart as a PNG, 160 mm wide on white and never taller than a page holds.

    `alt` goes along as its Description.
    """
    return _described(compile_png("gambar.typ", {"grafik": chart_data(grafik)}, ppi), plain(alt))


def chart_data(grafik: Grafik) -> dict[str, object]:
    """Return what grafik.typ draws: places as shares from 0 to 1, colours, and printed texts."""
    match grafik:
        case GrafikBatang():
            data = _bars(grafik)
        case GrafikGaris():
            data = _line(grafik)
        case GrafikPeta():
            data = _map(grafik)
    return {**data, "warna": WARNA}


def _described(png: bytes, words: str) -> bytes:
    chunk = b"iTXtDescription\0\0\0id\0\0" + words.encode()
    length, check = len(chunk) - 4, crc32(chunk)
    return png[:_HEAD] + length.to_bytes(4) + chunk + check.to_bytes(4) + png[_HEAD:]


def _bars(grafik: GrafikBatang) -> dict[str, object]:
    return {
        "jenis": "batang",
        "ambang": [
            {"letak": _share(place, grafik), "teks": plain(name), "warna": MUTU.get(name)}
            for place, name in grafik.ambang
        ],
        "batang": [_bar(batang, grafik) for batang in grafik.batang],
    }


def _bar(batang: Batang, grafik: GrafikBatang) -> dict[str, object]:
    return {
        "label": plain(batang.label),
        "panjang": _share(batang.nilai, grafik),
        "teks": plain(batang.teks),
        "warna": mutu_colour(batang.mutu),
    }


def _share(place: float, grafik: GrafikBatang) -> float:
    return min(max((place - grafik.dari) / (grafik.sampai - grafik.dari), 0.0), 1.0)


def _line(grafik: GrafikGaris) -> dict[str, object]:
    drawn = [t.nilai for t in grafik.titik] + [
        t.target for t in grafik.titik if t.target is not None
    ]
    low, high = min(drawn, default=0.0), max(drawn, default=0.0)
    span = max(high - low, SHORTEST_SPAN)

    def height(value: float) -> float:
        return (value - (low + high) / 2) / span + 0.5

    return {
        "jenis": "garis",
        "titik": [
            {
                "label": plain(t.label),
                "tinggi": height(t.nilai),
                "teks": plain(t.teks),
                "target": None if t.target is None else height(t.target),
                "teks_target": plain(t.teks_target),
                "terbit": t.terbit,
            }
            for t in grafik.titik
        ],
    }


def _map(grafik: GrafikPeta) -> dict[str, object]:
    return {
        "jenis": "peta",
        "kolom": [plain(name) for name in grafik.kolom],
        "baris": [plain(name) for name in grafik.baris],
        "sel": [[_cell(sel, grafik.jangkauan) for sel in row] for row in grafik.sel],
        "skala": [colour for _, colour in SELISIH],
    }


def _cell(sel: SelPeta, reach: float) -> dict[str, object]:
    colour = KOSONG if sel.selisih is None else selisih_colour(sel.selisih, reach)
    return {"teks": plain(sel.teks), "warna": colour}
