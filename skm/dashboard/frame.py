"""What stands around every page: style, heading, sample banner, empty states, caught errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from skm.akun import Hak
from skm.dashboard.confirm import ask
from skm.dashboard.selection import Pilihan, choose_channel, forget, show_all_channels
from skm.dashboard.settled import Settled
from skm.jawaban import NAMA_KANAL
from skm.pesan import SkmError, message
from skm.store import Store

ASET = Path(__file__).parent / "aset"
Halaman = Callable[[Pilihan], None]

log = logging.getLogger(__name__)


def apply_style() -> None:
    """Add the style sheet to the page."""
    st.html(ASET / "gaya.css")


def guard(halaman: Callable[[], None]) -> None:
    """Run a page; a known fault is one sentence, an unknown one is logged and says sorry."""
    try:
        halaman()
    except SkmError as error:
        st.error(str(error))
    except Exception:
        log.exception("a page failed")
        st.error(message("dasbor-gangguan"))


@st.cache_resource(show_spinner=False)
def settled() -> Settled:
    """Return what keeps this process's searches for garbage short."""
    return Settled()


def show_page(
    judul: str,
    halaman: Halaman,
    pilihan: Pilihan,
    *,
    berkala: bool = True,
    per_kanal: bool = False,
    tanpa_survei: bool = False,
) -> None:
    """Show one page under its heading, with the sample banner and notes about the address.

    `berkala` is False for a page that concerns the survey, whatever its period; `per_kanal` is
    True for one that can show the answers of one channel, `tanpa_survei` for one that has something
    to show before there is any survey.
    """
    show_heading(judul, pilihan, berkala=berkala)
    for catatan in pilihan.catatan:
        st.info(catatan)
    if pilihan.sumber is None:
        st.info(message("dasbor-tanpa-survei"))
        if tanpa_survei:
            halaman(pilihan)
        return
    if pilihan.sumber.survei.contoh:
        show_sample_banner(pilihan)
    if per_kanal:
        choose_channel(pilihan)
        _show_part_notice(pilihan)
    halaman(pilihan)


def _show_part_notice(pilihan: Pilihan) -> None:
    """Say that the figures are of one channel only, with the way back to all."""
    if pilihan.kanal is None or pilihan.periode is None:
        return
    text = message(
        "dasbor-satu-kanal", kanal=NAMA_KANAL[pilihan.kanal], periode=pilihan.periode.label
    )
    with st.container(key="sebagian", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="skm-contoh">{escape(text)}</p>')
        st.button("Tampilkan semua kanal", key="kanal-semua", on_click=show_all_channels)


def show_heading(judul: str, pilihan: Pilihan, *, berkala: bool = True) -> None:
    """Show the page's title under the office's name, with the period or the survey in view."""
    survei = pilihan.sumber.survei if pilihan.sumber else None
    below = survei.judul if survei else ""
    if berkala:
        below = pilihan.periode.label if pilihan.periode else ""
    st.html(
        f'<header class="skm-kepala"><p class="skm-unit">{escape(survei.unit if survei else "")}'
        f'</p><h1>{escape(judul)}</h1><p class="skm-periode">{escape(below)}</p></header>'
    )


def show_empty(pilihan: Pilihan) -> None:
    """Say that the survey, or the period, has no answers yet, and lead to the upload."""
    text = message("dasbor-tanpa-jawaban")
    if (
        pilihan.sumber
        and pilihan.sumber.store.periods(pilihan.sumber.survei.id)
        and pilihan.periode
    ):
        text = message("dasbor-periode-kosong", periode=pilihan.periode.label)
    with st.container(key="kosong", border=True):
        st.markdown(f"**Belum ada jawaban**  \n{text}")
        if pilihan.may(Hak.MASUKKAN):
            link_to(pilihan, "unggah", "Buka halaman Unggah")


def link_to(pilihan: Pilihan, alamat: str, label: str) -> None:
    """Show a link to another page that keeps survey and period."""
    st.page_link(pilihan.halaman[alamat], label=label, query_params=pilihan.alamat)


def show_sample_banner(pilihan: Pilihan) -> None:
    """Say that the survey is the sample, with the one action that removes it."""
    if pilihan.sumber is None:
        return
    survei = pilihan.sumber.survei
    text = survei.keterangan or message("dasbor-contoh-tanpa-keterangan")
    with st.container(key="contoh", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="skm-contoh"><strong>Contoh.</strong> {escape(text)}</p>')
        if pilihan.may(Hak.SURVEI) and st.button(
            "Hapus survei contoh", key="hapus-contoh", width="content"
        ):
            ask(
                "Hapus survei contoh?",
                "Survei contoh dan semua jawabannya dihapus dari basis data ini dan tidak dimuat "
                "lagi. Survei lain tidak berubah.",
                "Ya, hapus",
                lambda: _remove(pilihan.store, survei.id),
            )


def _remove(store: Store, survei_id: str) -> str:
    store.delete_survei(survei_id)
    forget()
    return message("contoh-terhapus")
