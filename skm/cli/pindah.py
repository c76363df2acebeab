"""`pindah`: a whole office from one database into another, SQLite or PostgreSQL."""

from __future__ import annotations

from argparse import Namespace

from skm.analysis.table import Kolom, Tabel
from skm.angka import format_number
from skm.cli.progress import progress
from skm.cli.terminal import note, say, show
from skm.pesan import message
from skm.settings import read_settings
from skm.store.move import check_move, count_rows, move


def run(args: Namespace) -> int:
    """Move everything, or with `--periksa` only say what would be moved."""
    source = args.dari or read_settings().database_url
    rows = count_rows(source)
    if args.periksa:
        check_move(source, args.ke)
        show(_table(message("pindah-akan"), rows))
        say(message("pindah-belum"))
        return 0
    with progress(message("pindah-judul"), 2 * sum(rows.values())) as seen:
        moved = move(source, args.ke, seen)
    show(_table(message("pindah-sudah"), {name: t.baris for name, t in moved.items()}))
    say(message("pindah-selesai"))
    note(message("pindah-lanjut"))
    return 0


def _table(title: str, rows: dict[str, int]) -> Tabel:
    kolom = (Kolom("Tabel"), Kolom("Baris", angka=True))
    held = tuple((name, format_number(n)) for name, n in sorted(rows.items()) if n)
    total = ("Jumlah", format_number(sum(rows.values())))
    return Tabel("pindah", title, kolom, held, total)
