"""What a rerun does not do again: draw a figure, look for garbage among the libraries."""

from types import SimpleNamespace
from typing import Any, cast

import plotly.graph_objects as go
import pytest
import streamlit as st

from skm.dashboard.charts import drawn
from skm.dashboard.source import Sumber


@pytest.fixture(autouse=True)
def nothing_kept():
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def source(survei_id: str = "a", versi: int = 1) -> Sumber:
    return cast(Any, SimpleNamespace(survei=SimpleNamespace(id=survei_id), versi=versi))


def test_a_figure_is_drawn_once_for_the_same_data_and_the_same_view():
    asked: list[str] = []

    def draw(text: str) -> go.Figure:
        asked.append(text)
        return go.Figure(go.Scatter(x=[1], y=[2], text=[text]))

    views = [
        (source(), ("unsur", "2024-T4", None)),
        (source(versi=2), ("unsur", "2024-T4", None)),
        (source("b"), ("unsur", "2024-T4", None)),
        (source(), ("unsur", "2024-T3", None)),
        (source(), ("unsur", "2024-T4", "qr")),
        (source(), ("tren", "2024-T4", None)),
    ]
    first = [drawn(s, view, lambda i=i: draw(str(i))) for i, (s, view) in enumerate(views)]
    again = [drawn(s, view, lambda: draw("again")) for s, view in views]
    assert [f.data[0].text[0] for f in again] == list("012345")
    assert all(a is b for a, b in zip(first, again, strict=True))
    assert asked == list("012345")
