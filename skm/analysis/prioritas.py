"""What to fix first: weak unsur of a layanan or titik, by what the unit's IKM would gain.

A target is an unsur of one group (a cell) whose 95 % interval lies wholly below the unit's IKM of
that unsur. Were the cell to rise to the unit's mean, the unit's IKM would gain
n_cell / n_unit · (IKM_unit - IKM_cell) · weight of the unsur: exact, for the IKM is linear in the
sums of the answers. For a mean of periods it is the mean of the parts' gains.

The unit's mean holds the cell itself and is taken as fixed: with like spread the true variance of
the difference is (1 - n_cell / n_unit) times the cell's, so the test errs on the careful side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm.agregasi import Cara, HasilPeriode
from skm.analysis.groups import Kelompok, Per
from skm.analysis.holm import ALPHA, holm, p_value
from skm.analysis.kepastian import FEWEST, Kepastian, Z
from skm.analysis.kepastian_unsur import find_unsur, unsur_certainty
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import JUDUL, group_name, ikm_text
from skm.analysis.terukur import Terukur
from skm.angka import format_change, format_number
from skm.ikm import IKM_PLACES, HasilUnsur

MOST = 10
"""The longest list that an office can act on."""
PRIORITAS = "prioritas"
"""The table's file name."""
HAMPIR_PASTI, CUKUP_YAKIN = "Hampir pasti", "Cukup yakin"


@dataclass(frozen=True, slots=True)
class Sasaran:
    """One weak unsur of one group, with the unit's IKM of it and the gain in points of the IKM.

    `pasti` says that the weakness also holds when all comparisons are counted (Holm).
    """

    kelompok: Kelompok
    unsur: HasilUnsur
    kepastian: Kepastian
    ikm_unit: Fraction
    tambahan: Fraction
    pasti: bool

    @property
    def keyakinan(self) -> str:
        """Return how sure the weakness is, in words."""
        return HAMPIR_PASTI if self.pasti else CUKUP_YAKIN


@dataclass(frozen=True, slots=True)
class Daftar:
    """The targets, the largest gain first, of how many groups and comparisons (group × unsur)."""

    kelompok: int
    perbandingan: int
    sasaran: tuple[Sasaran, ...]


def find_targets(unit: HasilPeriode, groups: Sequence[Terukur]) -> Daftar:
    """Return every certain weakness of the groups, each compared with the unit.

    An unsur that `kepastian_unsur.refusal` names is not compared.
    """
    whole = {u.kode: u.ikm for u in unit.hasil.unsur if u.ikm is not None}
    compared = [
        (group.kelompok, unsur, unsur.ikm, error, whole[unsur.kode])
        for group in groups
        for unsur, error in group.galat
        if unsur.ikm is not None and unsur.kode in whole
    ]
    five_percent = float(ALPHA)
    single = [p_value(ikm - of_unit, error) for _, _, ikm, error, of_unit in compared]
    found = [
        Sasaran(group, unsur, sure, of_unit, gained, p <= ALPHA)
        for (group, unsur, ikm, error, of_unit), alone, p in zip(
            compared, single, holm(single), strict=True
        )
        # Where its interval ends. An end below the unit's IKM has a p of at most 0,049996: of
        # thousands of comparisons only the few with a p below 0,05 are asked for it.
        if alone < five_percent
        and ikm + Z * error < of_unit
        and (sure := unsur_certainty(group.hasil, unsur.kode))
        and (gained := gain(unit, group.hasil, unsur.kode)) > 0
    ]
    ranked = sorted(found, key=lambda s: (-s.tambahan, s.unsur.kode, str(s.kelompok.kunci)))
    judged = sum(any(u.kode in whole for u, _ in group.galat) for group in groups)
    return Daftar(judged, len(compared), tuple(ranked))


def gain(unit: HasilPeriode, cell: HasilPeriode, kode: str) -> Fraction:
    """Return how many points the unit's IKM gains if one unsur of a cell rises to the unit's mean.

    Negative where the cell is better than the unit; zero where either has no answers. Before the
    rounding stages of the method, for an unsur of one question.
    """
    if unit.cara is Cara.RATA_RATA:
        own = {part.periode: part for part in cell.bagian}
        gains = [gain(p, own[p.periode], kode) for p in unit.bagian if p.periode in own]
        return sum(gains, Fraction(0)) / max(1, len(unit.bagian))
    whole, part = find_unsur(unit, kode), find_unsur(cell, kode)
    if whole is None or part is None or whole.ikm is None or part.ikm is None:
        return Fraction(0)
    return Fraction(part.n, whole.n) * (whole.ikm - part.ikm) * (whole.bobot or Fraction(0))


def judged_respondents(groups: Sequence[Terukur]) -> int:
    """Return the respondents of the groups with at least one unsur that can be compared."""
    return sum(group.kelompok.hasil.hasil.responden for group in groups if group.galat)


def place_text(group: Kelompok, names: Mapping[Per, Mapping[str, str]]) -> str:
    """Return where a group is: "KTP-el · Kecamatan Jatiasih"."""
    return " · ".join(group_name(group, per, names[per]) for per, _ in group.kunci)


def priority_table(daftar: Daftar, names: Mapping[Per, Mapping[str, str]], judul: str) -> Tabel:
    """Return at most ten targets: where, what, how many people, how sure, and the gain."""
    rows = tuple(
        (
            format_number(place),
            " dan ".join(JUDUL[per] for per, _ in s.kelompok.kunci),
            place_text(s.kelompok, names),
            f"{s.unsur.kode} {s.unsur.nama}",
            format_number(s.unsur.n),
            ikm_text(s.unsur.ikm),
            ikm_text(s.kepastian.jarak),
            ikm_text(s.ikm_unit),
            format_change(s.tambahan, IKM_PLACES),
            s.keyakinan,
        )
        for place, s in enumerate(daftar.sasaran[:MOST], start=1)
    )
    kolom = (
        Kolom("No.", angka=True),
        Kolom("Lingkup"),
        Kolom("Jenis atau titik layanan"),
        Kolom("Unsur"),
        Kolom("Responden", angka=True),
        Kolom("IKM", angka=True),
        Kolom("±", angka=True),
        Kolom("IKM unit", angka=True),
        Kolom("Tambahan", angka=True),
        Kolom("Keyakinan"),
    )
    return Tabel(PRIORITAS, judul, kolom, rows, catatan=_note(daftar))


def _note(daftar: Daftar) -> str:
    shown = min(MOST, len(daftar.sasaran))
    text = (
        f"Ada {format_number(daftar.perbandingan)} perbandingan pada "
        f"{format_number(daftar.kelompok)} kelompok dengan sedikitnya {FEWEST} jawaban."
    )
    left = len(daftar.sasaran) - shown
    if left:
        text += f" {format_number(left)} kelemahan lain memberi tambahan yang tidak lebih besar."
    return text
