"""`susutkan`: delete answers whose time is over, once somebody has seen which."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from skm.analysis.table import Kolom, Tabel
from skm.angka import format_number
from skm.cli.storing import opened
from skm.cli.terminal import note, say, show
from skm.pesan import message


def run(args: Namespace) -> int:
    """Show what is due, and delete it with `--jalankan`; 1 where open periods must wait."""
    with opened() as store:
        survei = store.load_survei(args.survei)
        hari, months = datetime.now(survei.zona).date(), survei.formulir.simpan_bulan
        due = store.due_answers(survei.id, hari)
        gone = store.reduce_answers(survei.id, hari) if args.jalankan else ()
    if not due:
        say(message("susut-tidak-ada", survei=survei.id, bulan=months))
        return 0
    kolom = (Kolom("Periode"), Kolom("Jawaban", angka=True), Kolom("Keadaan"))
    rows = tuple(
        (s.periode.label, format_number(s.jawaban), "ditutup" if s.ditutup else "belum ditutup")
        for s in due
    )
    show(Tabel("susut", message("susut-judul", bulan=months), kolom, rows))
    waiting = [s.periode.label for s in due if not s.ditutup]
    if waiting:
        note(message("susut-belum-ditutup", label=", ".join(waiting)))
    if args.jalankan:
        total = format_number(sum(s.jawaban for s in gone))
        say(message("susut-selesai", jumlah=total, periode=len(gone)))
    else:
        say(message("susut-belum"))
    return 1 if waiting else 0
