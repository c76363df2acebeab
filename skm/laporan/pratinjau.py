"""The pages of a report as pictures, kept for a while: a reader turns them one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from skm.laporan.susun import build_report
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.report.pdf import preview_pages

PPI = 110
"""Sharp on a laptop, and some 100 kB a page."""
_KEPT = 4


@dataclass(frozen=True, slots=True)
class _Pesanan:
    """What a preview is drawn from; alike at the same version of the same data."""

    basis: str
    survei_id: str
    periode: Periode
    versi: int
    resmi: Resmi = field(compare=False)


def preview(resmi: Resmi, periode: Periode, versi: int) -> tuple[bytes, ...]:
    """Return every page of a period's report as a PNG; `versi` is the version of the data.

    Raises SkmError `laporan-kosong`.
    """
    basis = resmi.store.engine.url.render_as_string()
    return _drawn(_Pesanan(basis, resmi.survei.id, periode, versi, resmi))


@lru_cache(maxsize=_KEPT)
def _drawn(pesanan: _Pesanan) -> tuple[bytes, ...]:
    return tuple(preview_pages(build_report(pesanan.resmi, pesanan.periode), PPI))
