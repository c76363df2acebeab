"""From a cell of the map to the answers behind it: by a click, or by two choices."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from skm.analysis.groups import Per
from skm.analysis.tables import JUDUL, SELURUH, TAK_DIISI, group_name, ikm_text
from skm.dashboard.charts import CONFIG
from skm.dashboard.heatmap import REACH
from skm.dashboard.render import show_table
from skm.hasil import Kekuatan, distribution
from skm.periode import Periode
from skm.survei import Survei

_UNIT = "*"
"""The whole unit among the groups: no code of a survey file can be this."""


def show_map(peta: go.Figure, kekuatan: Kekuatan, per: Per, tautan: str) -> None:
    """Show the map of groups; a click on a cell chooses it for the distribution below."""
    unit = kekuatan.kini.hasil
    st.html(
        f'<h2 class="skm-judul">Peta IKM per unsur</h2><p class="skm-penjelas">Pembandingnya IKM '
        f"unit, {ikm_text(unit.ikm)}: makin jingga makin di bawahnya, makin hijau kebiruan makin "
        f"di atasnya (warna penuh mulai {REACH} poin). Pilih satu petak untuk melihat sebaran "
        "jawabannya.</p>"
    )
    key = f"peta-{per.value}"
    st.plotly_chart(
        peta,
        key=key,
        theme=None,
        config=CONFIG,
        on_select=lambda: _take_click(key, per),
        selection_mode="points",
        alt="Peta IKM kelompok dan unsur. Pilihan yang sama ada pada dua daftar di bawahnya.",
    )
    st.html(
        '<div class="skm-bawah"><a href="' + escape(tautan) + '" download>'
        "Unduh CSV peta ini</a></div>"
    )


def _take_click(key: str, per: Per) -> None:
    points = st.session_state[key].selection.points
    if points and (data := points[0].get("customdata")):
        st.session_state[f"sebaran-kelompok-{per.value}"] = data[0]
        st.session_state["sebaran-unsur"] = data[1]


def show_drill(survei: Survei, kekuatan: Kekuatan, per: Per, periode: Periode, tautan: str) -> None:
    """Show how the answers of the whole unit, or of one group, to one unsur are spread."""
    results = {_UNIT: kekuatan.kini} | {g.kode(per) or "": g.hasil for g in kekuatan.kelompok}
    names = {_UNIT: SELURUH} | {
        g.kode(per) or "": group_name(g, per, kekuatan.nama) for g in kekuatan.kelompok
    }
    unsur = {u.kode: u.nama for u in survei.unsur}
    st.html('<h2 class="skm-judul skm-bagian">Sebaran jawaban</h2>')
    left, right = st.columns(2)
    with left:
        kode = _choose(
            JUDUL[per],
            f"sebaran-kelompok-{per.value}",
            names,
        )
    with right:
        labels = {k: f"{k} {nama}" for k, nama in unsur.items()}
        chosen = _choose("Unsur", "sebaran-unsur", labels)
    tabel, parts = distribution(survei, results[kode], chosen)
    show_table(
        tabel,
        tautan=tautan,
        batang=[float(p.persen) for p in parts],
        judul=f"{chosen} {unsur[chosen]} · {names[kode] or TAK_DIISI} · {periode.label}",
    )


def _choose(label: str, key: str, options: dict[str, str]) -> str:
    """Show one choice; what was chosen before and is gone gives way to the first."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = next(iter(options))
    return st.selectbox(label, list(options), format_func=options.__getitem__, key=key)
