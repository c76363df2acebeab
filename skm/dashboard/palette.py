"""The colours of mutu and of differences, chosen to be told apart without red against green."""

from __future__ import annotations

MUTU = {"A": "#0f5c63", "B": "#7cb9c9", "C": "#f0c264", "D": "#b5481f"}
"""Dark teal, light blue, light amber, dark orange: they differ in lightness as well as in hue."""
KOSONG = "#c9d3d5"
TINTA = "#17252a"
REDUP = "#52646a"
GARIS = "#dbe4e4"
UTAMA = "#0f5c63"
TARGET = "#b5481f"

SELISIH = (
    (0.0, "#e2813f"),
    (0.25, "#f0bd92"),
    (0.5, "#f6f4ee"),
    (0.75, "#a9d0d3"),
    (1.0, "#5aa5ac"),
)
"""From far under to far over the unit's own IKM: orange, pale, teal; dark text reads on all."""

HURUF = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"


def mutu_colour(mutu: str | None) -> str:
    """Return the colour of a mutu letter; grey where nobody answered."""
    return MUTU.get(mutu or "", KOSONG)
