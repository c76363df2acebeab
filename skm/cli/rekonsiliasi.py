"""`rekonsiliasi`: which methods give the published figures, and by how much the others miss."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from skm.analysis.as_json import method_json
from skm.cli.as_json import dump
from skm.cli.bare import bare_survey
from skm.cli.printed import fit_table, number, verdict
from skm.cli.published import from_options, from_table, respondents
from skm.cli.reading import read_berkas
from skm.cli.rules import find_survei
from skm.cli.terminal import say, show
from skm.intake import Berkas, Opsi, check, propose
from skm.pesan import SkmError, message
from skm.rekonsiliasi import Beda, Kecocokan, match_printed


def run(args: Namespace) -> int:
    """Print every method with its verdict; 1 where none reproduces."""
    given = args.nrr or args.jumlah
    if bool(args.berkas) == bool(given):
        raise SkmError("rekonsiliasi-sumber")
    fits, sums = _from_file(args) if args.berkas else (match_printed(from_options(args)), ())
    found = [] if sums else [fit for fit in fits if fit.cocok]
    if args.json:
        say(dump(_as_json(found, fits, sums)))
    else:
        _print(found, fits, sums)
    return 0 if found else 1


def _from_file(args: Namespace) -> tuple[Sequence[Kecocokan], Sequence[Beda]]:
    """Return the methods for a table of figures, or for a processing sheet with its rows."""
    berkas = read_berkas(Path(args.berkas))
    cetakan = from_table(berkas, args.lembar, respondents(args.responden))
    if cetakan is not None:
        return match_printed(cetakan), ()
    return _processing_sheet(berkas, args)


def _processing_sheet(
    berkas: Berkas, args: Namespace
) -> tuple[Sequence[Kecocokan], Sequence[Beda]]:
    survei = (
        find_survei(args.survei) if args.survei else bare_survey(berkas, "peraturan", args.lembar)
    )
    pemetaan = propose(berkas, survei, args.lembar)
    sheet = check(berkas, pemetaan, survei, Opsi(wajib_periode=False)).pembanding
    if sheet is None:
        raise SkmError("rekonsiliasi-kolom", berkas=berkas.nama)
    return sheet.kecocokan, sheet.beda


def _print(found: Sequence[Kecocokan], fits: Sequence[Kecocokan], sums: Sequence[Beda]) -> None:
    for beda in sums:
        say(
            message(
                "rekonsiliasi-jumlah-beda",
                unsur=beda.unsur,
                tercetak=number(beda.tercetak),
                dihitung=number(beda.dihitung),
            )
        )
    if found:
        say(message("rekonsiliasi-cocok", jumlah=len(found)))
    elif not sums:
        best = min(fits, key=lambda fit: fit.selisih)
        miss = number(best.selisih)
        say(message("rekonsiliasi-tidak", metode=best.metode.label, selisih=miss))
    show(fit_table(fits, ""))


def _as_json(
    found: Sequence[Kecocokan], fits: Sequence[Kecocokan], sums: Sequence[Beda]
) -> dict[str, Any]:
    return {
        "cocok": [fit.metode.label for fit in found],
        "jumlah_berbeda": [_beda(b) for b in sums],
        "metode": [
            {
                "metode": method_json(fit.metode),
                "hasil": verdict(fit),
                "cocok": fit.cocok,
                "pasti": fit.pasti,
                "ikm": {"dari": _text(fit.ikm[0]), "sampai": _text(fit.ikm[1])},
                "selisih": _text(fit.selisih),
                "beda": [_beda(b) for b in fit.beda],
            }
            for fit in fits
        ],
    }


def _beda(beda: Beda) -> dict[str, str | None]:
    return {
        "besaran": beda.besaran,
        "unsur": beda.unsur,
        "tercetak": _text(beda.tercetak),
        "dihitung": _text(beda.dihitung),
        "sampai": _text(beda.sampai),
        "selisih": _text(beda.selisih),
    }


def _text(value: Decimal) -> str:
    return f"{value:f}"
