"""`ekspor`: the answers of a period as a file for other programs, with their codebook."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.akun import TERMINAL, Tindakan
from skm.analis.ekspor import Bentuk, target_names, write_export
from skm.analis.survei import Analis
from skm.cli.files import check_target, write_bytes
from skm.cli.rules import parse_result_period
from skm.cli.terminal import note, say
from skm.mulai import prepare
from skm.pesan import message
from skm.settings import read_settings


def run(args: Namespace) -> int:
    """Write data and codebook, and with `--saran` the remarks apart."""
    periode, bentuk = parse_result_period(args.periode), Bentuk(args.bentuk)
    targets = target_names(Path(args.keluaran), bentuk, saran=args.saran)
    check_target(Path(args.keluaran), (f".{bentuk}",), overwrite=args.timpa)
    for target in targets[1:]:
        check_target(target, (target.suffix,), overwrite=args.timpa)
    store = prepare(read_settings(), report=lambda error: note(str(error)))
    try:
        analis = Analis(store, args.survei)
        store.acting(TERMINAL).record(Tindakan.BACA_JAWABAN, args.survei, periode.kode)
        files = write_export(analis, periode.kode, bentuk, saran=args.saran)
    finally:
        store.close()
    for target, berkas in zip(targets, files, strict=True):
        write_bytes(target, berkas.isi)
    say(message("ekspor-ditulis", berkas=", ".join(str(t) for t in targets), label=periode.label))
    note(message("ekspor-jaga"))
    return 0
