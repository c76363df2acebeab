"""Groups of so few respondents that their figures would be somebody's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skm.analysis.groups import Kelompok, Per
from skm.analysis.suppress import FEWEST, hidden_groups
from skm.analysis.table import Tabel
from skm.analysis.tables import TANPA, group_name


def hidden_codes(groups: Sequence[Kelompok], per: Per) -> frozenset[str]:
    """Return the codes of the groups whose figures stay out of documents; "" is "not known".

    Groups of 1-4 respondents, and what would give them away by subtraction from the unit.
    """
    return hidden_groups([{g.kode(per) or "": g.hasil.hasil.responden for g in groups}])


def is_hidden(group: Kelompok, per: Per, hidden: frozenset[str]) -> bool:
    """Return whether a group's figures are left out."""
    return (group.kode(per) or "") in hidden


def without_few(
    tabel: Tabel, groups: Sequence[Kelompok], per: Per, names: Mapping[str, str], kolom: int = 0
) -> Tabel:
    """Return a table of groups with the figures of hidden ones as dashes.

    `kolom` is where the group's name stands; the column after it counts the respondents.
    """
    hidden = hidden_codes(groups, per)
    few = {group_name(g, per, names) for g in groups if is_hidden(g, per, hidden)}
    if not few:
        return tabel
    rows = tuple(_masked(row, tabel, kolom) if row[kolom] in few else row for row in tabel.baris)
    note = (
        f"Angka kelompok dengan kurang dari {FEWEST} responden tidak ditampilkan, juga angka yang "
        "dapat dipakai menghitungnya."
    )
    return replace(tabel, baris=rows, catatan=f"{tabel.catatan} {note}".strip())


def _masked(row: Sequence[str], tabel: Tabel, kolom: int) -> tuple[str, ...]:
    kept = (kolom, kolom + 1)
    return tuple(
        text if at in kept else "" if tabel.kolom[at].judul == "Keterangan" else TANPA
        for at, text in enumerate(row)
    )
