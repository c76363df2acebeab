"""The page Responden: who answered, and which groups are less satisfied than the others."""

from __future__ import annotations

import streamlit as st

from skm.analysis.groups import Per
from skm.analysis.table import Tabel
from skm.dashboard import source
from skm.dashboard.frame import show_empty
from skm.dashboard.kelompok import show_groups
from skm.dashboard.render import csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.hasil import Profil

MANY = 20
"""Tables with more rows scroll in their own box."""


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None or not pilihan.terisi:
        show_empty(pilihan)
        return
    breakdowns = source.respondents(sumber, periode, pilihan.kanal)

    def link(tabel: Tabel) -> str:
        return csv_link(sumber.survei, periode, tabel, pilihan.kanal)

    for per in (Per.LAYANAN, Per.TITIK):
        if has_rows(profil := breakdowns.pop(per.value)):
            _show(profil, link(profil.tabel))
    filled = [p for p in breakdowns.values() if has_rows(p)]
    for at in range(0, len(filled), 2):
        for column, profil in zip(st.columns(2, gap="large"), filled[at : at + 2], strict=False):
            with column:
                _show(profil, link(profil.tabel))
    if pilihan.kanal is None:  # groups are compared over all channels
        show_groups(sumber, periode)


def has_rows(profil: Profil) -> bool:
    """Return whether a breakdown has anything to show; a survey may list no titik at all."""
    return bool(profil.tabel.baris)


def _show(profil: Profil, tautan: str) -> None:
    lengths = [float(b.persen) for b in profil.bagian]
    show_table(profil.tabel, tautan, batang=lengths, tinggi=len(profil.bagian) > MANY)
