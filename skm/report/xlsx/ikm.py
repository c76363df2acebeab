"""The sheet "IKM": from the counts to the figures of each period, and of their means."""

from __future__ import annotations

from skm.periode import Periode
from skm.report.buku import BukuKerja
from skm.report.xlsx.block import FIRST, Blok, Kerangka
from skm.report.xlsx.classes import LetakMutu
from skm.report.xlsx.counts import LetakHitungan
from skm.report.xlsx.direct import write_direct
from skm.report.xlsx.mean import PenulisRata
from skm.report.xlsx.periods import period, unsur_names, walk
from skm.report.xlsx.sheet import Lembar
from skm.report.xlsx.styles import print_scale

NAMA = "IKM"
LABEL_WIDTH, FIGURE_WIDTH = 38.0, 14.0


def write_ikm(
    lembar: Lembar, buku: BukuKerja, hitungan: LetakHitungan, mutu: LetakMutu
) -> dict[Periode, Blok]:
    """Write a block for each period, parts before what is their mean, and return their lines."""
    names = unsur_names(buku)
    widths = [LABEL_WIDTH, *(FIGURE_WIDTH for _ in names), FIGURE_WIDTH]
    kerangka = Kerangka(lembar, names, widths, mutu)
    note = "Setiap angka adalah rumus, dari lembar Hitungan sampai IKM unit pelayanan."
    lembar.title("Pengolahan IKM", note)
    lembar.widths(widths)
    kerangka.baris = 3
    bloks: dict[Periode, Blok] = {}
    for node in walk(buku.hasil):
        found = period(node)
        kepala = kerangka.head(node, found)
        bloks[found] = (
            PenulisRata(kerangka, node, bloks).write(kepala, found)
            if node.bagian
            else write_direct(kerangka, kepala, node, hitungan)
        )
    lembar.sheet.freeze_panes(0, FIRST)
    # Breaks between blocks count only at a fixed scale, not where pages are fitted.
    lembar.sheet.set_print_scale(print_scale(widths))
    lembar.sheet.set_h_pagebreaks([blok.kepala - 2 for blok in list(bloks.values())[1:]])
    return bloks
