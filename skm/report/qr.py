"""QR codes of an address: SVG for print, small PNG for everything else.

Error correction Q (a quarter of the code may be dirty or torn) and the standard's quiet zone of
four modules, which belongs to the image so that no layout can take it away.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from skm.pesan import SkmError

QUIET_ZONE = 4


def qr_svg(address: str) -> bytes:
    """Return the code as SVG, one unit a module: a white ground and a single black path.

    One path, because a viewer would show hairlines between modules drawn one by one.
    Raises SkmError `qr-kosong`, `qr-terlalu-panjang`.
    """
    rows = _modules(address)
    size = len(rows)
    path = "".join(
        f"M{x} {y}h{width}v1h-{width}z"
        for y, row in enumerate(rows)
        for x, width in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'width="{size}mm" height="{size}mm" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{path}"/></svg>'
    ).encode()


def qr_png(address: str, scale: int = 16) -> bytes:
    """Return the code as a black and white PNG, `scale` pixels a module.

    Raises SkmError `qr-kosong`, `qr-terlalu-panjang`.
    """
    rows = _modules(address)
    size = len(rows)
    image = Image.new("1", (size, size))
    image.putdata([0 if dark else 255 for row in rows for dark in row])
    stream = BytesIO()
    image.resize((size * scale, size * scale)).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _dark_runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return the dark stretches of a row as (start, width)."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


@lru_cache(maxsize=256)
def _modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return the code's rows, quiet zone included; True is dark."""
    if not address:
        raise SkmError("qr-kosong")
    code = QRCode(error_correction=ERROR_CORRECT_Q, border=QUIET_ZONE)
    code.add_data(address)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise SkmError("qr-terlalu-panjang", panjang=len(address)) from error
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())
