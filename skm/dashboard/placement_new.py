"""New placements: one for every titik in one action, or for chosen ones."""

from __future__ import annotations

import streamlit as st

from skm.angka import format_number
from skm.dashboard.confirm import act
from skm.dashboard.source import Sumber
from skm.jawaban import NAMA_KANAL, Kanal
from skm.pesan import message
from skm.survei import Survei
from skm.tautan import KANAL, Rencana, create_placements, plan_placements

EVERY, CHOSEN = "semua", "pilih"
USES = {
    Kanal.QR: "kode pada poster, dibuka di ponsel responden",
    Kanal.KIOS: "layar bersama di ruang layanan",
    Kanal.PETUGAS: "diisi bersama petugas",
    Kanal.PESAN: "dikirim lewat pesan",
}


def show_new(sumber: Sumber, *, first: bool) -> None:
    """Show the choices and the button; it is open until there is a first placement."""
    survei = sumber.survei
    with st.expander("Buat tautan", expanded=first, key="tautan-buat"):
        st.html(
            '<p class="skm-penjelas">Satu tautan adalah satu kode untuk satu titik layanan. '
            "Jawaban dari kode itu langsung tercatat pada titiknya.</p>"
        )
        titik = _choose_titik(survei)
        left, right = st.columns(2)
        with left:
            layanan = _choose_layanan(survei)
        with right:
            kanal = st.selectbox(
                "Kanal",
                list(KANAL),
                format_func=lambda k: f"{NAMA_KANAL[k]}: {USES[k]}",
                key="tautan-kanal",
                filter_mode=None,
            )
        nama = st.text_input(
            "Nama (boleh kosong)",
            key="tautan-nama",
            max_chars=80,
            placeholder="Misalnya: Loket 3. Beda nama berarti tautan tersendiri.",
        )
        rencana = plan_placements(sumber.store, survei, titik, layanan, kanal, nama)
        _show_button(sumber, rencana, titik, layanan, kanal, nama)


def _choose_titik(survei: Survei) -> list[str] | None:
    """Return the chosen titik; None for all of them, or where the survey lists none."""
    active = {t.kode: t.nama for t in survei.titik if t.aktif}
    if not active:
        return None
    labels = {EVERY: f"Semua titik ({format_number(len(active))})", CHOSEN: "Pilih titik"}
    which = st.segmented_control(
        "Titik layanan",
        list(labels),
        format_func=labels.__getitem__,
        default=EVERY,
        required=True,
        key="tautan-titik",
    )
    if which != CHOSEN:
        return None
    return st.multiselect(
        "Titik yang dipilih",
        list(active),
        format_func=active.__getitem__,
        placeholder="Ketik sebagian nama",
        key="tautan-titik-pilihan",
        select_all=False,
    )


def _choose_layanan(survei: Survei) -> str | None:
    names = {item.kode: item.nama for item in survei.layanan if item.aktif}
    if not names:
        return None
    chosen = st.selectbox(
        "Jenis layanan",
        ["", *names],
        format_func=lambda kode: names.get(kode, "Dipilih responden pada formulir"),
        key="tautan-layanan",
    )
    return chosen or None


def _show_button(
    sumber: Sumber,
    rencana: Rencana,
    titik: list[str] | None,
    layanan: str | None,
    kanal: Kanal,
    nama: str,
) -> None:
    count = format_number(len(rencana.baru))
    with st.container(horizontal=True, vertical_alignment="center", key="tautan-buat-ya"):
        st.button(
            f"Buat {count} tautan" if rencana.baru else "Buat tautan",
            type="primary",
            key="tautan-buat-tombol",
            disabled=not rencana.baru,
            on_click=act,
            args=(lambda: create(sumber, titik, layanan, kanal, nama),),
        )
        if rencana.ada:
            passed = message("tautan-dilewati", jumlah=format_number(len(rencana.ada)))
            st.html(f'<p class="skm-penjelas">{passed}</p>')
        elif titik == []:
            st.html('<p class="skm-penjelas">Pilih dahulu titiknya.</p>')


def create(
    sumber: Sumber, titik: list[str] | None, layanan: str | None, kanal: Kanal, nama: str
) -> str:
    """Make the placements and return the sentence about it."""
    made = create_placements(sumber.store, sumber.survei, titik, layanan, kanal, nama)
    return message("tautan-dibuat", jumlah=format_number(len(made)))
