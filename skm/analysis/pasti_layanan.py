"""Per layanan: how many were asked, how many are needed, and how sure the figure is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm.analysis.kepastian import FEWEST, Kepastian
from skm.analysis.kepastian_unsur import letter_text
from skm.analysis.suppress import hidden_groups
from skm.analysis.tabel_telaah import points_text
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_number
from skm.peraturan import TabelMutu
from skm.peraturan.sampel import needed_sample

LAYANAN = "kepastian-layanan"
"""The table's file name."""


@dataclass(frozen=True, slots=True)
class PastiLayanan:
    """A layanan: its respondents and figures, the people served (None: not known), its certainty.

    `kode` is "" for answers that name no layanan.
    """

    kode: str
    nama: str
    responden: int
    ikm: Decimal | None
    mutu: str | None
    dilayani: int | None
    kepastian: Kepastian | None

    @property
    def perlu(self) -> int | None:
        """Return the sample needed for the people served (Krejcie & Morgan)."""
        return None if self.dilayani is None else needed_sample(self.dilayani)


def hidden_services(layanan: Sequence[PastiLayanan]) -> frozenset[str]:
    """Return the codes whose figures would be somebody's answers."""
    return hidden_groups([{item.kode: item.responden for item in layanan}])


def service_table(
    layanan: Sequence[PastiLayanan], tabel: TabelMutu, huruf_mulai: int, judul: str
) -> Tabel:
    """Return people served, needed sample, respondents, IKM and how sure its letter is.

    Groups with fewer than `huruf_mulai` respondents have no letter.
    """
    hidden = hidden_services(layanan)
    rows = tuple(_row(item, tabel, huruf_mulai, item.kode in hidden) for item in layanan)
    words = ("Dilayani", "Sampel minimal", "Responden", "IKM", "±")
    kolom = (
        Kolom("Jenis layanan"),
        *(Kolom(w, angka=True) for w in words),
        Kolom("Keyakinan mutu"),
        Kolom("Kecukupan"),
    )
    note = (
        f"Rentang 95% dinyatakan mulai dari {FEWEST} responden pada setiap periode yang diukur, "
        f"huruf mutu mulai dari {huruf_mulai} responden."
    )
    return Tabel(LAYANAN, judul, kolom, rows, catatan=note)


def _row(item: PastiLayanan, tabel: TabelMutu, huruf: int, hidden: bool) -> tuple[str, ...]:
    sure = None if hidden else item.kepastian
    letter = item.mutu if item.mutu and item.responden >= huruf else TANPA
    need = item.perlu
    missing = None if need is None else need - item.responden
    state = "Terpenuhi" if missing is None or missing <= 0 else f"Kurang {format_number(missing)}"
    return (
        item.nama,
        TANPA if item.dilayani is None else format_number(item.dilayani),
        TANPA if need is None else format_number(need),
        format_number(item.responden),
        TANPA if hidden else ikm_text(item.ikm),
        points_text(sure.jarak if sure else None),
        TANPA if hidden else letter_text(sure, tabel) if sure and letter != TANPA else letter,
        TANPA if need is None else state,
    )
