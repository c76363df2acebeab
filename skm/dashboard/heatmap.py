"""The map group x unsur: a cell is coloured by its distance from the unit's own IKM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from skm.analysis.groups import Kelompok, Per
from skm.analysis.tables import group_name, ikm_text, is_small
from skm.angka import format_number
from skm.dashboard.charts import base_layout, plain
from skm.dashboard.overlay import Overlay
from skm.dashboard.palette import REDUP, SELISIH, TINTA
from skm.ikm import Hasil, HasilUnsur

REACH = 10
"""The colours are full this many points above or below the unit's IKM."""
_ROW = 46
_HEAD = 26


def heat_map(
    groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], unit: Hasil
) -> go.Figure:
    """Return the map. Cells are bars, because Plotly lets people select bars but not map cells.

    Names stand above their row, so that nine figures fit on a phone.
    """
    cells = [
        (place, at, group, unsur)
        for place, group in enumerate(groups)
        for at, unsur in enumerate(group.hasil.hasil.unsur)
        if unsur.ikm is not None
    ]
    figure = go.Figure(
        go.Bar(
            x=[at for _, at, _, _ in cells],
            base=[place + 0.02 for place, *_ in cells],
            y=[0.52] * len(cells),
            width=0.96,
            marker={
                "color": [_distance(unsur, unit) for *_, unsur in cells],
                "colorscale": [list(step) for step in SELISIH],
                "cmin": -REACH,
                "cmid": 0,
                "cmax": REACH,
                "cornerradius": 3,
            },
            text=[ikm_text(unsur.ikm) for *_, unsur in cells],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": 11.5, "color": TINTA},
            customdata=[[group.kode(per) or "", unsur.kode] for _, _, group, unsur in cells],
            hovertext=[_hover(group, per, names, unsur) for _, _, group, unsur in cells],
            hoverinfo="text",
            unselected={"marker": {"opacity": 0.4}},
        )
    )
    over = Overlay()
    for place, group in enumerate(groups):
        over.add_label(**_row_name(place, group, per, names))
    codes = [u.kode for u in groups[0].hasil.hasil.unsur] if groups else []
    figure.update_layout(
        base_layout(
            _ROW * len(groups) + _HEAD + 6,
            margin={"l": 0, "r": 0, "t": _HEAD, "b": 0},
            barmode="overlay",
            clickmode="event+select",
            **over.layout(),
            yaxis={"visible": False, "range": [len(groups) - 0.42, -0.5], "fixedrange": True},
            xaxis={
                "side": "top",
                "tickvals": list(range(len(codes))),
                "ticktext": [f"<b>{plain(c)}</b>" for c in codes],
                "range": [-0.5, len(codes) - 0.5],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": 12, "color": REDUP},
            },
        )
    )
    return figure


def _distance(unsur: HasilUnsur, unit: Hasil) -> float:
    return float(unsur.ikm or 0) - float(unit.ikm or 0)


def _hover(group: Kelompok, per: Per, names: Mapping[str, str], unsur: HasilUnsur) -> str:
    mutu = f" · mutu {unsur.mutu}" if unsur.mutu else ""
    name = plain(group_name(group, per, names))
    return (
        f"{name}<br>{plain(unsur.kode)} {plain(unsur.nama)}<br>IKM {ikm_text(unsur.ikm)}{mutu}"
        f"<br>{format_number(unsur.n)} jawaban"
    )


def _row_name(place: int, group: Kelompok, per: Per, names: Mapping[str, str]) -> dict[str, object]:
    hasil = group.hasil.hasil
    small = " · kecil" if is_small(hasil.responden) else ""
    count = f"n = {format_number(hasil.responden)}{small}"
    name = plain(_short(group_name(group, per, names)))
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 2,
        "y": place - 0.2,
        "yanchor": "middle",
        "text": f"{name}  <span style='color:{REDUP};font-size:11px'>{count}</span>",
        "font": {"size": 12, "color": TINTA},
        "align": "left",
    }


def _short(name: str) -> str:
    """Return a long name without its middle: many begin alike and differ at the end."""
    return name if len(name) <= 44 else f"{name[:27].rstrip()}…{name[-15:].lstrip()}"
