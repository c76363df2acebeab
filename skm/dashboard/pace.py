"""The way to the needed sample: what is missing, and the people served that the operator enters."""

from __future__ import annotations

import streamlit as st

from skm.akun import Hak
from skm.dashboard.confirm import act
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.source import Sumber
from skm.pengumpulan import Kecukupan, pace_table, save_populations
from skm.periode import Periode
from skm.pesan import message

UNIT = ""
"""The key of the unit's own figure among those of the layanan."""


def show_pace(sumber: Sumber, periode: Periode, kecukupan: Kecukupan) -> None:
    """Show the table, or what to enter first, and the form for it."""
    st.html('<h2 class="skm-judul skm-bagian">Kecukupan responden</h2>')
    if kecukupan.baris:
        tabel = pace_table(sumber.survei, periode, kecukupan)
        link = csv_link(sumber.survei, periode, tabel)
        reached = [float(b.persen) for b in kecukupan.baris]
        with st.container(key="kecukupan"):
            show_table(tabel, link, batang=reached, judul=periode.label)
    else:
        st.html(
            '<p class="skm-penjelas">Isi jumlah orang yang dilayani pada periode ini, seluruhnya '
            "atau per jenis layanan; jumlah responden yang diperlukan dihitung dari situ (tabel "
            "Krejcie &amp; Morgan, PermenPANRB 14/2017).</p>"
        )
    if not sumber.may(Hak.NARASI):
        return
    with st.expander("Isi jumlah yang dilayani", expanded=not kecukupan.baris, key="populasi-isi"):
        _show_form(sumber, periode)


def _show_form(sumber: Sumber, periode: Periode) -> None:
    served = sumber.store.populations(sumber.survei.id, periode)
    labels = {UNIT: "Seluruh unit pelayanan"}
    labels |= {
        item.kode: item.nama for item in sumber.survei.layanan if item.aktif or item.kode in served
    }
    keys = {kode: _key(sumber, periode, kode, served.get(kode or None)) for kode in labels}
    with st.form("populasi", border=False):
        st.html(
            '<p class="skm-penjelas">Bila jenis layanan diisi, kecukupan dihitung per jenis '
            "layanan; isian seluruh unit ditampilkan di bawahnya. Kosongkan bila tidak "
            "diketahui.</p>"
        )
        codes = list(labels)
        for at in range(0, len(codes), 2):
            pair = st.columns(2, gap="large", vertical_alignment="bottom")
            for column, kode in zip(pair, codes[at : at + 2], strict=False):
                column.number_input(
                    labels[kode],
                    min_value=0,
                    max_value=10**9,
                    value=None,  # only then can the field be emptied again
                    step=1,
                    key=keys[kode],
                    placeholder="Belum diisi",
                )
        st.form_submit_button(
            "Simpan",
            type="primary",
            key="populasi-simpan",
            on_click=act,
            args=(lambda: _save(sumber, periode, keys),),
        )


def _key(sumber: Sumber, periode: Periode, kode: str, stored: int | None) -> str:
    """Return a field's key, filled with what is stored; a change by others makes it a new field."""
    shown = "" if stored is None else str(stored)
    key = f"populasi-{sumber.survei.id}-{periode.kode}-{kode}-{shown}"
    st.session_state.setdefault(key, stored)
    return key


def _save(sumber: Sumber, periode: Periode, keys: dict[str, str]) -> str:
    entered = {kode or None: st.session_state[key] for kode, key in keys.items()}
    save_populations(sumber.store, sumber.survei, periode, entered)
    return message("populasi-disimpan", periode=periode.label)
