"""The list of remarks: those that say nearly the same together, each with what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from skm.akun import Hak
from skm.analysis.groups import Per
from skm.analysis.saran import LAINNYA
from skm.angka import format_number
from skm.dashboard.remark_form import open_form
from skm.dashboard.source import Sumber
from skm.hasil import names_of
from skm.jawaban import NAMA_KANAL
from skm.saran import NAMA_STATUS, Kelompok, Ringkas, Ulasan
from skm.store import StatusSaran
from skm.survei import Survei
from skm.tanggal import day_text

STEP = 20
"""How many groups are shown at first, and with each press more."""
_MANY, _STATUS = "saran-banyak", "saran-status"


def show_list(
    sumber: Sumber,
    ringkas: Ringkas,
    groups_of: Callable[[StatusSaran | None, bool], Sequence[Kelompok]],
) -> None:
    """Show the groups of one status, or of all: `groups_of` gives them, alike ones together."""
    st.html('<h2 class="skm-judul skm-bagian">Daftar saran</h2>')
    options: list[StatusSaran | None] = [None, *StatusSaran]
    with st.container(horizontal=True, vertical_alignment="bottom", key="saran-pilih"):
        status = st.segmented_control(
            "Status",
            options,
            default=None,
            format_func=lambda s: status_label(s, ringkas),
            key=_STATUS,
            on_change=_from_the_top,
        )
        mirip = st.toggle("Gabungkan yang mirip", value=True, key="saran-mirip")
    groups = groups_of(status, mirip)
    if not groups:
        st.html('<p class="skm-penjelas">Tidak ada saran pada pilihan ini.</p>')
        return
    shown = groups[: st.session_state.get(_MANY, STEP)]
    for group in shown:
        _show_group(sumber, group)
    if len(shown) < len(groups):
        st.button(
            f"Tampilkan {STEP} lagi dari {format_number(len(groups))}",
            key="saran-lagi",
            on_click=_show_more,
        )


def status_label(status: StatusSaran | None, ringkas: Ringkas) -> str:
    """Return a status with how many remarks have it."""
    if status is None:
        return f"Semua ({format_number(ringkas.jumlah)})"
    return f"{NAMA_STATUS[status]} ({format_number(ringkas.status[status])})"


def _show_more() -> None:
    st.session_state[_MANY] = st.session_state.get(_MANY, STEP) + STEP


def _from_the_top() -> None:
    st.session_state[_MANY] = STEP


def _show_group(sumber: Sumber, group: Kelompok) -> None:
    nomor = group.anggota[0].saran.id
    with st.container(key=f"saran-{nomor}", horizontal=True, vertical_alignment="center"):
        st.html(group_html(sumber.survei, group))
        if not sumber.may(Hak.SARAN):
            return
        label = "Ubah" if group.tanggapan.status is not StatusSaran.BARU else "Tanggapi"
        if st.button(label, key=f"saran-tanggapi-{nomor}"):
            open_form(sumber, group)


def group_html(survei: Survei, group: Kelompok) -> str:
    """Return a group: the text, how often, about what, where and when, status and reply."""
    status = group.tanggapan.status
    names = {u.kode: u.nama for u in survei.unsur}
    about = " · ".join(names[kode] for kode in group.unsur if kode in names) or LAINNYA
    n = len(group.anggota)
    often = f'<b class="kali">{format_number(n)} saran mirip</b> ' if n > 1 else ""
    where = ("Terakhir: " if n > 1 else "") + where_text(survei, group.anggota[0])
    reply = group.tanggapan.balasan
    answered = f'<span class="balasan"><b>Balasan:</b> {escape(reply)}</span>' if reply else ""
    return (
        f'<div class="skm-saran"><p>“{escape(group.teks)}”</p><span>{often}'
        f'<em class="skm-status skm-saran-{status}">{NAMA_STATUS[status]}</em> '
        f"{escape(about)}</span><span>{escape(where)}</span>"
        f"{answered}</div>"
    )


def where_text(survei: Survei, ulasan: Ulasan) -> str:
    """Return where and on which day a remark was written, never at which time."""
    saran = ulasan.saran
    parts = (
        names_of(survei, Per.LAYANAN).get(saran.layanan or "", ""),
        names_of(survei, Per.TITIK).get(saran.titik or "", ""),
        NAMA_KANAL[saran.kanal],
        day_text(ulasan.hari) if ulasan.hari else saran.periode.label,
    )
    return " · ".join(filter(None, parts))
