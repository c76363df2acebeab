"""Section Formulir: its sentences, its English, and the form as a respondent sees it."""

from __future__ import annotations

import streamlit as st

from skm.atur import kalimat as ops
from skm.atur.kalimat import INDONESIA, INGGRIS, KALIMAT, Kalimat
from skm.atur.periksa import check
from skm.dashboard.pengaturan_draf import Draf, Ubah, switch_field, text_field
from skm.dashboard.pengaturan_simpan import faults_html
from skm.dashboard.selection import Pilihan
from skm.formulir.render import render_preview

LONG = 55
"""Sentences longer than this get several lines."""
_TITLES = {"judul": "Judul survei", "unit": "Nama unit pelayanan"}
NAMA = {INDONESIA: "Indonesia", INGGRIS: "Inggris"}


def show(_: Pilihan, draf: Draf) -> None:
    """Show the section: sentences on the left, the form on the right."""
    left, right = st.columns([1, 1], gap="large")
    with left:
        _show_texts(draf)
    with right:
        _show_form(draf)


def _show_texts(draf: Draf) -> None:
    st.html('<h2 class="skm-judul">Teks formulir</h2>')
    english = INGGRIS in ops.languages(draf.isi)
    bahasa = INDONESIA
    if english:
        bahasa = st.segmented_control(
            "Bahasa teks",
            list(NAMA),
            format_func=NAMA.__getitem__,
            default=INDONESIA,
            required=True,
            key=draf.key("teks-bahasa"),
        )
    if bahasa == INGGRIS:
        for key, label in _TITLES.items():
            text_field(
                draf,
                label,
                f"teks-en-{key}",
                ops.translation(draf.isi, INGGRIS, key),
                _translate(key),
            )
    for k in KALIMAT:
        shown = ops.sentence(draf.isi, bahasa, k.kunci)
        text_field(
            draf,
            k.judul,
            f"teks-{bahasa}-{k.kunci}",
            shown,
            _set(bahasa, k),
            baris=3 if len(ops.default_sentence(bahasa, k.kunci)) > LONG else 1,
        )
        if k.petunjuk:
            st.html(f'<p class="skm-penjelas">{k.petunjuk}</p>')
    st.html(
        '<p class="skm-penjelas">Kosongkan sebuah kotak untuk kembali ke teks baku. Terjemahan '
        "pertanyaan dan layanan ada di bagiannya masing-masing.</p>"
    )
    switch_field(draf, "Formulir juga dalam bahasa Inggris", "inggris", english, _set_english)


def _set(bahasa: str, k: Kalimat) -> Ubah:
    return lambda text, typed: ops.set_sentence(text, bahasa, k.kunci, typed)


def _translate(key: str) -> Ubah:
    return lambda text, typed: ops.translate(text, INGGRIS, key, typed)


def _set_english(text: str, on: bool) -> str:
    return ops.add_language(text, INGGRIS) if on else ops.remove_language(text, INGGRIS)


def _show_form(draf: Draf) -> None:
    """Show the form of the draft; while it has faults, what they are."""
    st.html('<h2 class="skm-judul">Seperti dilihat responden</h2>')
    checked = check(draf.teks, draf.survei_id)
    if checked.survei is None:
        st.html(
            '<p class="skm-penjelas">Pratinjau tampil setelah ini diperbaiki:</p>'
            + faults_html(checked.temuan)
        )
        return
    offered = [kode for kode in ops.languages(draf.isi) if kode in NAMA]
    bahasa = INDONESIA
    if len(offered) > 1:
        bahasa = st.segmented_control(
            "Bahasa pratinjau",
            offered,
            format_func=NAMA.__getitem__,
            default=INDONESIA,
            required=True,
            key=draf.key("pratinjau-bahasa"),
            label_visibility="collapsed",
        )
    selesai = st.toggle("Halaman setelah terkirim", key=draf.key("pratinjau-selesai"))
    with st.container(key="atur-pratinjau"):
        st.iframe(render_preview(checked.survei, bahasa, selesai=selesai), height=720)
