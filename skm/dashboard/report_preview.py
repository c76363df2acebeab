"""The report's pages as pictures, one at a time."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from skm.angka import format_number
from skm.dashboard.source import Sumber
from skm.laporan.pratinjau import preview
from skm.periode import Periode
from skm.pesan import SkmError


def show_preview(sumber: Sumber, periode: Periode, *, terisi: bool) -> None:
    """Show the section; pages are drawn only once somebody asks for them."""
    if not terisi:
        st.html('<p class="skm-penjelas">Belum ada jawaban, sehingga belum ada laporan.</p>')
        return
    with st.container(horizontal=True, key="pratinjau-pilihan"):
        wanted = st.toggle("Tampilkan halaman laporan", key="pratinjau", persist_state="session")
        large = wanted and st.toggle("Perbesar", key="pratinjau-besar", persist_state="session")
    if not wanted:
        return
    try:
        with st.spinner("Menyusun halaman laporan…"):
            count = page_count(sumber, periode)
    except SkmError as error:
        st.error(str(error))
        return
    _show_page(sumber, periode, count, large=large)


def page_count(sumber: Sumber, periode: Periode) -> int:
    """Return how many pages the report has; they are drawn and kept by it."""
    return len(preview(sumber.resmi, periode, sumber.versi))


def _show_page(sumber: Sumber, periode: Periode, count: int, *, large: bool) -> None:
    key = f"pratinjau-{sumber.survei.id}-{periode.kode}"
    nomor = min(st.session_state.setdefault(key, 1), count)
    with st.container(horizontal=True, vertical_alignment="center", key="pratinjau-halaman"):
        st.button(
            "Sebelumnya",
            key="pratinjau-mundur",
            disabled=nomor <= 1,
            on_click=_turn,
            args=(key, nomor - 1),
        )
        st.html(
            f'<p class="skm-halaman" aria-live="polite">Halaman {format_number(nomor)} dari '
            f"{format_number(count)}</p>",
            width="content",
        )
        st.button(
            "Berikutnya",
            key="pratinjau-maju",
            disabled=nomor >= count,
            on_click=_turn,
            args=(key, nomor + 1),
        )
    st.html(page_html(sumber, periode, nomor, count, large=large))


def _turn(key: str, nomor: int) -> None:
    st.session_state[key] = nomor


def page_html(sumber: Sumber, periode: Periode, nomor: int, count: int, *, large: bool) -> str:
    """Return a page in its box, which scrolls where it is enlarged; a click opens it alone."""
    address = (
        f"/unduh/{quote(sumber.survei.id)}/{quote(periode.kode)}/laporan/{nomor}.png"
        f"?versi={sumber.versi}"
    )
    alt = f"Halaman {nomor} dari {count}, laporan {periode.label}. Teksnya ada pada berkas PDF."
    size = " skm-lebar" if large else ""
    return (
        f'<div class="skm-lembar{size}" role="region" aria-label="Halaman laporan" tabindex="0">'
        f'<a href="{escape(address)}" target="_blank"><img src="{escape(address)}" '
        f'alt="{escape(alt)}" width="910" height="1287"></a></div>'
    )
