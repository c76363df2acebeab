"""`qr`: the posters and codes of placements as files, ready for the printer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from skm.angka import format_number
from skm.cli.files import write_bytes
from skm.cli.storing import opened
from skm.cli.tautan import chosen, warn_address
from skm.cli.terminal import say
from skm.pesan import SkmError, message
from skm.report import Tempelan, Ukuran, qr_png, qr_svg, write_poster
from skm.report.bundle import file_names
from skm.settings import read_settings
from skm.survei import Survei
from skm.tautan import to_print


def run(args: Namespace) -> int:
    """Write a poster, an SVG and a PNG for each open placement, and one PDF of all posters.

    Nothing is written where one of the files is there already, unless `--timpa` says so.
    """
    settings = read_settings()
    with opened() as store:
        survei = store.load_survei(args.survei)
        found = chosen(store, survei, args, aktif=True)
    if not found:
        raise SkmError("tautan-kosong", survei=survei.id)
    folder = Path(args.keluaran)
    files = _files(survei, to_print(survei, found, settings.form_address), args.ukuran)
    _prepare(folder, list(files), overwrite=args.timpa)
    for name, make in files.items():
        write_bytes(folder / name, make())
    counts = {"jumlah": format_number(len(files)), "tautan": format_number(len(found))}
    say(message("qr-ditulis", folder=folder, **counts))
    warn_address(settings, found[0].kode)
    return 0


def _files(
    survei: Survei, tempelan: Sequence[Tempelan], ukuran: str
) -> dict[str, Callable[[], bytes]]:
    """Return each file's name and how it is made."""
    size = cast(Ukuran, ukuran)

    def poster(items: Sequence[Tempelan]) -> Callable[[], bytes]:
        return lambda: write_poster(survei, items, size)

    def image(make: Callable[[str], bytes], item: Tempelan) -> Callable[[], bytes]:
        return lambda: make(item.alamat)

    files: dict[str, Callable[[], bytes]] = {}
    if len(tempelan) > 1:
        files[f"semua-{ukuran}.pdf"] = poster(tempelan)
    for name, item in zip(file_names(tempelan), tempelan, strict=True):
        files[f"{name}-{ukuran}.pdf"] = poster([item])
        files[f"{name}.svg"] = image(qr_svg, item)
        files[f"{name}.png"] = image(qr_png, item)
    return files


def _prepare(folder: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """Make the folder, and refuse before any work where a file would be lost. Raises SkmError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise SkmError("qr-folder", folder=folder, rincian=detail) from error
    for name in names:
        if not overwrite and (folder / name).exists():
            raise SkmError("berkas-sudah-ada", berkas=folder / name)
