"""Points with their intervals, and the map of importance and performance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from skm.analysis.kepentingan import Kuadran, Peta
from skm.analysis.kuesioner import MutuKuesioner
from skm.analysis.tabel_telaah import ratio_text
from skm.analysis.tables import ikm_text
from skm.dashboard.charts import KERTAS, base_layout, plain
from skm.dashboard.overlay import Overlay
from skm.dashboard.palette import GARIS, KOSONG, REDUP, SELISIH, TARGET, TINTA, UTAMA
from skm.peraturan import TabelMutu

_ROW = 40
_HEAD = 30


@dataclass(frozen=True, slots=True)
class Baris:
    """A row: name and remark above, the figure with its interval (None: the figure alone)."""

    nama: str
    keterangan: str
    nilai: float
    jarak: float | None
    teks: str
    warna: str = UTAMA


def dot_intervals(
    baris: Sequence[Baris], garis: float | None = None, tabel: TabelMutu | None = None
) -> go.Figure:
    """Return one point a row with its interval; `garis` is a dashed line through all of them.

    With `tabel` the places where a mutu begins are drawn, as far as they are in sight.
    """
    low = min(b.nilai - (b.jarak or 0) for b in baris)
    high = max(b.nilai + (b.jarak or 0) for b in baris)
    if garis is not None:
        low, high = min(low, garis), max(high, garis)
    pad = max(1.0, (high - low) * 0.06)
    start, end = low - pad, high + pad
    figure = go.Figure(
        go.Scatter(
            x=[b.nilai for b in baris],
            y=list(range(len(baris))),
            mode="markers",
            marker={"size": 10, "color": [b.warna for b in baris]},
            hovertext=[f"{plain(b.nama)}<br>{plain(b.teks)}" for b in baris],
            hoverinfo="text",
        )
    )
    over = Overlay()
    for at, b in enumerate(baris):
        if b.jarak is not None:
            over.add_line(
                x0=max(25.0, b.nilai - b.jarak),
                x1=min(100.0, b.nilai + b.jarak),
                y0=at,
                y1=at,
                line={"color": b.warna, "width": 2.5},
                layer="below",
            )
        _label(over, at, b)
    if garis is not None:
        over.add_vertical(garis, line={"color": TARGET, "width": 1.5, "dash": "dash"})
    if tabel is not None:
        _bands(over, tabel, start, end)
    figure.update_layout(
        base_layout(
            _ROW * len(baris) + _HEAD + 24,
            margin={"l": 0, "r": 0, "t": _HEAD, "b": 24},
            **over.layout(),
            yaxis={"visible": False, "range": [len(baris) - 0.5, -0.75], "fixedrange": True},
            xaxis={
                "range": [start, end],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "tickfont": {"size": 11, "color": REDUP},
                "nticks": 6,
            },
        )
    )
    return figure


def _label(over: Overlay, at: int, b: Baris) -> None:
    note = f"  <span style='color:{REDUP};font-size:11px'>{plain(b.keterangan)}</span>"
    over.add_label(
        xref="paper",
        x=0,
        xanchor="left",
        y=at - 0.42,
        yanchor="middle",
        text=f"{plain(_short(b.nama))}{note if b.keterangan else ''}",
        font={"size": 12, "color": TINTA},
        bgcolor=KERTAS,
        borderpad=1,
    )


def _short(name: str) -> str:
    """Return a long name without its middle: many begin alike and differ at the end."""
    return name if len(name) <= 44 else f"{name[:27].rstrip()}…{name[-15:].lstrip()}"


def _bands(over: Overlay, tabel: TabelMutu, start: float, end: float) -> None:
    for kelas in tabel.kelas:
        place = float(kelas.dari)
        if start < place < end:
            over.mark_mutu(place, f"<b>{kelas.mutu}</b> mulai {ikm_text(kelas.dari)}")


_SUDUT = {
    Kuadran.UTAMA: (1, 0, "right", "bottom"),
    Kuadran.PERTAHANKAN: (1, 1, "right", "top"),
    Kuadran.RENDAH: (0, 0, "left", "bottom"),
    Kuadran.JAGA: (0, 1, "left", "top"),
}
"""The corner that names each quadrant."""


def quadrant_map(peta: Peta) -> go.Figure:
    """Return the unsur by importance (right: more) and IKM (up: better), with their intervals.

    A point whose quadrant is not clear is hollow.
    """
    points = peta.titik
    figure = go.Figure(
        go.Scatter(
            x=[float(t.korelasi) for t in points],
            y=[float(t.ikm) for t in points],
            error_x=_error([float(t.jarak) for t in points]),
            error_y=_error([float(t.jarak_ikm or 0) for t in points]),
            mode="markers+text",
            text=[f"<b>{plain(t.kode)}</b>" for t in points],
            textposition="top right",
            textfont={"size": 13, "color": TINTA},
            marker={
                "size": 13,
                "color": [_dot(t.kuadran) if t.jelas else KERTAS for t in points],
                "line": {"width": 2.5, "color": [_dot(t.kuadran) for t in points]},
            },
            hovertext=[
                f"{plain(t.kode)} {plain(t.nama)}<br>IKM {ikm_text(t.ikm)}<br>"
                f"kepentingan {ratio_text(t.korelasi)}<br>{t.kuadran.value}"
                for t in points
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    over = Overlay()
    over.add_vertical(float(peta.batas_korelasi), line={"color": REDUP, "width": 1})
    over.add_horizontal(float(peta.batas_ikm), line={"color": REDUP, "width": 1})
    for kuadran, (x, y, side, edge) in _SUDUT.items():
        over.add_label(
            xref="paper",
            yref="paper",
            x=x,
            y=y,
            xanchor=side,
            yanchor=edge,
            text=kuadran.value,
            font={"size": 12, "color": _dot(kuadran) if kuadran is Kuadran.UTAMA else REDUP},
        )
    axis = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickfont": {"size": 11, "color": REDUP},
        "automargin": True,
    }
    figure.update_layout(
        base_layout(
            460,
            margin={"l": 8, "r": 8, "t": 12, "b": 8},
            **over.layout(),
            xaxis={**axis, "title": _axis_title("Kepentingan")},
            yaxis={**axis, "title": _axis_title("IKM")},
        )
    )
    return figure


def _axis_title(text: str) -> dict[str, object]:
    return {"text": text, "font": {"size": 12, "color": REDUP}, "standoff": 6}


def _error(reach: Sequence[float]) -> dict[str, object]:
    return {"type": "data", "array": list(reach), "color": GARIS, "thickness": 1.5, "width": 0}


def _dot(kuadran: Kuadran) -> str:
    return TARGET if kuadran is Kuadran.UTAMA else UTAMA


def correlation_map(mutu: MutuKuesioner, codes: Sequence[str]) -> go.Figure:
    """Return the correlations as a lower triangle of shaded cells, the figure in each."""
    k = len(codes)
    cells = [(i, j, mutu.korelasi.get((j, i))) for i in range(k) for j in range(i)]
    figure = go.Figure(
        go.Heatmap(
            x=[j for _, j, _ in cells],
            y=[i for i, _, _ in cells],
            z=[0.0 if r is None else float(r) for *_, r in cells],
            text=[ratio_text(r) for *_, r in cells],
            texttemplate="%{text}",
            textfont={"size": 12, "color": TINTA},
            colorscale=[[0, SELISIH[0][1]], [0.5, KOSONG], [1, SELISIH[-1][1]]],
            zmin=-1,
            zmax=1,
            xgap=2,
            ygap=2,
            showscale=False,
            hovertext=[f"{plain(codes[i])} dan {plain(codes[j])}: {ratio_text(r)}"
                       for i, j, r in cells],
            hoverinfo="text",
        )
    )  # fmt: skip
    axis = {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "tickvals": list(range(k)),
        "ticktext": [f"<b>{plain(c)}</b>" for c in codes],
        "tickfont": {"size": 12, "color": REDUP},
    }
    figure.update_layout(
        base_layout(
            36 * k + 30,
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            xaxis={**axis, "range": [-0.5, k - 1.5], "automargin": True},
            yaxis={**axis, "range": [k - 0.5, 0.5], "automargin": True},
        )
    )
    return figure
