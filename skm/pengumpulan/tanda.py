"""Marked answers: how many, which ones, and the IKM with and without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from skm.agregasi import compute_period
from skm.analysis.table import Kolom, Tabel
from skm.analysis.tables import TANPA, ikm_text
from skm.angka import format_change, format_number
from skm.ikm import IKM_PLACES, Hasil, Tally
from skm.jawaban import Jawaban
from skm.kiriman import Tanda
from skm.periode import Periode
from skm.rekap import Cell, Slot, tally_answers
from skm.store import Ditandai, Store
from skm.survei import Survei

NAMA_TANDA = {
    Tanda.CEPAT: ("Terlalu cepat", "Dikirim lebih cepat daripada waktu membaca"),
    Tanda.LURUS: ("Semua sama", "Semua pertanyaan dijawab dengan nilai yang sama"),
    Tanda.RENTETAN: ("Beruntun", "Satu dari banyak jawaban dalam waktu singkat"),
    Tanda.PERANGKAT: ("Perangkat sama", "Perangkat yang sama mengirim lagi"),
    Tanda.LUAR_JAM: ("Di luar jam layanan", "Diisi di luar jam layanan kantor"),
    Tanda.JEBAKAN: ("Isian jebakan", "Mengisi kotak yang tidak tampak bagi orang"),
}
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """Marked answers of a period: how many have which mark, and what they do to the IKM."""

    ditandai: int
    dikecualikan: int
    tanda: Tabel
    ikm: Tabel


def marked_answers(
    store: Store, survei: Survei, periode: Periode, tanda: Tanda | None, *, dikecualikan: bool
) -> tuple[Ditandai, ...]:
    """Return the answers with a mark that count, or those taken out; newest first."""
    found = store.flagged(survei.id, periode, tanda, limit=_ALL)
    return tuple(row for row in found if (row.dikecualikan is not None) == dikecualikan)


def examine(store: Store, survei: Survei, periode: Periode) -> Pemeriksaan:
    """Return the counts of the marks, and the IKM with and without what was noticed."""
    found = store.flagged(survei.id, periode, limit=_ALL)
    out = [row for row in found if row.dikecualikan is not None]
    marked = [row for row in found if row.tanda and row.dikecualikan is None]
    all_of, out_of = (Counter(mark for row in rows for mark in row.tanda) for rows in (found, out))
    kolom = (
        Kolom("Tanda"),
        Kolom("Keterangan"),
        *(Kolom(k, angka=True) for k in ("Jawaban", "Dihitung", "Dikecualikan")),
    )
    rows = tuple(
        (
            *NAMA_TANDA[mark],
            *(format_number(n) for n in (all_of[mark], all_of[mark] - out_of[mark], out_of[mark])),
        )
        for mark in Tanda
    )
    note = "Satu jawaban dapat memiliki beberapa tanda. Tanda berarti perlu dilihat, bukan salah."
    tabel = Tabel("tanda", f"Jawaban yang ditandai, {periode.label}", kolom, rows, catatan=note)
    return Pemeriksaan(len(marked), len(out), tabel, _effect_table(store, survei, periode))


def _effect_table(store: Store, survei: Survei, periode: Periode) -> Tabel:
    counted = store.cells(survei.id, periode)
    official = compute_period(counted, periode, survei.aturan).hasil
    cases: list[tuple[str, list[Cell] | None]] = [
        ("Jawaban yang dihitung (angka resmi)", counted),
        ("Bersama yang dikecualikan", [*counted, *store.excluded_cells(survei.id, periode)]),
        ("Tanpa yang ditandai", without_marked(store, survei, periode, counted)),
    ]
    rows = []
    for label, cells in cases:
        if cells is None:
            rows.append((label, TANPA, TANPA, TANPA, TANPA))
            continue
        hasil = compute_period(cells, periode, survei.aturan).hasil
        both = hasil.ikm is not None and official.ikm is not None and cells is not counted
        change = format_change((hasil.ikm or 0) - (official.ikm or 0), IKM_PLACES) if both else ""
        rows.append(
            (
                label,
                format_number(hasil.responden),
                ikm_text(hasil.ikm),
                hasil.mutu or TANPA,
                change or TANPA,
            )
        )
    kolom = (
        Kolom("Jawaban"),
        Kolom("Responden", angka=True),
        Kolom("IKM", angka=True),
        Kolom("Mutu"),
        Kolom("Selisih", angka=True),
    )
    title = f"IKM dengan dan tanpa jawaban itu, {periode.label}"
    note = f"Metode {official.metode.label}. Selisih terhadap angka resmi."
    return Tabel("ikm-tanda", title, kolom, tuple(rows), catatan=note)


def marked_effect(store: Store, survei: Survei, periode: Periode) -> tuple[Hasil, Hasil] | None:
    """Return the result of the counted answers as they are stored now, and that without the marked
    ones; None where there are none, or where they cannot be told apart.
    """
    counted = store.cells(survei.id, periode)
    rest = without_marked(store, survei, periode, counted)
    if rest is None:
        return None
    whole = compute_period(counted, periode, survei.aturan).hasil
    less = compute_period(rest, periode, survei.aturan).hasil
    return (whole, less) if less.responden < whole.responden else None


def without_marked(
    store: Store, survei: Survei, periode: Periode, counted: Sequence[Cell]
) -> list[Cell] | None:
    """Return the counted cells less the marked answers; None where these cannot be told apart.

    That is when two versions of the questionnaire are equally long and ask in another order.
    """
    layouts: dict[int, set[tuple[Slot, ...]]] = {}
    for kuesioner in store.questionnaires(survei.id).values():
        slots = survei.slots(kuesioner)
        layouts.setdefault(len(slots), set()).add(slots)
    seen: set[int] = set()
    rest = []
    # A semester also lists the answers of its triwulan: the shortest period has them first.
    for cell in sorted(counted, key=lambda c: c.periode.jenis.value if c.periode else 0):
        found = store.flagged(survei.id, cell.periode, limit=_ALL)
        marked = [r for r in found if r.tanda and r.dikecualikan is None and r.id not in seen]
        seen.update(r.id for r in found)
        less = _tallies(marked, layouts)
        if less is None:
            return None
        left = _minus(cell, less)
        if left.responden:
            rest.append(left)
    return rest


def _tallies(
    marked: Collection[Ditandai], layouts: Mapping[int, set[tuple[Slot, ...]]]
) -> list[Cell] | None:
    cells: list[Cell] = []
    for length, slots in layouts.items():
        answers = [Jawaban(row.nilai) for row in marked if len(row.nilai) == length]
        if answers and len(slots) > 1:
            return None
        cells += tally_answers(answers, next(iter(slots)))
    return cells


def _minus(cell: Cell, less: Iterable[Cell]) -> Cell:
    tallies = dict(cell.tallies)
    people = cell.responden
    for other in less:
        people -= other.responden
        for slot, tally in other.tallies.items():
            a, b = tallies[slot].counts, tally.counts
            tallies[slot] = Tally((a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]))
    return cell._replace(responden=people, tallies=tallies)
