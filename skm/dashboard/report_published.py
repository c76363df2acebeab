"""Figures that the office published before this program: typed in, with where they stand."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from skm.akun import Hak
from skm.analysis.tables import ikm_text
from skm.angka import parse_number
from skm.dashboard.confirm import ask
from skm.dashboard.source import Sumber
from skm.penutupan.tutup import DAPAT_DITUTUP
from skm.periode import Periode, parse_period
from skm.pesan import SkmError, message
from skm.store import AngkaTerbit

_FIELDS = ("terbit-periode", "terbit-ikm", "terbit-sumber")
_FAULT, _SAVED = "terbit-galat", "terbit-kabar"


def show_published(sumber: Sumber) -> None:
    """Show the section."""
    st.html(
        '<p class="skm-penjelas">IKM yang pernah diterbitkan untuk periode yang jawabannya tidak '
        "ada di sini. Dipakai pada perbandingan antarperiode, selalu dengan sumbernya.</p>"
    )
    known = sumber.store.published_figures(sumber.survei.id)
    with st.container(key="terbit"):
        for figure in known:
            _show_one(sumber, figure)
    if sumber.may(Hak.NARASI):
        _show_form(sumber)


def _show_one(sumber: Sumber, figure: AngkaTerbit) -> None:
    kode = figure.periode.kode
    with st.container(horizontal=True, vertical_alignment="center", key=f"terbit-baris-{kode}"):
        st.html(
            f'<div class="skm-unggahan"><strong>{figure.periode.label}: {ikm_text(figure.ikm)}'
            f"</strong><span></span><span>{escape(figure.sumber)}</span></div>"
        )
        if not sumber.may(Hak.NARASI):
            return
        st.button("Ubah", key=f"terbit-ubah-{kode}", on_click=_fill, args=(figure,))
        if st.button("Hapus", key=f"terbit-hapus-{kode}"):
            ask(
                "Hapus angka terbit?",
                f"<p>IKM {escape(figure.periode.label)} ({ikm_text(figure.ikm)}) tidak lagi "
                "dipakai pada perbandingan.</p>",
                "Ya, hapus",
                lambda: _remove(sumber, figure.periode),
            )


def _fill(figure: AngkaTerbit) -> None:
    values = (figure.periode.label, ikm_text(figure.ikm), figure.sumber)
    for key, value in zip(_FIELDS, values, strict=True):
        st.session_state[key] = value


def _show_form(sumber: Sumber) -> None:
    periode, ikm, sumber_teks = _FIELDS
    with st.form("terbit-isian"):
        left, middle, right = st.columns([1.2, 0.8, 2])
        left.text_input("Periode", key=periode, placeholder="Tahun 2023")
        middle.text_input("IKM", key=ikm, placeholder="86,88")
        right.text_input("Sumber", key=sumber_teks, placeholder="LKIP 2023, tabel 3.9")
        st.form_submit_button(
            "Simpan angka",
            type="primary",
            key="terbit-simpan",
            on_click=_try,
            args=(lambda: _save(sumber),),
        )
    if text := st.session_state.pop(_FAULT, None):
        st.error(text)
    if text := st.session_state.pop(_SAVED, None):
        st.success(text)


def _try(action: Callable[[], str]) -> None:
    """Run the form's action; what is wrong in it is said beside it, and stays typed."""
    try:
        st.session_state[_SAVED] = action()
    except SkmError as error:
        st.session_state[_FAULT] = str(error)


def _save(sumber: Sumber) -> str:
    texts = [st.session_state[key] for key in _FIELDS]
    periode = parse_period(texts[0])
    if periode.jenis not in DAPAT_DITUTUP:
        raise SkmError("angka-terbit-periode", label=periode.label)
    try:
        ikm = parse_number(texts[1])
    except ValueError as error:
        raise SkmError("angka-terbit-rentang", nilai=texts[1]) from error
    sumber.store.set_published_figure(sumber.survei.id, periode, ikm, texts[2])
    for key in _FIELDS:
        st.session_state[key] = ""
    return message("kabar-angka-terbit", label=periode.label)


def _remove(sumber: Sumber, periode: Periode) -> str:
    sumber.store.set_published_figure(sumber.survei.id, periode, None)
    return message("kabar-angka-terbit-dihapus", label=periode.label)
