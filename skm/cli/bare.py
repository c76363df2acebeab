"""The survey of a file that comes without one: as many unsur as its columns are numbered."""

from __future__ import annotations

import re

from skm.intake import Berkas, Pemetaan, propose
from skm.metode import NINE
from skm.pesan import SkmError
from skm.survei import Survei, regulation_survey
from skm.survei.baku import Urutan

MOST = 30
_NUMBERED = re.compile(r"[Uu]\s*(\d{1,4})")


def bare_survey(berkas: Berkas, urutan: Urutan, lembar: str | None = None) -> Survei:
    """Return the regulation's survey, or one of U1..Uk where the columns are numbered so.

    Columns named after the regulation's unsur need no number.
    Raises SkmError `unsur-tak-terbaca` or `unsur-terlalu-banyak`.
    """
    nine = regulation_survey(urutan)
    proposed = propose(berkas, nine, lembar)
    _refuse_too_many(berkas, proposed)
    named = _bound(proposed)
    numbered = _bound(propose(berkas, regulation_survey(urutan, MOST), lembar))
    if not named and not numbered:
        raise SkmError("unsur-tak-terbaca", berkas=berkas.nama)
    highest = max(numbered, default=0)
    if highest == NINE or len(numbered) < len(named) or len(named) == NINE > highest:
        return nine
    return regulation_survey(urutan, highest)


def _refuse_too_many(berkas: Berkas, pemetaan: Pemetaan) -> None:
    """Raise for a column U31: past the largest survey an unsur would be left out unseen."""
    numbers = [int(m[1]) for k in pemetaan.kolom if (m := _NUMBERED.fullmatch(k.judul))]
    if max(numbers, default=0) > MOST:
        raise SkmError("unsur-terlalu-banyak", berkas=berkas.nama, jumlah=max(numbers), batas=MOST)


def _bound(pemetaan: Pemetaan) -> list[int]:
    """Return the numbers of the questions that have a column."""
    questions = pemetaan.survei.kuesioner.pertanyaan
    missing = set(pemetaan.belum)
    return [ke for ke, q in enumerate(questions, start=1) if q.kode not in missing]
