"""A `Tabel` as HTML: everything escaped, numbers flush right, mutu as a badge, a CSV link below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from skm.analysis.table import Kolom, Tabel
from skm.periode import Periode
from skm.survei import Survei

_BADGES = ("A", "B", "C", "D")
CARDS = 6
"""From this many columns on, rows become cards where the screen is narrow."""


def show_table(
    tabel: Tabel,
    tautan: str | None = None,
    batang: Sequence[float] = (),
    tinggi: bool = False,
    judul: str | None = None,
) -> None:
    """Show a table. `batang` are bar lengths (0-100) per row; `tinggi` gives it its own scroll."""
    st.html(table_html(tabel, tautan, batang, tinggi, judul))


def only_columns(tabel: Tabel, names: Collection[str]) -> Tabel:
    """Return the table with only the columns of these headings."""
    kept = [at for at, kolom in enumerate(tabel.kolom) if kolom.judul in names]
    return replace(
        tabel,
        kolom=tuple(tabel.kolom[at] for at in kept),
        baris=tuple(tuple(row[at] for at in kept) for row in tabel.baris),
        kaki=tuple(tabel.kaki[at] for at in kept) if tabel.kaki else (),
    )


def csv_link(survei: Survei, periode: Periode, tabel: Tabel, kanal: str | None = None) -> str:
    """Return the address of a table's CSV, a plain route beside the dashboard."""
    address = f"/unduh/{quote(survei.id)}/{quote(periode.kode)}/{quote(tabel.nama)}.csv"
    return f"{address}?{urlencode({'kanal': kanal})}" if kanal else address


def table_html(
    tabel: Tabel,
    tautan: str | None = None,
    batang: Sequence[float] = (),
    tinggi: bool = False,
    judul: str | None = None,
) -> str:
    """Return a table as HTML in a box that scrolls by itself where the screen is narrow."""
    title = escape(tabel.judul if judul is None else judul)
    kelas = "skm-gulir skm-tinggi" if tinggi else "skm-gulir"
    head = "".join(_head(k) for k in tabel.kolom) + (
        '<th aria-hidden="true"></th>' if batang else ""
    )
    rows = "".join(
        _row(tabel.kolom, row, batang[i] if batang else None) for i, row in enumerate(tabel.baris)
    )
    foot = ""
    if tabel.kaki:
        filler = "<td></td>" if batang else ""
        foot = f"<tfoot><tr>{_cells(tabel.kolom, tabel.kaki)}{filler}</tr></tfoot>"
    return (
        f'<figure class="{_shape(tabel)}"><figcaption>{title}</figcaption>'
        f'<div class="{kelas}" role="region" aria-label="{title}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>{foot}</table></div>"
        f"{_below(tabel, tautan)}</figure>"
    )


def _shape(tabel: Tabel) -> str:
    """Return the figure's class: rows of many columns stand as cards on a phone."""
    return "skm-tabel skm-banyak" if len(tabel.kolom) >= CARDS else "skm-tabel"


def badge(mutu: str | None) -> str:
    """Return a mutu letter as a coloured badge; the letter itself always says which."""
    if mutu not in _BADGES:
        return escape(mutu or "—")
    return f'<span class="skm-mutu skm-mutu-{mutu.lower()}">{mutu}</span>'


def _head(kolom: Kolom) -> str:
    kelas = ' class="angka"' if kolom.angka else ""
    return f'<th scope="col"{kelas}>{escape(kolom.judul)}</th>'


def _row(kolom: Sequence[Kolom], row: Sequence[str], batang: float | None) -> str:
    bar = ""
    if batang is not None:
        width = min(max(batang, 0.0), 100.0)
        length = f'<span style="width:{width:.2f}%"></span>'
        bar = f'<td class="batang" aria-hidden="true"><div>{length}</div></td>'
    return f"<tr>{_cells(kolom, row)}{bar}</tr>"


def _cells(kolom: Sequence[Kolom], row: Sequence[str]) -> str:
    cards = len(kolom) >= CARDS
    pairs = zip(kolom, row, strict=True)
    return "".join(_cell(k, text, _label(k, text) if cards else "") for k, text in pairs)


def _label(kolom: Kolom, text: str) -> str:
    """Return what a card says before the cell; an empty cell is left out of it."""
    return f' data-judul="{escape(kolom.judul)}"' + ("" if text.strip() else " data-kosong")


def _cell(kolom: Kolom, text: str, label: str) -> str:
    if kolom.judul == "Mutu":
        return f'<td class="tengah"{label}>{badge(text) if text else ""}</td>'
    if kolom.angka:
        return f'<td class="angka"{label}>{escape(text)}</td>'
    return f'<td class="{_text_class(kolom, text)}"{label}>{escape(text)}</td>'


def _text_class(kolom: Kolom, text: str) -> str:
    """Return how wide a text column may be pressed: a code never wraps, a long name gets room."""
    if kolom.judul == "Keterangan":
        return "catatan"
    return "pendek" if len(text) < 18 else "panjang" if len(text) > 30 else "teks"


def _below(tabel: Tabel, tautan: str | None) -> str:
    note = f"<p>{escape(tabel.catatan)}</p>" if tabel.catatan else ""
    link = f'<a href="{escape(tautan)}" download>Unduh CSV</a>' if tautan else ""
    return f'<div class="skm-bawah">{note}{link}</div>' if note or link else ""
