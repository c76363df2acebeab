"""What is laid over a chart at once is what Plotly lays there one by one."""

from __future__ import annotations

import plotly.graph_objects as go

from skm.dashboard.overlay import Overlay
from skm.dashboard.palette import GARIS, REDUP


def test_all_at_once_is_the_figure_of_one_by_one() -> None:
    over, figure = Overlay(), go.Figure()
    over.add_line(x0=1, x1=2, y0=3, y1=3, line={"width": 2})
    figure.add_shape(type="line", x0=1, x1=2, y0=3, y1=3, line={"width": 2})
    over.add_vertical(4.5, line={"dash": "dash"})
    figure.add_vline(x=4.5, line={"dash": "dash"})
    over.add_horizontal(5, layer="below")
    figure.add_hline(y=5, layer="below")
    over.add_label(x=1, y=2, text="a")
    figure.add_annotation(x=1, y=2, text="a", showarrow=False)
    over.add_label(x=3, y=4, text="b", font={"size": 12})
    figure.add_annotation(x=3, y=4, text="b", font={"size": 12}, showarrow=False)
    assert go.Figure(layout=over.layout()).to_plotly_json() == figure.to_plotly_json()


def test_a_mutu_begins_at_a_line_with_its_letter_on_top() -> None:
    over = Overlay()
    over.mark_mutu(88.31, "<b>A</b>")
    layout = go.Figure(layout=over.layout()).layout
    (line,), (label,) = layout.shapes, layout.annotations
    assert (line.x0, line.x1, line.y0, line.y1, line.yref) == (88.31, 88.31, 0, 1, "y domain")
    assert (line.layer, line.line.color) == ("below", GARIS)
    assert (label.x, label.text, label.showarrow) == (88.31, "<b>A</b>", False)
    assert (label.yanchor, label.font.color) == ("bottom", REDUP)


def test_nothing_is_laid_over_a_chart_without_any() -> None:
    layout = go.Figure(layout=Overlay().layout()).layout
    assert (layout.shapes, layout.annotations) == ((), ())
