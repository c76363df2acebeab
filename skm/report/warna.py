"""The colours of mutu and of differences, chosen to be told apart without red against green."""

from __future__ import annotations

from itertools import pairwise

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


def mutu_colour(mutu: str | None) -> str:
    """Return the colour of a mutu letter; grey where nobody answered."""
    return MUTU.get(mutu or "", KOSONG)


def selisih_colour(selisih: float, jangkauan: float) -> str:
    """Return the colour `selisih` points from the IKM; beyond `jangkauan` points it stays full."""
    place = min(max((selisih / jangkauan + 1) / 2, 0.0), 1.0)
    for (low, below), (high, above) in pairwise(SELISIH):
        if place <= high:
            return _blend(below, above, (place - low) / (high - low))
    return SELISIH[-1][1]


def _blend(first: str, second: str, share: float) -> str:
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
