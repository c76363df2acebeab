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

    `kolom` is where the group's name stands; the column after it counts the respondents. In a
    ranking, whose first column is the rank, hidden groups stand last in the order of `groups`, and
    the others are ranked without them: neither a place nor a gap tells their IKM.
    """
    hidden = hidden_codes(groups, per)
    few = {group_name(g, per, names) for g in groups if is_hidden(g, per, hidden)}
    if not few:
        return tabel
    rows = [_masked(row, tabel, kolom) if row[kolom] in few else row for row in tabel.baris]
    if kolom:
        order = [group_name(g, per, names) for g in groups]
        masked = sorted((r for r in rows if r[kolom] in few), key=lambda r: order.index(r[kolom]))
        rows = [*_ranked([r for r in rows if r[kolom] not in few]), *masked]
    note = (
        f"Angka kelompok dengan kurang dari {FEWEST} responden tidak ditampilkan, juga angka yang "
        "dapat dipakai menghitungnya."
    )
    return replace(tabel, baris=tuple(rows), catatan=f"{tabel.catatan} {note}".strip())


def without_letters(
    tabel: Tabel,
    groups: Sequence[Kelompok],
    per: Per,
    names: Mapping[str, str],
    mulai: int,
    kolom: int = 0,
) -> Tabel:
    """Return the table without the mutu of groups with fewer than `mulai` respondents.

    A few more answers would change their letter. `kolom` is where the group's name stands.
    """
    few = {group_name(g, per, names) for g in groups if g.hasil.hasil.responden < mulai}
    letters = {at for at, k in enumerate(tabel.kolom) if k.judul in ("Mutu", "Kinerja")}
    shown = any(row[kolom] in few and row[at] != TANPA for row in tabel.baris for at in letters)
    if not shown:
        return tabel
    rows = tuple(
        tuple(TANPA if at in letters and row[kolom] in few else text for at, text in enumerate(row))
        for row in tabel.baris
    )
    note = f"Mutu dinyatakan mulai dari {mulai} responden."
    return replace(tabel, baris=rows, catatan=f"{tabel.catatan} {note}".strip())


def _ranked(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return ranked rows counted anew from 1; those of one rank still share it."""
    ranks = [row[0] for row in rows]
    return [(str(ranks.index(row[0]) + 1), *row[1:]) for row in rows]


def _masked(row: Sequence[str], tabel: Tabel, kolom: int) -> tuple[str, ...]:
    kept = (kolom, kolom + 1)
    return tuple(
        text if at in kept else "" if tabel.kolom[at].judul == "Keterangan" else TANPA
        for at, text in enumerate(row)
    )
