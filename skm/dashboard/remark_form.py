"""The form for a remark: its status and the reply that its writer can read."""

from __future__ import annotations

from html import escape

import streamlit as st

from skm.angka import format_number
from skm.dashboard.confirm import act, end_dialog
from skm.dashboard.source import Sumber
from skm.pesan import message
from skm.saran import NAMA_STATUS, Kelompok, reply
from skm.store import StatusSaran
from skm.store.remarks import LONGEST

_SHOWN = 5
"""How many different texts of a group the form quotes."""


def open_form(sumber: Sumber, group: Kelompok) -> None:
    """Ask for the status of a group of remarks and for a reply to all of it."""

    @st.dialog("Tanggapi saran", width="medium", dismissible=False)
    def form() -> None:
        key = f"tanggapan-{group.anggota[0].saran.id}"
        st.html(quoted_html(group))
        with st.form(key, border=False, enter_to_submit=False):
            status = list(StatusSaran)
            now = group.tanggapan.status
            st.selectbox(
                "Status",
                status,
                index=status.index(StatusSaran.PERLU if now is StatusSaran.BARU else now),
                format_func=NAMA_STATUS.__getitem__,
                key=f"{key}-status",
                filter_mode=None,
            )
            st.text_area(
                "Balasan (boleh dikosongkan)",
                value=group.tanggapan.balasan,
                key=f"{key}-balasan",
                max_chars=LONGEST,
                height=130,
                placeholder="Misalnya: Terima kasih. Dua kursi roda sudah kami sediakan di lobi.",
            )
            st.html(f'<p class="skm-penjelas">{reader_text(group)}</p>')
            with st.container(horizontal=True):
                yes = st.form_submit_button(
                    "Simpan",
                    type="primary",
                    key="tanggapan-simpan",
                    on_click=act,
                    args=(lambda: _save(sumber, group, key),),
                )
                no = st.form_submit_button("Batal", key="tanggapan-batal")
        end_dialog(yes=yes, no=no)

    form()


def quoted_html(group: Kelompok) -> str:
    """Return the remarks that the reply is for, those alike but for case only once."""
    texts = list({u.kunci: u.saran.teks for u in reversed(group.anggota)}.values())
    items = "".join(f"<li>“{escape(text)}”</li>" for text in texts[:_SHOWN])
    more = len(texts) - _SHOWN
    rest = f"<li>dan {format_number(more)} lainnya yang mirip</li>" if more > 0 else ""
    return f'<ul class="skm-kutipan">{items}{rest}</ul>'


def reader_text(group: Kelompok) -> str:
    """Return who can read the reply, and what does not belong into it."""
    n, coded = len(group.anggota), group.berkode
    whose = f"Berlaku untuk {format_number(n)} saran. " if n > 1 else ""
    if coded:
        who = (
            f"{format_number(coded)} penulisnya memegang kode dan dapat membaca status dan balasan."
            if n > 1
            else "Penulisnya memegang kode dan dapat membaca status dan balasan."
        )
    elif n > 1:
        who = (
            "Tidak ada penulisnya yang memegang kode (dari kertas atau berkas), sehingga "
            "balasannya hanya menjadi catatan kantor."
        )
    else:
        who = (
            "Saran ini tidak memiliki kode (dari kertas atau berkas), sehingga balasannya hanya "
            "menjadi catatan kantor."
        )
    return (
        f"{whose}{who} Jangan menulis nama atau data diri; NIK, nomor telepon, dan surel "
        "disamarkan sendiri."
    )


def _save(sumber: Sumber, group: Kelompok, key: str) -> str:
    status = StatusSaran(st.session_state[f"{key}-status"])
    teks = str(st.session_state[f"{key}-balasan"] or "")
    n = reply(sumber.store, sumber.survei.id, group.ids, status, teks)
    return message("saran-ditanggapi", jumlah=format_number(n), status=NAMA_STATUS[status])
