"""The bar at the end of Pengaturan: how much is not saved, what it is in words, save or discard."""

from __future__ import annotations

from functools import lru_cache
from html import escape

import streamlit as st

from skm.angka import format_number
from skm.atur.periksa import Temuan
from skm.atur.simpan import Tinjauan, review, save
from skm.dashboard.confirm import act
from skm.dashboard.pengaturan_draf import Draf, discard
from skm.dashboard.selection import choose_survey
from skm.dashboard.source import Sumber
from skm.pesan import message
from skm.store import Store


def show_bar(sumber: Sumber, draf: Draf) -> None:
    """Show what is not saved yet, or that everything is."""
    found = look(sumber, draf)
    key = "atur-bilah" if draf.berubah else "atur-tersimpan"
    with st.container(key=key, horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="skm-bilah" role="status">{_state(draf, found)}</p>')
        if not draf.berubah:
            return
        if st.button("Tinjau dan simpan", key="atur-tinjau", type="primary"):
            _ask(sumber, draf, found)
        if st.button("Buang perubahan", key="atur-buang"):
            _ask_discard(draf, found)


def look(sumber: Sumber, draf: Draf) -> Tinjauan:
    """Return what saving the draft would do."""
    return _look(sumber.store.dasar, draf.survei_id, sumber.versi, draf.dasar, draf.teks)


@lru_cache(maxsize=32)
def _look(store: Store, survei_id: str, versi: int, dasar: str, teks: str) -> Tinjauan:
    return review(store, survei_id, dasar, teks)


def show_stale(draf: Draf) -> None:
    """Say that somebody else has saved the survey meanwhile, and offer what they saved."""
    if not draf.usang:
        return
    st.warning(message("survei-baru-diubah"))
    st.button(
        "Muat ulang isi terbaru",
        key="atur-muat-ulang",
        on_click=lambda: discard(draf.survei_id),
    )


def _state(draf: Draf, found: Tinjauan) -> str:
    if not draf.berubah:
        return "Tidak ada perubahan yang belum disimpan."
    words = f"<strong>{format_number(max(1, len(found.beda)))} perubahan belum disimpan</strong>"
    if found.temuan:
        count = format_number(len(found.temuan))
        words += f' <span class="skm-salah">{count} hal perlu diperbaiki</span>'
    return words


def _ask(sumber: Sumber, draf: Draf, found: Tinjauan) -> None:
    @st.dialog("Simpan perubahan?" if found.boleh else "Belum dapat disimpan", width="medium")
    def question() -> None:
        st.html(f'<div class="skm-tanya">{review_html(found)}</div>')
        with st.container(horizontal=True):
            yes = found.boleh and st.button(
                "Ya, simpan",
                key="tanya-ya",
                type="primary",
                on_click=lambda: act(lambda: _save(sumber, draf)),
            )
            no = st.button("Kembali" if found.boleh else "Perbaiki dahulu", key="tanya-tidak")
        if yes or no:
            st.rerun()

    question()


def _save(sumber: Sumber, draf: Draf) -> str:
    words = save(sumber.store, draf.survei_id, draf.dasar, draf.teks)
    discard(draf.survei_id)
    choose_survey(draf.survei_id)  # set anew: the choice in the sidebar shows another title
    return message("survei-tersimpan", jumlah=format_number(max(1, len(words))))


def _ask_discard(draf: Draf, found: Tinjauan) -> None:
    @st.dialog("Buang perubahan?")
    def question() -> None:
        st.html(f'<div class="skm-tanya"><p>Yang hilang:</p>{_list(found.beda)}</div>')
        with st.container(horizontal=True):
            yes = st.button(
                "Ya, buang",
                key="tanya-ya",
                type="primary",
                on_click=lambda: discard(draf.survei_id),
            )
            no = st.button("Tidak", key="tanya-tidak")
        if yes or no:
            st.rerun()

    question()


def review_html(found: Tinjauan) -> str:
    """Return faults, changes and notes as HTML."""
    parts = []
    if found.temuan:
        parts.append("<p><strong>Perbaiki dahulu:</strong></p>" + faults_html(found.temuan))
    if found.beda:
        parts.append("<p><strong>Yang berubah:</strong></p>" + _list(found.beda))
    elif not found.temuan:
        parts.append("<p>Hanya penulisan berkasnya yang berubah, bukan isinya.</p>")
    if found.catatan:
        items = "".join(f"<li>{escape(note)}</li>" for note in found.catatan)
        parts.append(f'<ul class="skm-ingat">{items}</ul>')
    return "".join(parts)


def faults_html(temuan: tuple[Temuan, ...]) -> str:
    """Return faults as a list: where, and what to do."""
    items = "".join(
        f"<li><strong>{escape(t.tempat)}</strong>: {escape(t.pesan)}</li>" for t in temuan
    )
    return f'<ul class="skm-temuan">{items}</ul>'


def _list(sentences: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(s)}</li>" for s in sentences)
    return f'<ul class="skm-beda">{items}</ul>'
