"""The page Pengaturan: an office edits its survey in sections, looks at what changes, and saves.

The sections change a draft (`pengaturan_draf`); nothing is stored before the bar at the end of the
page has shown the changes in words and somebody has confirmed them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from skm.atur.kuesioner import with_version
from skm.dashboard import (
    pengaturan_berkas,
    pengaturan_cadangan,
    pengaturan_daftar,
    pengaturan_formulir,
    pengaturan_hitung,
    pengaturan_kantor,
    pengaturan_kuesioner,
)
from skm.dashboard.pengaturan_baru import show_new
from skm.dashboard.pengaturan_draf import Draf, edit, open_draft
from skm.dashboard.pengaturan_simpan import show_bar, show_stale
from skm.dashboard.selection import BAGIAN, Pilihan
from skm.store import Store

_KEY, _SEEN = "atur-bagian", "atur-bagian-alamat"


@dataclass(frozen=True, slots=True)
class Bagian:
    """A section: its word in the address, its name, and what it shows.

    `menyunting` is False for one that changes nothing in the survey.
    """

    alamat: str
    nama: str
    show: Callable[[Pilihan, Draf], None]
    menyunting: bool = True


BAGIAN_PENGATURAN: tuple[Bagian, ...] = (
    Bagian("kantor", "Kantor", pengaturan_kantor.show),
    Bagian("layanan", "Layanan", pengaturan_daftar.show_layanan),
    Bagian("titik", "Titik", pengaturan_daftar.show_titik),
    Bagian("kuesioner", "Kuesioner", pengaturan_kuesioner.show),
    Bagian("formulir", "Formulir", pengaturan_formulir.show),
    Bagian("hitung", "Penghitungan", pengaturan_hitung.show),
    Bagian("berkas", "Berkas", pengaturan_berkas.show),
    Bagian("cadangan", "Cadangan", pengaturan_cadangan.show, menyunting=False),
)


def show(pilihan: Pilihan) -> None:
    """Show the section that the address names; without any survey, only how to make one."""
    sumber = pilihan.sumber
    if sumber is None:
        show_new(pilihan.store, None)
        return
    bagian = _choose(pilihan)
    draf = _named(sumber.store, open_draft(sumber.store, sumber.survei.id))
    if bagian.menyunting:
        show_stale(draf)
    bagian.show(pilihan, draf)
    # Read anew: a section may have changed the draft while it was drawn.
    draf = open_draft(sumber.store, sumber.survei.id)
    if bagian.menyunting or draf.berubah:
        show_bar(sumber, draf)


def _named(store: Store, draf: Draf) -> Draf:
    """Give a changed questionnaire a version of its own, and one that is as before its old one."""
    if not draf.berubah:
        return draf
    known, year = store.questionnaires(draf.survei_id), datetime.now(UTC).year
    edit(draf.survei_id, lambda text: with_version(text, draf.dasar, known, year))
    return open_draft(store, draf.survei_id)


def _choose(pilihan: Pilihan) -> Bagian:
    """Show the sections; an address that was not written by us wins over what was chosen."""
    known = {b.alamat: b for b in BAGIAN_PENGATURAN}
    if pilihan.bagian in known and pilihan.bagian != st.session_state.get(_SEEN):
        st.session_state[_KEY] = pilihan.bagian
    chosen = st.segmented_control(
        "Bagian pengaturan",
        list(known),
        format_func=lambda alamat: known[alamat].nama,
        default=None if _KEY in st.session_state else BAGIAN_PENGATURAN[0].alamat,
        required=True,
        key=_KEY,
        label_visibility="collapsed",
        persist_state="session",
    )
    alamat = chosen or BAGIAN_PENGATURAN[0].alamat
    st.session_state[_SEEN] = st.query_params[BAGIAN] = alamat
    return known[alamat]
