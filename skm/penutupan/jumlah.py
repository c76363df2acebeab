"""How many answers a period has, uses and leaves out, without reading the answers themselves."""

from __future__ import annotations

from skm.penutupan.arsip import Jumlah
from skm.penutupan.resmi import Resmi
from skm.periode import Periode

_ALL = 1_000_000


def amounts(resmi: Resmi, periode: Periode) -> Jumlah | None:
    """Return the amounts that the period was closed with, or would be closed with now.

    None for a part of a closed longer period, whose amounts are known as a whole only.
    """
    around = resmi.frozen(periode)
    if around is not None:
        return around.arsip.jumlah if around.tutupan.periode == periode else None
    marked, out = _noticed(resmi, periode)
    for part in resmi.parts(periode):  # closed parts count as they were, not as they are
        live_marked, live_out = _noticed(resmi, part.tutupan.periode)
        marked += part.arsip.jumlah.ditandai - live_marked
        out += part.arsip.jumlah.dikecualikan - live_out
    used = sum(cell.responden for cell in resmi.cells(periode))
    return Jumlah(used + out, used, marked, out)


def _noticed(resmi: Resmi, periode: Periode) -> tuple[int, int]:
    """Return how many marked answers count, and how many answers are left out."""
    found = resmi.store.flagged(resmi.survei.id, periode, limit=_ALL)
    out = sum(row.dikecualikan is not None for row in found)
    return len(found) - out, out
