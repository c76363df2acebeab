"""The colours and the type of the pages; the colours are those of the printed reports."""

from __future__ import annotations

from skm.report.warna import (
    GARIS,
    KOSONG,
    MUTU,
    REDUP,
    SELISIH,
    TARGET,
    TINTA,
    UTAMA,
    mutu_colour,
)

HURUF = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"

__all__ = [
    "GARIS",
    "HURUF",
    "KOSONG",
    "MUTU",
    "REDUP",
    "SELISIH",
    "TARGET",
    "TINTA",
    "UTAMA",
    "mutu_colour",
]
