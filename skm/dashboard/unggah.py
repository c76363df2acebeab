"""The page Unggah: file, mapping, check, take; below it the history and the templates."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from skm.angka import format_number
from skm.dashboard import draft
from skm.dashboard.draft import Draf, Selesai
from skm.dashboard.history import show_history
from skm.dashboard.selection import PERIODE, Pilihan
from skm.dashboard.source import Sumber
from skm.dashboard.upload_check import show_check
from skm.dashboard.upload_columns import show_columns
from skm.dashboard.upload_options import show_options
from skm.pesan import SkmError
from skm.unggah import read

_DONE = "unggahan-selesai"
_ROUND = "unggahan-putaran"


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber = pilihan.sumber
    if sumber is None:
        return
    _show_done(pilihan)
    step("1", "Pilih berkas jawaban")
    draf = draft.current(sumber.survei.id) or _choose_file(sumber)
    if draf is not None:
        _show_steps(sumber, draf)
    show_history(sumber)


def step(nomor: str, judul: str) -> None:
    """Show the heading of a step."""
    st.html(f'<h2 class="skm-langkah"><span>{nomor}</span>{escape(judul)}</h2>')


def _choose_file(sumber: Sumber) -> Draf | None:
    """Show the uploader; return the draft that a readable file starts."""
    place = st.empty()
    with place.container():
        _show_formats(sumber)
        chosen = st.file_uploader(
            "Berkas jawaban",
            key=f"berkas-{st.session_state.get(_ROUND, 0)}",
            max_upload_size=64,  # above the limit of `read`, whose refusal is a sentence
            label_visibility="collapsed",
        )
    if chosen is None:
        return None
    st.session_state.pop(_DONE, None)
    try:
        draf = draft.begin(sumber.survei, read(chosen.name, chosen.getvalue()))
    except SkmError as error:
        st.error(str(error))
        return None
    place.empty()
    return draf


def _show_formats(sumber: Sumber) -> None:
    alamat = f"/unduh/{quote(sumber.survei.id)}/templat"
    st.html(
        '<p class="skm-penjelas">CSV, XLSX, XLS, atau ODS, paling besar 20 MB: hasil Google '
        "Formulir, lembar olahan SKM, atau templat survei ini. Belum punya berkas? Unduh templat "
        f'<a href="{alamat}.xlsx" download>Excel (XLSX)</a> atau '
        f'<a href="{alamat}.csv" download>CSV</a>.</p>'
    )


def _show_steps(sumber: Sumber, draf: Draf) -> None:
    _show_chosen(sumber, draf)
    step("2", "Cocokkan kolom")
    ready = show_columns(sumber, draf)
    step("3", "Lengkapi keterangan dan periksa")
    needed = show_options(sumber.survei, draf)
    hints = (*([] if ready else [_unready(draf)]), *needed)
    if st.button("Periksa berkas", type="primary", key="periksa", disabled=bool(hints)):
        _check(sumber, draf)
    for hint in hints:
        st.html(f'<p class="skm-penjelas">{escape(hint)}</p>')
    if draf.rencana is None:
        return
    step("4", "Hasil pemeriksaan")
    batch = show_check(sumber, draf)
    if batch is not None and draf.rencana is not None:
        st.session_state[_DONE] = Selesai(batch, draft.latest_period(draf.rencana))
        _reset(sumber)
        st.rerun()


def _unready(draf: Draf) -> str:
    """Return what step 2 still waits for."""
    if draf.pemetaan.saran_wajib:
        return "Selesaikan dahulu langkah 2: jawab “maksud Anda …?” dengan Ya, pakai atau Bukan."
    if not draf.agreed and not draf.pemetaan.masalah:
        return "Selesaikan dahulu langkah 2: tentukan kolomnya, atau centang lanjutkan tanpa itu."
    return "Selesaikan dahulu langkah 2."


def _check(sumber: Sumber, draf: Draf) -> None:
    text = "Memeriksa baris…"
    bar = st.progress(0.0, text=text)

    def report(done: int, total: int) -> None:
        bar.progress(done / total if total else 1.0, text=text)

    try:
        draf.check(sumber, report)
    finally:
        bar.empty()


def _show_chosen(sumber: Sumber, draf: Draf) -> None:
    sheets = [lembar.nama for lembar in draf.berkas.lembar]
    rows = format_number(len(draf.berkas.sheet(draf.pemetaan.lembar).baris))
    with st.container(key="terpilih", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<p class="skm-berkas"><strong>{escape(draf.berkas.nama)}</strong> '
            f"<span>{rows} baris, judul kolom pada baris "
            f"{format_number(draf.pemetaan.baris_judul)}</span></p>"
        )
        if st.button("Ganti berkas", key="ganti", width="content"):
            _reset(sumber)
            st.rerun()
    if len(sheets) > 1:
        chosen = st.selectbox(
            "Lembar", sheets, index=sheets.index(draf.pemetaan.lembar), filter_mode=None
        )
        if chosen != draf.pemetaan.lembar:
            draf.use_sheet(sumber.survei, chosen)
            st.rerun()


def _reset(sumber: Sumber) -> None:
    """Forget the draft; a new key gives an empty uploader."""
    draft.drop(sumber.survei.id)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _show_done(pilihan: Pilihan) -> None:
    done: Selesai | None = st.session_state.get(_DONE)
    if done is None or pilihan.sumber is None or done.batch.survei_id != pilihan.sumber.survei.id:
        return
    alamat = dict(pilihan.alamat)
    if done.periode is not None:
        alamat[PERIODE] = done.periode.kode
    with st.container(key="selesai"):
        st.success(
            f"{format_number(done.batch.diterima)} jawaban dari berkas "
            f"“{done.batch.nama_berkas}” sudah tersimpan dan dihitung."
        )
        st.page_link(
            pilihan.halaman["ringkasan"], label="Lihat hasilnya di Ringkasan", query_params=alamat
        )
