"""The Streamlit script: frame, the choice of survey and period, and the pages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from skm.akun import Hak
from skm.dashboard import (
    akun,
    identity,
    jejak,
    kekuatan,
    kepastian,
    laporan,
    pengaturan,
    pengumpulan,
    prioritas,
    responden,
    ringkasan,
    saran,
    source,
    tautan,
    tindak_lanjut,
    unggah,
)
from skm.dashboard.confirm import show_news
from skm.dashboard.frame import ASET, Halaman, apply_style, guard, settled, show_page
from skm.dashboard.selection import Pilihan, choose
from skm.pesan import SkmError, message

PAGES: tuple[tuple[str, str, Halaman, Hak], ...] = (
    ("ringkasan", "Ringkasan", ringkasan.show, Hak.LIHAT),
    ("kekuatan", "Kekuatan & kelemahan", kekuatan.show, Hak.LIHAT),
    ("prioritas", "Prioritas", prioritas.show, Hak.LIHAT),
    ("kepastian", "Kepastian", kepastian.show, Hak.LIHAT),
    ("responden", "Responden", responden.show, Hak.LIHAT),
    # Not "saran": that address is the citizens' own.
    ("kelola-saran", "Saran", saran.show, Hak.LIHAT),
    ("tindak-lanjut", "Tindak lanjut", tindak_lanjut.show, Hak.LIHAT),
    ("laporan", "Laporan", laporan.show, Hak.LAPORAN),
    ("unggah", "Unggah", unggah.show, Hak.MASUKKAN),
    ("tautan", "Tautan & QR", tautan.show, Hak.TAUTAN),
    ("pengumpulan", "Pengumpulan", pengumpulan.show, Hak.LIHAT),
    ("pengaturan", "Pengaturan", pengaturan.show, Hak.SURVEI),
    ("akun", "Akun", akun.show, Hak.AKUN),
    ("jejak", "Jejak audit", jejak.show, Hak.JEJAK),
)


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="SKM", page_icon=str(ASET / "ikon.svg"), layout="wide")
    apply_style()
    st.logo(ASET / "logo.svg", size="large", icon_image=ASET / "ikon.svg")
    guard(_show)
    settled().settle()


def _show() -> None:
    store = source.open_store()
    try:
        pelaku = identity.current_actor(store)
    except SkmError as error:
        if error.kode != "masuk-dahulu":
            raise
        identity.show_signed_out()
        return
    menu = st.sidebar.container(key="menu")
    pilihan = choose(store.acting(pelaku))
    pilihan.halaman = {
        alamat: st.Page(
            _page(judul, halaman, hak, pilihan),
            title=judul,
            url_path=alamat,
            default=alamat == PAGES[0][0],
        )
        for alamat, judul, halaman, hak in PAGES
    }
    chosen = st.navigation(list(pilihan.halaman.values()), position="hidden")
    # Own links: Streamlit's menu would drop survey and period from the address.
    with menu:
        for alamat, _, _, hak in PAGES:
            if pilihan.may(hak):
                st.page_link(pilihan.halaman[alamat], query_params=pilihan.alamat)
    with st.sidebar:
        identity.show_actor(pelaku)
    show_news()
    chosen.run()


def _page(judul: str, halaman: Halaman, hak: Hak, pilihan: Pilihan) -> Callable[[], None]:
    if not pilihan.may(hak):
        return _refuse
    berkala = halaman not in (
        unggah.show,
        tautan.show,
        pengaturan.show,
        akun.show,
        jejak.show,
    )
    tanpa_survei = halaman is pengaturan.show
    per_kanal = halaman in (ringkasan.show, kekuatan.show, responden.show)
    return lambda: guard(
        lambda: show_page(
            judul,
            halaman,
            pilihan,
            berkala=berkala,
            per_kanal=per_kanal,
            tanpa_survei=tanpa_survei,
        )
    )


def _refuse() -> None:
    st.info(message("hak-kurang"))


main()
