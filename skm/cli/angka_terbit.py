"""`angka-terbit`: IKM that the office published before, with their source."""

from __future__ import annotations

from argparse import Namespace

from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import ikm_text
from skm.angka import parse_number
from skm.cli.rules import parse_result_period
from skm.cli.storing import opened
from skm.cli.terminal import say, show
from skm.pesan import SkmError, message


def daftar(args: Namespace) -> int:
    """Print the figures."""
    with opened() as store:
        found = store.published_figures(args.survei)
    if not found:
        say(message("angka-terbit-belum-ada", survei=args.survei))
        return 0
    kolom = (Kolom("Periode"), Kolom("IKM", angka=True), Kolom("Sumber"))
    rows = tuple((a.periode.label, ikm_text(a.ikm), a.sumber) for a in found)
    show(Tabel("angka-terbit", "", kolom, rows))
    return 0


def catat(args: Namespace) -> int:
    """Keep a figure."""
    periode = parse_result_period(args.periode)
    try:
        ikm = parse_number(args.ikm)
    except ValueError as error:
        raise SkmError("angka-terbit-rentang", nilai=args.ikm) from error
    with opened() as store:
        store.set_published_figure(args.survei, periode, ikm, args.sumber)
    say(message("angka-terbit-dicatat", label=periode.label, ikm=ikm_text(ikm)))
    return 0


def hapus(args: Namespace) -> int:
    """Forget a figure."""
    periode = parse_result_period(args.periode)
    with opened() as store:
        store.set_published_figure(args.survei, periode, None)
    say(message("angka-terbit-dihapus", label=periode.label))
    return 0
