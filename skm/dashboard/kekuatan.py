"""The page Kekuatan & kelemahan: the office's extremes, then every layanan, titik or channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from skm.analysis.groups import Kelompok, Per
from skm.analysis.strength import Sorotan
from skm.analysis.table import Tabel
from skm.analysis.tables import JUDUL, KECIL, group_name, ikm_text
from skm.dashboard import source
from skm.dashboard.charts import drawn
from skm.dashboard.drill import show_drill, show_map
from skm.dashboard.frame import show_empty
from skm.dashboard.heatmap import heat_map
from skm.dashboard.render import badge, csv_link, show_table
from skm.dashboard.selection import Pilihan
from skm.dashboard.source import Sumber
from skm.hasil import Kekuatan
from skm.periode import Periode
from skm.survei import Survei

FEW, MANY = 15, 20
"""The rows shown at first, and from how many on rows can be searched and limited."""


def show(pilihan: Pilihan) -> None:
    """Show the page."""
    sumber, periode = pilihan.sumber, pilihan.periode
    if sumber is None or periode is None or not pilihan.terisi:
        show_empty(pilihan)
        return

    def link(tabel: Tabel) -> str:
        return csv_link(sumber.survei, periode, tabel, pilihan.kanal)

    top = st.container()
    per = _choose_dimension(sumber, periode, pilihan.kanal)
    if per is None:
        unit = source.strengths(sumber, periode, Per.LAYANAN, pilihan.kanal)
        top.html(extremes_html(unit))
        show_drill(sumber.survei, unit, Per.LAYANAN, periode, link(unit.sebaran))
        return
    kekuatan = source.strengths(sumber, periode, per, pilihan.kanal)
    top.html(extremes_html(kekuatan))
    groups = _limit(kekuatan, per)
    if not groups:
        st.info("Tidak ada nama yang cocok dengan pencarian ini.")
        return
    names = {group_name(g, per, kekuatan.nama) for g in groups}
    tabel = kekuatan.peringkat if per is Per.TITIK else kekuatan.sorotan
    column = 1 if per is Per.TITIK else 0
    show_table(only_rows(tabel, column, names), link(tabel))
    show_key(sumber.survei)
    shown = ",".join(g.kode(per) or "" for g in groups)
    figure = drawn(
        sumber,
        ("peta", periode.kode, pilihan.kanal, per.value, shown),
        lambda: heat_map(groups, per, kekuatan.nama, kekuatan.kini.hasil),
    )
    show_map(figure, kekuatan, per, link(kekuatan.peta))
    show_drill(sumber.survei, kekuatan, per, periode, link(kekuatan.sebaran))


def _choose_dimension(sumber: Sumber, periode: Periode, kanal: str | None) -> Per | None:
    """Show what can be split by; the channel only where answers came in by several."""
    options = [Per.LAYANAN] if sumber.survei.layanan else []
    options += [Per.TITIK] if sumber.survei.titik else []
    several = kanal is None and len(source.channels(sumber, periode)) > 1
    options += [Per.KANAL] if several else []
    if len(options) < 2:
        return options[0] if options else None
    chosen = st.segmented_control(
        "Rincian menurut",
        options,
        format_func=JUDUL.__getitem__,
        default=options[0],
        required=True,
        key="rincian",
        persist_state="session",
    )
    return chosen or options[0]


def extremes_html(kekuatan: Kekuatan) -> str:
    """Return the office's strongest and weakest unsur side by side."""
    return (
        '<section class="skm-sorotan" aria-label="Unsur terkuat dan terlemah unit">'
        f"{_extreme('Unsur terkuat', kekuatan.terkuat)}"
        f"{_extreme('Unsur terlemah', kekuatan.terlemah)}</section>"
    )


def _extreme(judul: str, sorotan: Sorotan) -> str:
    rows = "".join(
        f'<li><span class="kode">{escape(u.kode)}</span><span>{escape(u.nama)}</span>'
        f"<strong>{ikm_text(u.ikm)}</strong>{badge(u.mutu)}</li>"
        for u in sorotan.unsur
    )
    note = f'<p class="skm-penjelas">{escape(sorotan.catatan)}</p>' if sorotan.catatan else ""
    return f'<div><h2 class="skm-judul">{judul}</h2><ol>{rows}</ol>{note}</div>'


def _limit(kekuatan: Kekuatan, per: Per) -> Sequence[Kelompok]:
    """Return the groups to show: all of a few; of many those that are searched for."""
    groups = kekuatan.kelompok
    if len(groups) <= MANY:
        return groups
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    wanted = left.text_input(
        f"Cari {JUDUL[per].lower()}",
        key=f"cari-{per.value}",
        placeholder="Ketik sebagian nama",
    )
    everything = right.toggle(f"Tampilkan semua ({len(groups)})", key=f"semua-{per.value}")
    ranked = _by_rank(kekuatan, per)
    found = [
        g
        for g in ranked
        if wanted.strip().casefold() in group_name(g, per, kekuatan.nama).casefold()
    ]
    if wanted.strip() or everything:
        return found
    st.html(
        f'<p class="skm-penjelas">Ditampilkan {FEW} dengan IKM terendah. '
        "Cari nama, atau tampilkan semua.</p>"
    )
    return found[-FEW:]


def _by_rank(kekuatan: Kekuatan, per: Per) -> list[Kelompok]:
    """Return the groups in the order of the ranking table, those without a rank last."""
    place = {row[1]: at for at, row in enumerate(kekuatan.peringkat.baris)}
    return sorted(
        kekuatan.kelompok, key=lambda g: place.get(group_name(g, per, kekuatan.nama), len(place))
    )


def only_rows(tabel: Tabel, kolom: int, names: set[str]) -> Tabel:
    """Return the table with only the rows whose cell in `kolom` is one of `names`."""
    return replace(tabel, baris=tuple(row for row in tabel.baris if row[kolom] in names))


def show_key(survei: Survei) -> None:
    """Show what the codes U1, U2, … stand for, and what is marked."""
    items = "".join(f"<li><b>{escape(u.kode)}</b> {escape(u.nama)}</li>" for u in survei.unsur)
    st.html(
        f'<ul class="skm-kunci">{items}</ul><p class="skm-penjelas">Kelompok dengan responden '
        f"kurang dari {KECIL} (n < {KECIL}) diberi tanda: beberapa jawaban saja sudah menggeser "
        "nilainya.</p>"
    )
