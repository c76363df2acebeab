"""`laporan`: the report of a period as a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.cli.files import check_target, read_bytes, write_bytes
from skm.cli.rules import parse_result_period
from skm.cli.storing import opened
from skm.cli.terminal import note, say
from skm.laporan.berkas import Bentuk, make_report
from skm.penutupan.resmi import open_official
from skm.pesan import message
from skm.settings import read_settings

LKIP = {".docx": Bentuk.LKIP_DOCX, ".xlsx": Bentuk.LKIP_XLSX}


def run(args: Namespace) -> int:
    """Write the report; a period that is not closed gives a draft, and says so."""
    periode, path = parse_result_period(args.periode), Path(args.keluaran)
    suffixes = tuple(LKIP) if args.format == "lkip" else (f".{args.format}",)
    check_target(path, suffixes, overwrite=args.timpa)
    bentuk = LKIP[path.suffix.lower()] if args.format == "lkip" else Bentuk(args.format)
    with opened() as store:
        resmi = open_official(store, args.survei)
        berkas = make_report(resmi, periode, bentuk, _letterhead(args.kop))
    write_bytes(path, berkas.isi)
    say(message("laporan-ditulis", berkas=path, label=berkas.periode.label))
    if resmi.frozen(berkas.periode) is None:
        note(message("laporan-draf", label=berkas.periode.label, kode=berkas.periode.kode))
    return 0


def _letterhead(given: str | None) -> bytes | None:
    """Return the office's kop.docx: the one named, or that of the data folder."""
    if given:
        return read_bytes(Path(given))
    usual = read_settings().letterhead
    return usual.read_bytes() if usual.is_file() else None
