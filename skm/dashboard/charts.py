"""The figures of the page Ringkasan: bars per unsur and the line of the periods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from skm.analysis.tables import ikm_text
from skm.analysis.target import Realisasi
from skm.dashboard.overlay import Overlay
from skm.dashboard.palette import GARIS, HURUF, TARGET, TINTA, UTAMA, mutu_colour
from skm.dashboard.source import Sumber
from skm.ikm import HasilUnsur
from skm.peraturan import TabelMutu
from skm.periode import Periode

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
_ROW = 46
LOWEST = 25
"""The lowest IKM there is: bars start here, so that their lengths compare truly."""
KERTAS = "#ffffff"
LATEST, ROOMY = 8, 5
"""How many periods a line shows on a phone, and up to how many its labels have room for words."""


def drawn(
    sumber: Sumber, tampak: tuple[str | None, ...], draw: Callable[[], go.Figure]
) -> go.Figure:
    """Return a figure that is drawn once for the data as they are; nobody may change it.

    `tampak` is all that it depends on beside the data: which figure, period, channel, choice.
    """
    return _drawn((sumber.survei.id, sumber.versi, *tampak), draw)


@st.cache_resource(show_spinner=False, max_entries=100)
def _drawn(tampak: tuple[str | int | None, ...], _draw: Callable[[], go.Figure]) -> go.Figure:
    return _draw()


def show_chart(figure: go.Figure, key: str, alt: str) -> None:
    """Show a figure with its alternative text."""
    st.plotly_chart(figure, key=key, theme=None, config=CONFIG, alt=alt)


def plain(text: str) -> str:
    """Return text that Plotly shows as it is: it reads a few HTML tags otherwise."""
    return escape(text, quote=False)


def bands_text(tabel: TabelMutu) -> str:
    """Return where each mutu begins, in words."""
    starts = ", ".join(f"{k.mutu} mulai {ikm_text(k.dari)}" for k in tabel.kelas)
    return f"Batang dimulai dari {LOWEST}, nilai terendah. Mutu {starts}."


def base_layout(height: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the layout that all figures share: own fonts, decimal commas, nothing to drag."""
    return {
        "height": height,
        "separators": ",.",
        "font": {"family": HURUF, "size": 13, "color": TINTA},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 0, "r": 0, "t": 24, "b": 8},
        "dragmode": False,
        "showlegend": False,
        "hoverlabel": {"font": {"family": HURUF}},
        **more,
    }


def unsur_bars(unsur: Sequence[HasilUnsur], tabel: TabelMutu) -> go.Figure:
    """Return one bar per unsur with its name above it, its IKM beside it, coloured by mutu."""
    places = list(range(len(unsur)))
    figure = go.Figure(
        go.Bar(
            y=places,
            x=[float(u.ikm) - LOWEST if u.ikm is not None else 0 for u in unsur],
            base=LOWEST,
            orientation="h",
            width=0.42,
            marker={"color": [mutu_colour(u.mutu) for u in unsur], "cornerradius": 3},
            text=[f"<b>{ikm_text(u.ikm)}</b>" for u in unsur],
            textposition="outside",
            cliponaxis=False,
            hovertext=[f"{plain(u.kode)} {plain(u.nama)}<br>IKM {ikm_text(u.ikm)}" for u in unsur],
            hoverinfo="text",
        )
    )
    over = Overlay()
    for place, u in zip(places, unsur, strict=True):
        over.add_label(
            x=LOWEST,
            y=place - 0.42,
            text=f"<b>{plain(u.kode)}</b>  {plain(u.nama)}",
            xanchor="left",
            yanchor="middle",
            font={"size": 13},
        )
    # Where each mutu begins, with its letter on top.
    for kelas in tabel.kelas:
        over.mark_mutu(float(kelas.dari), f"<b>{kelas.mutu}</b>")
    figure.update_layout(
        base_layout(
            _ROW * len(unsur) + 44,
            margin={"l": 0, "r": 56, "t": 24, "b": 8},
            **over.layout(),
            yaxis={"visible": False, "range": [len(unsur) - 0.6, -0.8], "fixedrange": True},
            xaxis={"visible": False, "range": [LOWEST, 100], "fixedrange": True},
        )
    )
    return figure


def trend_line(rows: Sequence[Realisasi]) -> go.Figure:
    """Return the IKM of the latest periods as a line with its values, their targets as dashes.

    A figure that was published before, whose answers are not here, is a hollow point.
    """
    rows = rows[-LATEST:]
    few = len(rows) <= ROOMY
    labels = [_axis_label(r.periode) for r in rows]
    values = [float(r.ikm) for r in rows]
    wanted = [float(r.target) if r.target is not None else None for r in rows]
    figure = go.Figure()
    figure.add_scatter(
        x=labels,
        y=wanted,
        mode="lines+markers+text",
        connectgaps=True,
        line={"color": TARGET, "width": 1.5, "dash": "dash"},
        marker={"symbol": "line-ew-open", "size": 16, "line": {"width": 2.5, "color": TARGET}},
        text=[
            f"{'target ' if few else ''}{ikm_text(r.target)}" if r.target is not None else ""
            for r in rows
        ],
        textposition="bottom center",
        textfont={"color": TARGET, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=labels,
        y=values,
        mode="lines+markers+text",
        line={"color": UTAMA, "width": 2.5},
        marker={
            "size": 10,
            "color": [KERTAS if r.terbit else UTAMA for r in rows],
            "line": {"width": 2.5, "color": UTAMA},
        },
        text=[f"<b>{ikm_text(r.ikm)}</b>{f' {r.mutu}' if few else ''}" for r in rows],
        textposition="top center",
        cliponaxis=False,
        hoverinfo="skip",
    )
    drawn = [*values, *(w for w in wanted if w is not None)] or [LOWEST, 100]
    pad = max(2.0, (max(drawn) - min(drawn)) * 0.25)
    figure.update_layout(
        base_layout(
            400,
            margin={"l": 8, "r": 8, "t": 24, "b": 48},
            yaxis={"visible": False, "range": [min(drawn) - pad, max(drawn) + pad]},
            xaxis={
                "type": "category",
                "automargin": True,
                "range": [-0.5, max(len(labels) - 0.5, 0.5)],
                "linecolor": GARIS,
                "fixedrange": True,
            },
        )
    )
    figure.update_yaxes(fixedrange=True)
    return figure


def _axis_label(periode: Periode) -> str:
    name, _, year = periode.label.rpartition(" ")
    return f"{name}<br>{year}"
