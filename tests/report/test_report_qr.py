"""The QR code comes back from every form it is written in."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageDraw

from skm.pesan import SkmError
from skm.report import qr_png, qr_svg
from skm.report.qr import QUIET_ZONE

from .cetakan import decoded

ADDRESSES = [
    "https://skm.bekasikota.go.id/isi/K7QM2P",
    "http://192.168.10.25:8501/isi/aB3-_x",
    "skm:contoh-disdukcapil-bekasi-2024:2024-1:kel-bekasi-utara-kaliabang-tengah:ktp-el",
    "https://contoh.go.id/isi/" + "x" * 400,
]


def drawn(svg: bytes, scale: int = 6) -> Image.Image:
    """The SVG as a picture: its path holds nothing but rectangles."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own file
    size = int(root.attrib["viewBox"].split()[2])
    image = Image.new("L", (size * scale, size * scale), 255)
    pen = ImageDraw.Draw(image)
    ground, dark = (element.attrib for element in root)
    assert ground["fill"] == "#fff"
    for piece in dark["d"].removeprefix("M").split("M"):
        place, width = piece.split("v")[0].split("h")
        x, y = map(int, place.split())
        pen.rectangle(
            (x * scale, y * scale, (x + int(width)) * scale - 1, (y + 1) * scale - 1), fill=0
        )
    return image


@pytest.mark.parametrize("address", ADDRESSES)
def test_png_and_svg_hold_exactly_the_address(address: str) -> None:
    assert decoded(Image.open(BytesIO(qr_png(address, 4)))) == [address]
    assert decoded(drawn(qr_svg(address))) == [address]


def test_png_is_small_black_and_white_and_sized_by_its_modules() -> None:
    png = qr_png(ADDRESSES[0], 10)
    image = Image.open(BytesIO(png))
    assert image.mode == "1"
    assert image.size == (410, 410)  # version 4: 33 modules and twice the quiet zone
    assert len(png) < 1500


def test_the_quiet_zone_is_part_of_the_code() -> None:
    image = drawn(qr_svg(ADDRESSES[0]), 1)
    dark = image.point(lambda grey: 255 - grey).getbbox()
    assert dark == (QUIET_ZONE, QUIET_ZONE, 41 - QUIET_ZONE, 41 - QUIET_ZONE)


def test_a_quarter_of_the_code_may_be_lost() -> None:
    image = drawn(qr_svg(ADDRESSES[0]), 8).convert("L")
    ImageDraw.Draw(image).rectangle((150, 150, 210, 210), fill=255)  # a torn hole in the middle
    assert decoded(image) == [ADDRESSES[0]]


def test_the_same_address_gives_the_same_bytes() -> None:
    assert qr_svg(ADDRESSES[1]) == qr_svg(ADDRESSES[1])
    assert qr_png(ADDRESSES[1]) == qr_png(ADDRESSES[1])


@pytest.mark.parametrize(
    ("address", "kode"), [("", "qr-kosong"), ("x" * 2000, "qr-terlalu-panjang")]
)
def test_what_no_code_can_hold_is_refused(address: str, kode: str) -> None:
    with pytest.raises(SkmError) as caught:
        qr_svg(address)
    assert caught.value.kode == kode
