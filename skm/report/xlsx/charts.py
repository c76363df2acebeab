"""Native charts over the sheet "IKM": the unsur of a period, and the periods one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skm.analysis.tables import HIGHEST, LOWEST
from skm.report import warna

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

FONT: dict[str, Any] = {"name": "Arial", "size": 9, "color": warna.TINTA}


def bar_chart(book: Workbook, judul: str, label: str, nilai: str) -> Chart:
    """Return horizontal bars of the IKM per unsur; `label` and `nilai` are areas of a sheet."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "IKM per unsur",
            "categories": f"={label}",
            "values": f"={nilai}",
            "fill": {"color": warna.UTAMA},
            "gap": 60,
            "data_labels": {
                "value": True,
                "num_format": "0.00",
                "position": "inside_end",
                "font": {**FONT, "color": "#ffffff", "bold": True},
            },
        }
    )
    line = {"color": warna.GARIS}
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": FONT, "line": line})
    chart.set_x_axis(_scale(judul="IKM (skala 25–100)"))
    return _finish(chart, judul)


def line_chart(book: Workbook, judul: str, label: str, nilai: str) -> Chart:
    """Return a line of the IKM of periods, oldest first."""
    chart = book.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": "IKM unit pelayanan",
            "categories": f"={label}",
            "values": f"={nilai}",
            "line": {"color": warna.UTAMA, "width": 2.25},
            "marker": {
                "type": "circle",
                "size": 7,
                "fill": {"color": warna.UTAMA},
                "border": {"color": warna.UTAMA},
            },
            "data_labels": {
                "value": True,
                "num_format": "0.00",
                "position": "above",
                "font": FONT,
            },
        }
    )
    chart.set_x_axis({"num_font": FONT, "line": {"color": warna.GARIS}})
    chart.set_y_axis(_scale(judul="IKM"))
    return _finish(chart, judul)


def _scale(judul: str) -> dict[str, Any]:
    """Return the axis of the IKM, always whole so that small differences look small."""
    return {
        "name": judul,
        "name_font": {**FONT, "bold": False},
        "num_font": FONT,
        "num_format": "0",
        "min": LOWEST,
        "max": HIGHEST,
        "major_unit": 25,
        "major_gridlines": {"visible": True, "line": {"color": warna.GARIS}},
        "line": {"none": True},
    }


def _finish(chart: Chart, judul: str) -> Chart:
    chart.set_title({"name": judul, "name_font": {**FONT, "size": 13, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"color": warna.GARIS}})
    return chart
