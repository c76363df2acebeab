"""How whole sheets were answered, by the official view: closed periods from their archive.

What the recaps cannot tell: which answers stand on one sheet, and who gave them.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from skm.jawaban import Baris
from skm.penutupan.isian import read_rows
from skm.penutupan.kumpulan import JAWABAN, question_counts
from skm.penutupan.resmi import Resmi, load_archive
from skm.periode import Periode, parse_period
from skm.rekap import JAM, Pola, SkorKelas, Slot
from skm.store import Store
from skm.store.patterns import Scores, add_score, as_rows, score_of

DISIMPAN = 32
"""Closings whose counts a process keeps: a few hundred kB each."""

Sheets = dict[tuple[Slot, ...], Counter[str]]
"""How many sheets have each marks, by the places of their questions."""


@dataclass(frozen=True, slots=True)
class Lembaran:
    """A period's sheets, equal ones counted together, and the score sums by profile option.

    Those by time of day (`JAM`) are among them only while no part of the period is closed: an
    archive holds no moments, so that it cannot say who came when.
    """

    pola: tuple[Pola, ...]
    kelas: tuple[SkorKelas, ...]


@dataclass(slots=True)
class _Hitungan:
    """Counts of a closing: sheets by period, version and marks; score sums by period."""

    pola: Counter[tuple[str, str, str]]
    kelas: dict[str, Scores]


def read_sheets(resmi: Resmi, periode: Periode) -> Lembaran:
    """Return the sheets that a period's official figures are of."""
    sheets: Sheets = {}
    classes: Scores = {}
    around, parts = resmi.frozen(periode), resmi.parts(periode)
    for beku in (around,) if around else parts:
        arsip = beku.arsip
        slots = {v: arsip.survei.slots(q) for v, q in arsip.kuesioner.items()}
        counted = _count_closing(resmi.store, resmi.survei.id, beku.tutupan.sha256)
        for (kode, versi, nilai), n in counted.pola.items():
            if periode.contains(parse_period(kode)):
                sheets.setdefault(slots[versi], Counter())[nilai] += n
        for kode, sums in counted.kelas.items():
            if periode.contains(parse_period(kode)):
                _add(classes, sums)
    if around is None:
        _add_live(resmi, periode, sheets, classes)
    if around or parts:
        classes = {key: amounts for key, amounts in classes.items() if key[0] != JAM}
    pola = tuple(Pola(slots, nilai, n) for slots, own in sheets.items() for nilai, n in own.items())
    return Lembaran(pola, as_rows(classes))


def _add_live(
    resmi: Resmi,
    periode: Periode,
    sheets: Sheets,
    classes: Scores,
) -> None:
    """Add what is not closed."""
    store, survei = resmi.store, resmi.survei
    closed = frozenset(b.tutupan.periode for b in resmi.parts(periode))
    live = store.read_sheets(survei.id, periode, closed)
    questions = store.questionnaires(survei.id)
    found = {
        versi: sheets.setdefault(survei.slots(questions[versi]), Counter())
        for versi in sorted({versi for versi, _ in live.pola})
    }
    for (versi, nilai), n in live.pola.items():
        counts = found[versi]
        counts[nilai] = counts.get(nilai, 0) + n
    own = {
        (row.bidang, row.pilihan, row.terisi): [row.responden, row.jumlah, row.kuadrat]
        for row in live.kelas
    }
    _add(classes, own)


def _add(sums: Scores, more: Scores) -> None:
    for key, amounts in more.items():
        held = sums.setdefault(key, [0, 0, 0])
        for at, amount in enumerate(amounts):
            held[at] += amount


@lru_cache(maxsize=DISIMPAN)
def _count_closing(store: Store, survei_id: str, sha256: str) -> _Hitungan:
    """Return the counts of a closing; its hash names its content for ever, so they are kept."""
    lengths = question_counts(load_archive(store, survei_id, sha256))
    content = zlib.decompress(store.closing_file(survei_id, sha256, "jawaban"))
    return _count(read_rows(content, lengths, JAWABAN))


def _count(rows: Iterable[Baris]) -> _Hitungan:
    sheets: Counter[tuple[str, str, str]] = Counter()
    given: Counter[tuple[str, tuple[tuple[str, str], ...], tuple[int, int]]] = Counter()
    score = cache(score_of)
    for row in rows:
        sheets[row.periode, row.kuesioner, row.nilai] += 1
        given[row.periode, row.profil, score(row.nilai)] += 1
    classes: dict[str, Scores] = {}
    for (periode, profil, known), n in given.items():
        sums = classes.setdefault(periode, {})
        for option in profil:
            add_score(sums, option, known, n)
    return _Hitungan(sheets, classes)
