"""The office's letterhead: put in place, replaced, taken away."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from skm.akun import Hak, Tindakan
from skm.dashboard.confirm import act, ask
from skm.dashboard.source import Sumber
from skm.laporan.kop import read_kop, remove_kop, save_kop
from skm.pesan import message
from skm.settings import read_settings

_ROUND = "kop-putaran"


def show_letterhead(sumber: Sumber) -> None:
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
    if not sumber.may(Hak.NARASI):
        return
    key = f"kop-{st.session_state.get(_ROUND, 0)}"
    with st.container(key="kop"):
        st.file_uploader(
            "Kop surat (DOCX)",
            type="docx",
            key=key,
            max_upload_size=20,  # above the limit of `save_kop`, whose refusal is a sentence
            label_visibility="collapsed",
            on_change=lambda: act(lambda: _take(sumber, key, data)),
        )
    if present and st.button("Hapus kop surat", key="kop-hapus"):
        ask(
            "Hapus kop surat?",
            "<p>Laporan Word kembali memakai kop sederhana.</p>",
            "Ya, hapus",
            lambda: _remove(sumber, data),
        )


def _take(sumber: Sumber, key: str, data: Path) -> str:
    chosen = st.session_state[key]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader again
    if chosen is None:
        return ""
    sumber.store.confirm(Hak.NARASI, sumber.survei.id)
    save_kop(data, chosen.getvalue())
    sumber.store.record(Tindakan.KOP_SURAT, sumber.survei.id, "dipasang")
    return message("kop-disimpan", berkas=chosen.name)


def _remove(sumber: Sumber, data: Path) -> str:
    sumber.store.confirm(Hak.NARASI, sumber.survei.id)
    remove_kop(data)
    sumber.store.record(Tindakan.KOP_SURAT, sumber.survei.id, "dihapus")
    return message("kop-dihapus")
