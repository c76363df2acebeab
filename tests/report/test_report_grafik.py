"""Charts: ink stands where the figures say, in the colours of the pages, on a page's width."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from PIL import Image

from skm.report.dokumen import (
    Batang,
    Grafik,
    GrafikBatang,
    GrafikGaris,
    GrafikPeta,
    SelPeta,
    TitikGaris,
)
from skm.report.grafik import chart_data, chart_png
from skm.report.warna import KOSONG, MUTU, SELISIH, TARGET, TINTA, UTAMA, selisih_colour

from .cetakan import JAHAT
from .dokumen_contoh import LAYANAN, TITIK, bars, heat_map, trend

PPI = 200
WIDE = 1260  # 160 mm at 200 pixels per inch


def drawn(grafik: Grafik, alt: str = "") -> Image.Image:
    return Image.open(io.BytesIO(chart_png(grafik, alt, PPI))).convert("RGB")


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def places(image: Image.Image, colour: str) -> list[tuple[int, int]]:
    """Every pixel of exactly this colour, as (x, y)."""
    wanted, pixels = rgb(colour), image.load()
    return [
        (x, y) for y in range(image.height) for x in range(image.width) if pixels[x, y] == wanted
    ]


def columns(image: Image.Image, colour: str, top: int = 0) -> list[int]:
    return sorted({x for x, y in places(image, colour) if y >= top})


@pytest.mark.parametrize(
    "grafik",
    [
        bars(1, LAYANAN).grafik,
        bars(1, TITIK).grafik,
        trend(1).grafik,
        heat_map(1, LAYANAN).grafik,
        heat_map(1, TITIK).grafik,
    ],
)
def test_a_chart_is_160_mm_wide_on_white_and_fits_a_page(grafik: Grafik) -> None:
    image = drawn(grafik)
    assert image.width == pytest.approx(WIDE, abs=1)
    assert image.height <= 225 / 25.4 * PPI
    corners = [(x, y) for x in (0, image.width - 1) for y in (0, image.height - 1)]
    assert {image.getpixel(corner) for corner in corners} == {(255, 255, 255)}


def test_the_words_for_a_chart_travel_in_the_picture() -> None:
    png = chart_png(trend(1).grafik, "Garis IKM naik — dari 92,07 ke 93,86.")
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.text["Description"] == "Garis IKM naik — dari 92,07 ke 93,86."


def test_bars_are_as_long_as_their_values_in_the_colour_of_their_mutu() -> None:
    values = {"D": 40.0, "C": 70.0, "B": 85.0, "A": 100.0}
    batang = tuple(Batang(m, value, f"{value}", m) for m, value in values.items())
    image = drawn(GrafikBatang(batang, 25, 100))
    widths = {m: len(columns(image, MUTU[m])) for m in values}
    for mutu, value in values.items():
        assert widths[mutu] / widths["A"] == pytest.approx((value - 25) / 75, abs=0.004)


def test_a_threshold_stands_where_a_bar_of_its_value_ends() -> None:
    batang = (Batang("A", 76.61, "", "B"), Batang("B", 100, "", "A"))
    image = drawn(GrafikBatang(batang, 25, 100, ((76.61, "batas"),)))
    end = columns(image, MUTU["B"])[-1]
    line = columns(image, KOSONG)
    assert len(line) <= 3
    assert line[0] - 1 <= end <= line[-1] + 1


def test_bars_outside_the_scale_end_at_its_edge() -> None:
    batang = (Batang("a", 10, "10", "D"), Batang("b", 120, "120", "A"), Batang("c", 100, "", "B"))
    image = drawn(GrafikBatang(batang, 25, 100))
    assert not places(image, MUTU["D"])
    assert len(columns(image, MUTU["A"])) == len(columns(image, MUTU["B"]))


@pytest.mark.parametrize(("terbit", "colour"), [(True, "#ffffff"), (False, UTAMA)])
def test_a_published_figure_is_hollow(terbit: bool, colour: str) -> None:
    image = drawn(GrafikGaris((TitikGaris("2023", 90, "", terbit=terbit),)))
    heights = [y for _, y in places(image, UTAMA)]
    centre = (image.width // 2, (min(heights) + max(heights)) // 2)
    assert image.getpixel(centre) == rgb(colour)


def test_targets_are_dashes_under_or_over_the_line() -> None:
    def side(target: float) -> int:
        image = drawn(GrafikGaris((TitikGaris("2024", 90, "90,00", target, "target"),)))
        dash = next(y for _, y in places(image, TARGET))
        return dash - next(y for _, y in places(image, UTAMA))

    assert side(80) > 0 > side(95)
    assert not places(drawn(GrafikGaris((TitikGaris("2024", 90, "90,00"),))), TARGET)


def test_a_small_change_does_not_look_large() -> None:
    def rise(first: float, second: float) -> float:
        titik = (TitikGaris("a", first, ""), TitikGaris("b", second, ""))
        points = chart_data(GrafikGaris(titik))["titik"]
        return points[1]["tinggi"] - points[0]["tinggi"]

    assert rise(93.65, 93.86) == pytest.approx(0.21 / 4)
    assert rise(80, 90) == pytest.approx(1)
    assert rise(90, 90) == 0


@pytest.mark.parametrize(
    ("selisih", "colour"),
    [
        (-10, "#e2813f"),
        (-25, "#e2813f"),
        (-5, "#f0bd92"),
        (0, "#f6f4ee"),
        (2.5, "#d0e2e0"),
        (10, "#5aa5ac"),
        (40, "#5aa5ac"),
    ],
)
def test_the_colour_tells_the_distance_from_the_unit(selisih: float, colour: str) -> None:
    assert selisih_colour(selisih, 10) == colour
    image = drawn(GrafikPeta(("a",), ("U1",), ((SelPeta(selisih, ""),),)))
    assert len(places(image, colour)) > 1000


def test_an_empty_cell_is_grey() -> None:
    image = drawn(GrafikPeta(("a",), ("U1",), ((SelPeta(None, "—"),),)))
    assert len(places(image, KOSONG)) > 1000


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [c / 255 for c in rgb(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_figures_read_on_every_colour_of_the_map() -> None:
    for colour in [KOSONG, *(colour for _, colour in SELISIH)]:
        assert (luminance(colour) + 0.05) / (luminance(TINTA) + 0.05) >= 4.5


def test_the_colours_of_mutu_differ_in_lightness_beside_each_other() -> None:
    light = [luminance(colour) for colour in MUTU.values()]
    for first, second in pairwise(light):
        assert (max(first, second) + 0.05) / (min(first, second) + 0.05) > 1.3


@pytest.mark.parametrize(
    "grafik",
    [
        GrafikBatang((), 25, 100),
        GrafikGaris(()),
        GrafikPeta((), (), ()),
        bars(1, [JAHAT, "takberspasi" * 30, "😀 漢字"]).grafik,
        heat_map(1, [JAHAT, "takberspasi" * 30, "😀 漢字"], 14).grafik,
        GrafikGaris(
            (TitikGaris(JAHAT, 90, JAHAT, 91, JAHAT), TitikGaris("x" * 300, 90, "x" * 300))
        ),
    ],
)
def test_nothing_and_anything_can_be_drawn(grafik: Grafik) -> None:
    assert drawn(grafik).width == pytest.approx(WIDE, abs=1)
