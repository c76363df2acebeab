"""Lines and labels laid over a chart, handed to Plotly all at once.

Of each that is added by itself, Plotly checks anew all that are there already.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from skm.dashboard.palette import GARIS, REDUP


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over one chart, in the order that it was added in."""

    garis: list[dict[str, Any]] = field(default_factory=list)
    label: list[dict[str, Any]] = field(default_factory=list)

    def add_line(self, **shape: Any) -> None:  # noqa: ANN401
        """Add a line between two points."""
        self.garis.append({"type": "line", **shape})

    def add_vertical(self, at: float, **shape: Any) -> None:  # noqa: ANN401
        """Add a line from the bottom to the top of the chart."""
        self.add_line(x0=at, x1=at, xref="x", y0=0, y1=1, yref="y domain", **shape)

    def add_horizontal(self, at: float, **shape: Any) -> None:  # noqa: ANN401
        """Add a line from the left to the right of the chart."""
        self.add_line(x0=0, x1=1, xref="x domain", y0=at, y1=at, yref="y", **shape)

    def add_label(self, **annotation: Any) -> None:  # noqa: ANN401
        """Add a text without an arrow."""
        self.label.append({"showarrow": False, **annotation})

    def mark_mutu(self, at: float, label: str) -> None:
        """Add where a mutu begins in a chart of IKM from left to right, its label on top."""
        self.add_vertical(at, line={"color": GARIS, "width": 1}, layer="below")
        self.add_label(
            x=at,
            yref="paper",
            y=1,
            yanchor="bottom",
            xanchor="left",
            text=label,
            xshift=2,
            font={"size": 11, "color": REDUP},
        )

    def layout(self) -> dict[str, Any]:
        """Return the part of a figure's layout that draws it."""
        return {"shapes": self.garis, "annotations": self.label}
