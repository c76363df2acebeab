"""The charts of a report, from the same results as those on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from skm.analysis.groups import Kelompok, Per
from skm.analysis.share import Bagian
from skm.analysis.tables import group_name, ikm_text, percent_text
from skm.analysis.target import Realisasi
from skm.angka import format_number
from skm.ikm import Hasil
from skm.laporan.kecil import hidden_codes, is_hidden
from skm.peraturan import TabelMutu
from skm.periode import Jenis
from skm.report.dokumen import Batang, GrafikBatang, GrafikGaris, GrafikPeta, SelPeta, TitikGaris

LOWEST, HIGHEST = 25.0, 100.0
LATEST = 8
"""How many periods a line shows."""


def unsur_chart(hasil: Hasil, tabel: TabelMutu) -> GrafikBatang:
    """Return a bar per unsur from 25 to 100, with the places where each mutu begins."""
    bars = tuple(
        Batang(
            f"{u.kode} {u.nama}",
            float(u.ikm) if u.ikm is not None else LOWEST,
            ikm_text(u.ikm),
            u.mutu or "",
        )
        for u in hasil.unsur
    )
    marks = tuple((float(k.dari), k.mutu) for k in tabel.kelas)
    return GrafikBatang(bars, LOWEST, HIGHEST, marks)


def share_chart(parts: Sequence[Bagian]) -> GrafikBatang:
    """Return a bar per option of a profile field, in percent of all respondents."""
    bars = tuple(
        Batang(p.label, float(p.persen), f"{format_number(p.jumlah)} ({percent_text(p.persen)})")
        for p in parts
    )
    return GrafikBatang(bars, 0.0, max((b.nilai for b in bars), default=0.0) or 1.0)


def line_chart(found: Sequence[Realisasi]) -> GrafikGaris:
    """Return the latest periods with their targets; earlier publications are marked."""
    return GrafikGaris(
        tuple(
            TitikGaris(
                label=_short(item),
                nilai=float(item.ikm),
                teks=ikm_text(item.ikm),
                target=float(item.target) if item.target is not None else None,
                teks_target=ikm_text(item.target) if item.target is not None else "",
                terbit=item.terbit,
            )
            for item in found[-LATEST:]
        )
    )


def _short(item: Realisasi) -> str:
    periode = item.periode
    return str(periode.tahun) if periode.jenis is Jenis.TAHUN else periode.label


def group_map(
    groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], unit: Hasil
) -> GrafikPeta:
    """Return the map of groups by unsur; those whose figures are hidden are left out."""
    hidden = hidden_codes(groups, per)
    shown = [g for g in groups if not is_hidden(g, per, hidden)]
    middle = float(unit.ikm or 0)
    cells = tuple(
        tuple(
            SelPeta(None if u.ikm is None else float(u.ikm) - middle, ikm_text(u.ikm))
            for u in group.hasil.hasil.unsur
        )
        for group in shown
    )
    return GrafikPeta(
        tuple(group_name(g, per, names) for g in shown),
        tuple(u.kode for u in unit.unsur),
        cells,
    )
