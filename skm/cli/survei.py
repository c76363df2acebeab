"""`survei daftar`, `survei periksa` and `templat`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from skm.analysis.table import Kolom, Tabel
from skm.angka import format_number
from skm.cli.files import check_target, write_bytes
from skm.cli.rules import find_survei
from skm.cli.terminal import say, show
from skm.pesan import message


def show_list(_: Namespace) -> int:
    """Print the surveys of the store."""
    from skm.cli.storing import opened

    with opened() as store:
        surveys = store.list_survei()
    if not surveys:
        say(message("survei-belum-ada"))
        return 0
    kolom = (
        Kolom("Id"),
        Kolom("Judul"),
        Kolom("Unit"),
        Kolom("Responden", angka=True),
        Kolom("Keterangan"),
    )
    rows = tuple(
        (s.id, s.judul, s.unit, format_number(s.responden), "contoh" if s.contoh else "")
        for s in surveys
    )
    show(Tabel("survei", "", kolom, rows))
    return 0


def check(args: Namespace) -> int:
    """Read a survey file; its faults are raised, all at once."""
    survei = find_survei(args.berkas)
    say(
        message(
            "survei-terbaca",
            berkas=args.berkas,
            judul=survei.judul,
            unsur=len(survei.unsur),
            pertanyaan=len(survei.kuesioner.pertanyaan),
            layanan=len(survei.layanan),
            titik=len(survei.titik),
        )
    )
    return 0


def template(args: Namespace) -> int:
    """Write the file that an office fills in."""
    from skm.intake import write_template_csv, write_template_xlsx

    target = Path(args.keluaran)
    check_target(target, (".csv", ".xlsx"), overwrite=args.timpa)
    survei = find_survei(args.survei)
    write = write_template_xlsx if target.suffix.lower() == ".xlsx" else write_template_csv
    write_bytes(target, write(survei))
    say(message("templat-ditulis", judul=survei.judul, berkas=target))
    return 0
