"""The page Jejak audit: who did what, filtered, as CSV, and the proof that nothing is missing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import streamlit as st

from skm.akun import NAMA_TINDAKAN, Hak, Tindakan
from skm.angka import format_number
from skm.dashboard.render import show_table
from skm.dashboard.selection import Pilihan
from skm.jejak import fault_text, screen_table
from skm.pesan import message
from skm.store import Store
from skm.store.audit import SaringJejak

STEP = 100
"""Entries shown at first, and how many more with each press."""
_ALL = ""
_MANY = "jejak-banyak"
_WIB = "Asia/Jakarta"


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    store = pilihan.store
    store.pelaku.need(Hak.JEJAK)
    zona = pilihan.sumber.survei.zona if pilihan.sumber else ZoneInfo(_WIB)
    st.html(
        '<p class="skm-penjelas">Setiap perubahan, dan setiap pembacaan jawaban perorangan, '
        "dicatat bersama pelakunya. Catatan saling mengunci, sehingga yang diubah atau dihapus "
        "ketahuan.</p>"
    )
    _show_proof(store)
    saring = _choose(store, zona)
    entries = store.trail(saring, st.session_state.get(_MANY, STEP) + 1)
    shown = entries[: st.session_state.get(_MANY, STEP)]
    if not shown:
        st.info(message("jejak-kosong"))
        return
    show_table(screen_table(shown, zona), csv_address(saring), judul="Catatan, terbaru di atas")
    if len(entries) > len(shown):
        st.button(
            f"Tampilkan {STEP} catatan sebelumnya",
            key="jejak-lagi",
            on_click=lambda: st.session_state.update({_MANY: len(shown) + STEP}),
        )


def csv_address(saring: SaringJejak) -> str:
    """Return the address of the CSV with all entries that pass."""
    parts = {
        "pelaku": saring.pelaku,
        "tindakan": saring.tindakan,
        "dari": saring.dari.isoformat() if saring.dari else None,
        "sampai": saring.sampai.isoformat() if saring.sampai else None,
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return "/unduh/jejak-audit.csv" + (f"?{query}" if query else "")


def _show_proof(store: Store) -> None:
    if not st.button("Periksa keutuhan jejak", key="jejak-periksa"):
        return
    found = store.examine_trail()
    if found.cacat is not None:
        st.error(fault_text(found.cacat, found.jumlah))
    else:
        st.success(message("audit-utuh", jumlah=format_number(found.jumlah), ujung=found.ujung))


def _choose(store: Store, zona: ZoneInfo) -> SaringJejak:
    left, middle, right, last = st.columns([1.2, 1.4, 1, 1])
    pelaku = left.selectbox(
        "Pelaku",
        [_ALL, *store.trail_actors()],
        format_func=lambda nama: nama or "Semua pelaku",
        key="jejak-pelaku",
        filter_mode=None,
    )
    acts = {_ALL: "Semua tindakan", **{act.value: NAMA_TINDAKAN[act] for act in Tindakan}}
    tindakan = middle.selectbox(
        "Tindakan", list(acts), format_func=acts.__getitem__, key="jejak-tindakan"
    )
    start = right.date_input("Dari", value=None, key="jejak-dari", format="DD/MM/YYYY")
    end = last.date_input("Sampai", value=None, key="jejak-sampai", format="DD/MM/YYYY")
    return SaringJejak(
        pelaku or None,
        tindakan or None,
        dari=_midnight(start, zona) if start else None,
        sampai=_midnight(end + timedelta(days=1), zona) if end else None,
    )


def _midnight(day: date, zona: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zona)
