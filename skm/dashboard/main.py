"""The Streamlit script: frame, the choice of survey and period, and the pages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from skm.dashboard import (
    kekuatan,
    laporan,
    pengumpulan,
    prioritas,
    responden,
    ringkasan,
    source,
    tautan,
    tindak_lanjut,
    unggah,
)
from skm.dashboard.confirm import show_news
from skm.dashboard.frame import ASET, Halaman, apply_style, guard, show_page
from skm.dashboard.selection import Pilihan, choose

PAGES: tuple[tuple[str, str, Halaman], ...] = (
    ("ringkasan", "Ringkasan", ringkasan.show),
    ("kekuatan", "Kekuatan & kelemahan", kekuatan.show),
    ("prioritas", "Prioritas", prioritas.show),
    ("responden", "Responden", responden.show),
    ("tindak-lanjut", "Tindak lanjut", tindak_lanjut.show),
    ("laporan", "Laporan", laporan.show),
    ("unggah", "Unggah", unggah.show),
    ("tautan", "Tautan & QR", tautan.show),
    ("pengumpulan", "Pengumpulan", pengumpulan.show),
)


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="SKM", page_icon=str(ASET / "ikon.svg"), layout="wide")
    apply_style()
    st.logo(ASET / "logo.svg", size="large", icon_image=ASET / "ikon.svg")
    guard(_show)


def _show() -> None:
    menu = st.sidebar.container(key="menu")
    pilihan = choose(source.open_store())
    pilihan.halaman = {
        alamat: st.Page(
            _page(judul, halaman, pilihan),
            title=judul,
            url_path=alamat,
            default=alamat == PAGES[0][0],
        )
        for alamat, judul, halaman in PAGES
    }
    chosen = st.navigation(list(pilihan.halaman.values()), position="hidden")
    # Own links: Streamlit's menu would drop survey and period from the address.
    with menu:
        for page in pilihan.halaman.values():
            st.page_link(page, query_params=pilihan.alamat)
    show_news()
    chosen.run()


def _page(judul: str, halaman: Halaman, pilihan: Pilihan) -> Callable[[], None]:
    berkala = halaman not in (unggah.show, tautan.show)
    per_kanal = halaman in (ringkasan.show, kekuatan.show, responden.show)
    return lambda: guard(
        lambda: show_page(judul, halaman, pilihan, berkala=berkala, per_kanal=per_kanal)
    )


main()
