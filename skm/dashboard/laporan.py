"""The page Laporan: close and publish a period, download and read its report, write its texts."""

from __future__ import annotations

import streamlit as st

from skm.dashboard.frame import show_empty
from skm.dashboard.report_files import show_files
from skm.dashboard.report_kop import show_letterhead
from skm.dashboard.report_preview import show_preview
from skm.dashboard.report_published import show_published
from skm.dashboard.report_state import show_events, show_state
from skm.dashboard.report_texts import show_texts
from skm.dashboard.selection import Pilihan

TABS = ("Pratinjau", "Teks laporan", "Kop surat", "Angka terbit sebelumnya", "Riwayat")


def show(pilihan: Pilihan) -> None:
    """Show the page; a period without answers has no report, the survey's own parts remain."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None:
        return
    if not pilihan.terisi:
        show_empty(pilihan)
    else:
        show_state(sumber, periode)
        show_files(sumber, periode)
    pages, texts, letterhead, published, events = st.tabs(
        TABS, key="laporan-bagian", on_change="rerun"
    )
    with texts:
        show_texts(sumber, periode)
    with letterhead:
        show_letterhead(sumber)
    with published:
        show_published(sumber)
    with events:
        show_events(sumber, periode)
    # Last, and only where it is in view: it takes seconds after each change.
    if pages.open:
        with pages:
            show_preview(sumber, periode, terisi=pilihan.terisi)
