"""What can be printed, as plain links: posters, QR codes, the paper questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from skm.angka import format_number
from skm.report import UKURAN
from skm.store import Tautan
from skm.survei import Survei

NAMA_UKURAN = {"a4": "A4", "a5": "A5", "tenda": "Tenda meja"}
POSTER = {"a4": "Poster A4", "a5": "Poster A5", "tenda": "Tenda meja"}


def show_print(survei: Survei, placements: Sequence[Tautan]) -> None:
    """Show the downloads for all open placements together."""
    open_ones = sum(t.aktif for t in placements)
    st.html('<h2 class="skm-judul skm-bagian">Cetak</h2>')
    bahasa = None
    if open_ones and st.toggle("Tambahkan baris bahasa Inggris pada poster", key="cetak-inggris"):
        bahasa = "en"
    st.html(print_html(survei, open_ones, bahasa))


def print_html(survei: Survei, open_ones: int, bahasa: str | None) -> str:
    """Return the links to everything that can be printed at once."""
    all_of = f"{format_number(open_ones)} tautan terbuka"
    cards = []
    if open_ones:
        posters = [(NAMA_UKURAN[u], poster_link(survei, u, "pdf", bahasa)) for u in UKURAN]
        archives = [(NAMA_UKURAN[u], poster_link(survei, u, "zip", bahasa)) for u in UKURAN]
        cards = [
            card_html("Poster dalam satu PDF", f"Satu halaman untuk setiap {all_of}.", posters),
            card_html("Berkas terpisah (ZIP)", "Poster PDF serta kode QR SVG dan PNG.", archives),
        ]
    base = f"/unduh/{quote(survei.id)}"
    paper = [("Kuesioner (PDF)", f"{base}/kuesioner.pdf"), ("Tabel tautan", f"{base}/tautan.csv")]
    cards.append(
        card_html("Kertas dan daftar", "Kuesioner kertas, dan daftar tautan (CSV).", paper)
    )
    return f'<div class="skm-cetak">{"".join(cards)}</div>'


def card_html(judul: str, keterangan: str, links: Sequence[tuple[str, str]]) -> str:
    """Return a card with a heading, a sentence, and downloads."""
    return (
        f"<section><h3>{escape(judul)}</h3><p>{escape(keterangan)}</p>{links_html(links)}</section>"
    )


def links_html(links: Sequence[tuple[str, str]]) -> str:
    """Return downloads as a row of links."""
    items = "".join(
        f'<a href="{escape(address)}" download>{escape(label)}</a>' for label, address in links
    )
    return f'<div class="skm-unduh">{items}</div>'


def placement_links(survei: Survei, kode: str, bahasa: str | None) -> list[tuple[str, str]]:
    """Return the downloads of one placement."""
    base = f"/unduh/{quote(survei.id)}"
    return [
        *((POSTER[u], poster_link(survei, u, "pdf", bahasa, kode)) for u in UKURAN),
        ("QR (SVG)", f"{base}/qr/{quote(kode)}.svg"),
        ("QR (PNG)", f"{base}/qr/{quote(kode)}.png"),
        ("Kuesioner kertas", f"{base}/kuesioner.pdf?{urlencode({'kode': kode})}"),
    ]


def poster_link(
    survei: Survei, ukuran: str, bentuk: str, bahasa: str | None, kode: str | None = None
) -> str:
    """Return the address of a poster, or of those of all open placements."""
    query = urlencode({k: v for k, v in (("kode", kode), ("bahasa", bahasa)) if v})
    address = f"/unduh/{quote(survei.id)}/poster-{ukuran}.{bentuk}"
    return f"{address}?{query}" if query else address
