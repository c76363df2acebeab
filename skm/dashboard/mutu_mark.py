"""Where a mutu begins, drawn into a chart of IKM from left to right."""

from __future__ import annotations

import plotly.graph_objects as go

from skm.dashboard.palette import GARIS, REDUP


def mark_mutu(figure: go.Figure, at: float, label: str) -> None:
    """Draw a line across the chart at an IKM, with a label on top of it."""
    figure.add_vline(x=at, line={"color": GARIS, "width": 1}, layer="below")
    figure.add_annotation(
        x=at,
        yref="paper",
        y=1,
        yanchor="bottom",
        xanchor="left",
        text=label,
        xshift=2,
        showarrow=False,
        font={"size": 11, "color": REDUP},
    )
