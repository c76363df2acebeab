"""The HTML of a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from skm.analysis.table import Kolom, Tabel
from skm.analysis.target import Realisasi, realisation
from skm.dashboard.charts import trend_line
from skm.dashboard.palette import MUTU, mutu_colour
from skm.dashboard.render import badge, table_html
from skm.dashboard.upload_columns import escape_markdown
from skm.periode import parse_period

TABEL = Tabel(
    "uji",
    'Judul <b> & "kutip"',
    (Kolom("Nama"), Kolom("IKM", angka=True), Kolom("Mutu"), Kolom("Keterangan")),
    (("<script>x</script>", "93,86", "A", "catatan <i>"), ("Kosong", "—", "—", "")),
    ("Jumlah", "93,86", "A", ""),
    "Kaki <u>",
)


def test_everything_is_escaped() -> None:
    shown = table_html(TABEL, "/unduh/a/b/<c>.csv")
    for raw in ("<script", "<i>", "<b>", "<u>", "<c>"):
        assert raw not in shown
    assert "&lt;script&gt;" in shown


def test_numbers_badges_total_and_link() -> None:
    shown = table_html(TABEL, "/unduh/a/b/uji.csv")
    assert '<td class="angka">93,86</td>' in shown
    assert shown.count('class="skm-mutu skm-mutu-a"') == 2
    assert "<tfoot>" in shown
    assert '<a href="/unduh/a/b/uji.csv" download>Unduh CSV</a>' in shown
    assert 'tabindex="0"' in shown


@pytest.mark.parametrize(
    ("length", "width"), [(50.0, "50.00%"), (-3.0, "0.00%"), (120.0, "100.00%")]
)
def test_bars_stay_inside_their_cell(length: float, width: str) -> None:
    assert f"width:{width}" in table_html(TABEL, batang=[length, 0])


def test_only_a_mutu_is_a_badge() -> None:
    assert "skm-mutu-d" in badge("D")
    assert badge("<x>") == "&lt;x&gt;"
    assert badge(None) == "—"


def test_the_style_sheet_has_the_chart_colours() -> None:
    from skm.dashboard.frame import ASET

    css = (ASET / "gaya.css").read_text(encoding="utf-8")
    for mutu, colour in MUTU.items():
        assert f".skm-mutu-{mutu.lower()} {{ background: {colour};" in css
    assert mutu_colour(None) not in MUTU.values()
    assert "http" not in css
    assert "@import" not in css


def test_markdown_shows_text_as_it_is() -> None:
    assert escape_markdown("*a* [b](c) $d$") == r"\*a\* \[b\]\(c\) \$d\$"


def figures(years: range, *, terbit: bool = False) -> list[Realisasi]:
    return [
        realisation(parse_period(f"{tahun}-T{ke}"), Decimal("75"), {}, "", terbit=terbit)
        for tahun in years
        for ke in range(1, 5)
    ]


def test_a_long_line_keeps_its_latest_periods_readable() -> None:
    line = trend_line(figures(range(2020, 2024))).data[1]
    assert line.text == ("<b>75,00</b>",) * 8
    assert line.x[-1] == "Triwulan IV<br>2023"


def test_figures_published_before_are_hollow_points() -> None:
    published, measured = figures(range(2023, 2024), terbit=True), figures(range(2024, 2025))
    line = trend_line([published[-1], measured[0]]).data[1]
    assert line.text == ("<b>75,00</b> C", "<b>75,00</b> C")
    hollow, full = line.marker.color
    assert (hollow, full) == ("#ffffff", line.line.color)
