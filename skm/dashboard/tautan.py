"""The page Tautan & QR: make placements, print them, see what became of each, close and reopen."""

from __future__ import annotations

import streamlit as st

from skm.dashboard.placement_list import show_list
from skm.dashboard.placement_new import show_new
from skm.dashboard.placement_print import show_print
from skm.dashboard.selection import Pilihan
from skm.pesan import message
from skm.settings import read_settings
from skm.tautan import CONTOH_SETELAN, only_here

CONTOH_KODE = "KODE"


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber = pilihan.sumber
    if sumber is None:
        return
    settings = read_settings()
    sample = settings.form_address(CONTOH_KODE)
    if only_here(sample):
        # As code: Markdown would make links of the two addresses.
        printed, setting = f"`{sample.rpartition('/')[0]}`", f"`{CONTOH_SETELAN}`"
        st.warning(message("tautan-hanya-di-sini", alamat=printed, contoh=setting))
    placements = sumber.store.list_tautan(sumber.survei.id)
    show_new(sumber, first=not placements)
    if placements:
        show_print(sumber.survei, placements)
        show_list(sumber, placements, settings.form_address)
