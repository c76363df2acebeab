"""`periksa`: proof that the counts behind every result are those of the stored answers."""

from __future__ import annotations

from argparse import Namespace

from skm.angka import format_number
from skm.cli.storing import opened
from skm.cli.terminal import note, note_faults, say
from skm.pesan import message
from skm.store import RecapFault, Store


def run(args: Namespace) -> int:
    """Print the cells that differ, 1 where there are any; `--perbaiki` counts anew first."""
    with opened() as store:
        faults = store.check_recap(args.survei)
        if faults:
            title = message("periksa-beda", jumlah=format_number(len(faults)))
            note_faults(title, [_cell(f) for f in faults])
            if not args.perbaiki:
                note(message("periksa-perbaiki"))
                return 1
            store.rebuild_recap(args.survei)
            if store.check_recap(args.survei):
                note(message("periksa-tetap-beda"))
                return 1
            say(message("periksa-diperbaiki"))
            return 0
        _say_equal(store, args.survei)
    return 0


def _say_equal(store: Store, survei_id: str | None) -> None:
    surveys = [s for s in store.list_survei() if survei_id in (None, s.id)]
    people = format_number(sum(s.responden for s in surveys))
    say(message("periksa-cocok", jumlah=len(surveys), responden=people))


def _cell(fault: RecapFault) -> str:
    return message(
        "periksa-sel",
        survei=fault.survei_id,
        tabel=fault.tabel,
        kunci=", ".join(f"{name} {value}" for name, value in fault.kunci),
        tersimpan=" ".join(map(str, fault.tersimpan)),
        seharusnya=" ".join(map(str, fault.seharusnya)),
    )
