"""`audit`: print the trail, or prove that nothing in it was changed or is missing."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC

from skm.akun import TERMINAL
from skm.angka import format_number
from skm.cli.storing import plain_store
from skm.cli.terminal import note, say, show
from skm.jejak import fault_text, parse_end, trail_table
from skm.pesan import message


def check(args: Namespace) -> int:
    """Compute every seal anew; 1 where an entry was changed or is missing."""
    noted = parse_end(args.ujung) if args.ujung else None
    with plain_store() as store:
        found = store.acting(TERMINAL).examine_trail(noted)
    if found.cacat is not None:
        note(fault_text(found.cacat, found.jumlah))
        return 1
    if not found.jumlah:
        say(message("audit-kosong"))
        return 0
    say(message("audit-utuh", jumlah=format_number(found.jumlah), ujung=found.ujung))
    return 0


def show_list(args: Namespace) -> int:
    """Print the newest entries, by the clock of UTC: the trail is of all surveys."""
    with plain_store() as store:
        entries = store.acting(TERMINAL).trail(limit=args.banyak)
    show(trail_table(entries, UTC))
    return 0
