"""The office's own paragraphs of a report: one part at a time, and nothing typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

from skm.akun import Hak
from skm.dashboard.confirm import act
from skm.dashboard.source import Sumber
from skm.laporan.bagian import Bagian, default_text, parts
from skm.periode import Periode
from skm.pesan import message

_HEIGHT = 320


@dataclass(frozen=True, slots=True)
class Isian:
    """A part as it stands: the text that a report prints, and where it comes from.

    `asal` is the period that the office wrote it for; None is our own text.
    """

    bagian: Bagian
    teks: str
    asal: Periode | None


def show_texts(sumber: Sumber, periode: Periode) -> None:
    """Show the choice of a part and its editor."""
    st.html(
        '<p class="skm-penjelas">Bagian yang dapat ditulis sendiri oleh kantor. Teks yang disimpan '
        "dipakai juga untuk periode sesudahnya, sampai diganti. Paragraf dipisahkan oleh baris "
        "kosong.</p>"
    )
    if not sumber.may(Hak.NARASI):
        st.info(message("teks-baca-saja"))
        return
    known = current_texts(sumber, periode)
    kode = st.selectbox(
        "Bagian laporan",
        list(known),
        format_func=lambda k: known[k].bagian.judul,
        key="teks-bagian",
        filter_mode=None,
        persist_state="session",
    )
    _show_editor(sumber, periode, known[kode])


def current_texts(sumber: Sumber, periode: Periode) -> dict[str, Isian]:
    """Return every part with the text that the report of the period prints now."""
    own = sumber.store.report_texts(sumber.survei.id, periode)
    source = sumber.store.report_text_sources(sumber.survei.id, periode)
    survei = sumber.resmi.survei_of(periode)
    return {
        kode: Isian(
            bagian, own.get(kode) or default_text(bagian, survei, periode), source.get(kode)
        )
        for kode, bagian in parts().items()
    }


def _state(isian: Isian, periode: Periode) -> str:
    if isian.asal is None:
        return "Teks baku." if isian.teks else "Belum diisi."
    if isian.asal == periode:
        return "Teks kantor."
    return f"Teks kantor, terbawa dari {isian.asal.label}; periksa apakah masih sesuai."


def _show_editor(sumber: Sumber, periode: Periode, isian: Isian) -> None:
    key = f"teks-{sumber.survei.id}-{periode.kode}-{isian.bagian.kode}"
    changed_by_others = _fill(key, isian.teks)
    st.text_area(
        isian.bagian.judul,
        key=key,
        height=_HEIGHT,
        placeholder="Belum ada teks. Bagian ini tidak dicetak selama kosong.",
        persist_state="session",
    )
    state, hint = escape(_state(isian, periode)), escape(isian.bagian.petunjuk)
    st.html(f'<p class="skm-penjelas"><strong>{state}</strong> {hint}</p>')
    if changed_by_others:
        st.warning("Teks ini baru saja diganti orang lain. Tulisan Anda di atas belum disimpan.")
    unsaved = st.session_state[key].strip() != isian.teks.strip()
    with st.container(horizontal=True, vertical_alignment="center", key="teks-tombol"):
        st.button(
            "Simpan teks",
            type="primary",
            key="teks-simpan",
            on_click=act,
            args=(lambda: _save(sumber, periode, isian.bagian, key),),
        )
        if isian.asal is not None or unsaved:
            st.button(
                "Kembalikan ke teks baku",
                key="teks-baku",
                on_click=act,
                args=(lambda: _restore(sumber, periode, isian.bagian, key),),
            )
        if unsaved:
            st.html('<p class="skm-penjelas">Belum disimpan.</p>')


def _fill(key: str, stored: str) -> bool:
    """Fill the field, unless something unsaved stands in it; return whether both have changed."""
    base = f"{key}-dasar"
    typed = st.session_state.get(key)
    if typed is None or typed == st.session_state.get(base):
        st.session_state[key] = st.session_state[base] = stored
        return False
    return bool(st.session_state[base] != stored and typed.strip() != stored.strip())


def _save(sumber: Sumber, periode: Periode, bagian: Bagian, key: str) -> str:
    typed = st.session_state[key].strip()
    same = typed == default_text(bagian, sumber.resmi.survei_of(periode), periode).strip()
    # Our own text is not kept as theirs: it follows the period and later versions.
    _keep(sumber, periode, bagian, key, "" if same else typed)
    return message("teks-disimpan", bagian=bagian.judul)


def _restore(sumber: Sumber, periode: Periode, bagian: Bagian, key: str) -> str:
    _keep(sumber, periode, bagian, key, "")
    return message("teks-dibakukan", bagian=bagian.judul)


def _keep(sumber: Sumber, periode: Periode, bagian: Bagian, key: str, teks: str) -> None:
    sumber.store.set_report_text(sumber.survei.id, periode, bagian.kode, teks)
    shown = teks or default_text(bagian, sumber.resmi.survei_of(periode), periode)
    st.session_state[key] = st.session_state[f"{key}-dasar"] = shown
