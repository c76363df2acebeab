"""All posters of a survey in one ZIP: a PDF for each placement, and each QR as SVG and PNG."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from skm.pesan import SkmError
from skm.report.poster import Tempelan, Ukuran, write_poster
from skm.report.qr import qr_png, qr_svg
from skm.survei import Survei
from skm.zip_pasti import add_entry

_UNSAFE = re.compile(r"[^a-z0-9]+")


def write_posters_zip(
    survei: Survei, tempelan: Sequence[Tempelan], ukuran: Ukuran, bahasa: str | None = None
) -> bytes:
    """Return a ZIP with `poster/*.pdf`, `qr/*.svg` and `qr/*.png`, one of each a placement.

    The same placements give the same bytes. Raises SkmError as `write_poster` does.
    """
    if not tempelan:
        raise SkmError("poster-tanpa-tautan")
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, item in zip(file_names(tempelan), tempelan, strict=True):
            poster = write_poster(survei, [item], ukuran, bahasa)
            add_entry(archive, f"poster/{name}-{ukuran}.pdf", poster)
            add_entry(archive, f"qr/{name}.svg", qr_svg(item.alamat))
            add_entry(archive, f"qr/{name}.png", qr_png(item.alamat))
    return stream.getvalue()


def file_names(tempelan: Sequence[Tempelan]) -> list[str]:
    """Return a name for each placement: titik, layanan and code, safe on every system.

    Codes may differ by case alone, which Windows does not see; such names get a number.
    """
    names: list[str] = []
    taken: set[str] = set()
    for item in tempelan:
        parts = [_slug(item.nama_titik), _slug(item.nama_layanan or "")]
        code = re.sub(r"[^A-Za-z0-9_-]+", "-", item.kode)
        stem = name = "_".join(filter(None, [*parts, code])) or "tautan"
        number = 2
        while name.casefold() in taken:
            name = f"{stem}-{number}"
            number += 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _slug(text: str, longest: int = 40) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", ascii_text)[:longest].strip("-")
