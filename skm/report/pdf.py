"""A report as a PDF/UA: tagged, with bookmarks, its bytes the same for the same content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from heapq import nlargest

from skm.report.document import compile_pages, compile_pdf, forget, plain
from skm.report.dokumen import (
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Dokumen,
    Judul,
    Paragraf,
    TandaTangan,
)
from skm.report.grafik import WARNA, chart_data

TEMPLATE = "laporan.typ"
LONGEST_WORD = 24
"""Letters of the longest word that stays whole; laporan.typ breaks longer ones."""
LONGEST_CELL = 600
"""Letters of the longest cell that is kept on one page."""
_MEASURED = 4
_WORD_ENDS = re.compile(r"\s+|(?<=[/-])")


def write_pdf(dokumen: Dokumen) -> bytes:
    """Return the report as an A4 PDF, with its title and, from its cover, its unit as author."""
    pdf = compile_pdf(TEMPLATE, _data(dokumen))
    forget()
    return pdf


def preview_pages(dokumen: Dokumen, ppi: float) -> list[bytes]:
    """Return the pages of the same PDF as PNG with `ppi` pixels per inch, to look at on a screen.

    Where the wheel's fonts lack a letter, this computer's print it in both.
    """
    pages = compile_pages(TEMPLATE, _data(dokumen), ppi)
    forget()
    return pages


def _data(dokumen: Dokumen) -> dict[str, object]:
    return {
        "judul": plain(dokumen.judul),
        "sampul": _plain(asdict(dokumen.sampul)) if dokumen.sampul else None,
        "daftar_isi": dokumen.daftar_isi,
        "kaki": plain(dokumen.kaki),
        "isi": _blocks(dokumen.isi),
        "warna": WARNA,
    }


def _plain(texts: dict[str, str]) -> dict[str, str]:
    return {key: plain(text) for key, text in texts.items()}


def _blocks(isi: Iterable[Blok]) -> list[dict[str, object]]:
    """Return the blocks; PDF/UA lets the levels of headings begin at 1 and skip none (`lapis`)."""
    blocks, level = [], 0
    for blok in isi:
        if isinstance(blok, Judul):
            level = min(blok.tingkat, level + 1)
            blocks.append({**_block(blok), "lapis": level})
        else:
            blocks.append(_block(blok))
    return blocks


def _block(blok: Blok) -> dict[str, object]:
    match blok:
        case Judul(teks, tingkat, nomor):
            return {
                "jenis": "judul",
                "teks": plain(teks),
                "tingkat": tingkat,
                "nomor": plain(nomor),
            }
        case Paragraf(teks, gaya):
            return {"jenis": "paragraf", "teks": plain(teks), "gaya": gaya}
        case Daftar(butir, bernomor):
            return {"jenis": "daftar", "butir": [plain(b) for b in butir], "bernomor": bernomor}
        case BlokTabel():
            return _table(blok)
        case BlokGambar(nomor, judul, grafik, alt):
            return {
                "jenis": "gambar",
                "nomor": nomor,
                "judul": plain(judul),
                "alt": plain(alt),
                "grafik": chart_data(grafik),
            }
        case TandaTangan():
            return {"jenis": "tanda-tangan", **_plain(asdict(blok))}


def _table(blok: BlokTabel) -> dict[str, object]:
    tabel = blok.tabel
    rows = [[plain(cell) for cell in row] for row in tabel.baris]
    foot = [plain(cell) for cell in tabel.kaki]
    columns = zip(*rows, *([foot] if foot else []), strict=True)
    cells = list(columns) or [()] * len(tabel.kolom)
    return {
        "jenis": "tabel",
        "nomor": blok.nomor,
        "judul": plain(tabel.judul),
        "catatan": plain(tabel.catatan),
        "lebar": blok.lebar,
        "rapat": blok.rapat,
        "kolom": [
            _column(plain(kolom.judul), kolom.angka, column)
            for kolom, column in zip(tabel.kolom, cells, strict=True)
        ],
        "baris": rows,
        "kaki": foot,
        "panjang": any(len(cell) > LONGEST_CELL for row in rows for cell in row),
    }


def _column(judul: str, angka: bool, cells: Sequence[str]) -> dict[str, object]:
    """Return the heading and the longest words and cells, by which the column gets its width."""
    whole = cells if angka else [word for cell in cells for word in _WORD_ENDS.split(cell)]
    return {
        "judul": judul,
        "angka": angka,
        "kata": _longest(whole, LONGEST_WORD),
        "kata_judul": _longest(_WORD_ENDS.split(judul), LONGEST_WORD),
        "isi": _longest(cells, LONGEST_CELL),
    }


def _longest(texts: Iterable[str], limit: int) -> list[str]:
    return nlargest(_MEASURED, dict.fromkeys(text[:limit] for text in texts), key=len)
