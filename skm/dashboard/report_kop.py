"""The office's letterhead: put in place, replaced, taken away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from skm.dashboard.confirm import act, ask
from skm.laporan.kop import read_kop, remove_kop, save_kop
from skm.pesan import message
from skm.settings import read_settings

_ROUND = "kop-putaran"


def show_letterhead() -> None:
    """Show the section."""
    data = read_settings().data
    present = read_kop(data) is not None
    state = (
        "Kop surat kantor terpasang dan dipakai pada laporan Word. Unggah berkas lain untuk "
        "menggantinya."
        if present
        else "Laporan Word memakai kop sederhana dari nama instansi. Unggah kop surat kantor "
        "(DOCX) untuk menggantinya."
    )
    st.html(f'<p class="skm-penjelas">{state}</p>')
    key = f"kop-{st.session_state.get(_ROUND, 0)}"
    with st.container(key="kop"):
        st.file_uploader(
            "Kop surat (DOCX)",
            type="docx",
            key=key,
            max_upload_size=20,  # above the limit of `save_kop`, whose refusal is a sentence
            label_visibility="collapsed",
            on_change=lambda: act(lambda: _take(key, data)),
        )
    if present and st.button("Hapus kop surat", key="kop-hapus"):
        ask(
            "Hapus kop surat?",
            "<p>Laporan Word kembali memakai kop sederhana.</p>",
            "Ya, hapus",
            lambda: _remove(data),
        )


def _take(key: str, data: Path) -> str:
    chosen = st.session_state[key]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader again
    if chosen is None:
        return ""
    save_kop(data, chosen.getvalue())
    return message("kop-disimpan", berkas=chosen.name)


def _remove(data: Path) -> str:
    remove_kop(data)
    return message("kop-dihapus")
