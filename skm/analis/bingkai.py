"""Answers as data frames: one row a respondent, or one row an answer.

The rows are those that the official figures are of: of a closed period the frozen ones, which have
no moment. Their order is that of their content and says nothing about who came when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from skm.jawaban import KOSONG, NAMA_KANAL, Baris
from skm.penutupan.kumpulan import stored_rows
from skm.penutupan.resmi import Resmi
from skm.periode import Periode, parse_period
from skm.survei import Kuesioner, Survei

RESPONDEN, PERTANYAAN, NILAI = "responden", "pertanyaan", "nilai"
TEMPAT = ("kuesioner", "periode", "waktu", "layanan", "titik", "kanal", "ditandai")
"""The columns that every frame begins with, after the number of the respondent."""


@dataclass(frozen=True, slots=True)
class Lajur:
    """One counted answer sheet on its way into a frame; a frozen one has no moment and no mark."""

    baris: Baris
    waktu: datetime | None = None
    ditandai: bool | None = None


def official_rows(resmi: Resmi, periode: Periode) -> list[Lajur]:
    """Return the answers of a period: frozen ones from their archive, the others as stored."""
    around = resmi.frozen(periode)
    parts = (around,) if around is not None else resmi.parts(periode)
    frozen = [
        Lajur(row)
        for part in parts
        for row in stored_rows(resmi.store, part)
        if periode.contains(parse_period(row.periode))
    ]
    if around is not None:
        return frozen
    closed = frozenset(part.tutupan.periode for part in parts)
    live = resmi.store.dated_rows(resmi.survei.id, periode, closed)
    return sorted([*frozen, *(Lajur(*row) for row in live)], key=lambda r: r.baris)


def questionnaires(resmi: Resmi, periode: Periode) -> dict[str, Kuesioner]:
    """Return the versions of the questionnaire that the answers of a period may name."""
    around = resmi.frozen(periode)
    known = dict(resmi.store.questionnaires(resmi.survei.id))
    for part in (around,) if around is not None else resmi.parts(periode):
        known |= part.arsip.kuesioner
    return known


def wide_frame(
    survei: Survei, kuesioner: dict[str, Kuesioner], rows: Sequence[Lajur]
) -> pd.DataFrame:
    """Return one row a respondent: place, moment, one column a question, one a profile field."""
    used = [v for v in kuesioner if any(r.baris.kuesioner == v for r in rows)]
    codes = list(dict.fromkeys(q.kode for v in used for q in kuesioner[v].pertanyaan))
    columns: dict[str, object] = {
        RESPONDEN: pd.array(range(1, len(rows) + 1), dtype="Int32"),
        "kuesioner": pd.Categorical([r.baris.kuesioner for r in rows], used),
        "periode": _periods([r.baris.periode for r in rows]),
        "waktu": _moments([r.waktu for r in rows], survei),
        "layanan": _codes([r.baris.layanan for r in rows], [x.kode for x in survei.layanan]),
        "titik": _codes([r.baris.titik for r in rows], [x.kode for x in survei.titik]),
        "kanal": pd.Categorical([r.baris.kanal for r in rows], list(NAMA_KANAL)),
        "ditandai": pd.array([r.ditandai for r in rows], dtype="boolean"),
    }
    columns |= _marks(kuesioner, codes, rows)
    given = [dict(r.baris.profil) for r in rows]
    for field in survei.profil:
        options = [o.kode for o in field.pilihan] or [k.teks for k in field.kelompok]
        values = [g.get(field.kode, "") for g in given]
        ordered = not field.pilihan
        columns[f"profil_{field.kode}"] = _codes(values, options, ordered=ordered)
    return pd.DataFrame(columns)


def long_frame(wide: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Return one row an answer that was given, of a wide frame; a blank has no row."""
    keys = [c for c in wide.columns if c not in codes]
    long = wide.melt(keys, list(codes), PERTANYAAN, NILAI).dropna(subset=[NILAI])
    long[PERTANYAAN] = pd.Categorical(long[PERTANYAAN], list(codes))
    long[NILAI] = long[NILAI].astype("Int8")
    return long.sort_values([RESPONDEN, PERTANYAAN]).reset_index(drop=True)


def question_codes(survei: Survei, wide: pd.DataFrame) -> list[str]:
    """Return the columns of a wide frame that are questions."""
    other = {RESPONDEN, *TEMPAT, *(f"profil_{p.kode}" for p in survei.profil)}
    return [str(c) for c in wide.columns if c not in other]


def _marks(
    kuesioner: dict[str, Kuesioner], codes: Sequence[str], rows: Sequence[Lajur]
) -> dict[str, object]:
    places = {
        versi: {q.kode: at for at, q in enumerate(k.pertanyaan)} for versi, k in kuesioner.items()
    }
    found: dict[str, object] = {}
    for kode in codes:
        marks = []
        for row in rows:
            at = places[row.baris.kuesioner].get(kode)
            mark = KOSONG if at is None else row.baris.nilai[at]
            marks.append(None if mark == KOSONG else int(mark))
        found[kode] = pd.array(marks, dtype="Int8")
    return found


def _codes(values: Iterable[str], known: Sequence[str], *, ordered: bool = False) -> pd.Categorical:
    """Return codes as categories; '' is missing, one that the survey no longer has comes last."""
    given = [v or None for v in values]
    extra = [v for v in dict.fromkeys(given) if v is not None and v not in set(known)]
    return pd.Categorical(given, [*known, *extra], ordered=ordered)


def _periods(codes: Sequence[str]) -> pd.Categorical:
    order = [p.kode for p in sorted({parse_period(kode) for kode in set(codes)})]
    return pd.Categorical(codes, order, ordered=True)


def _moments(moments: Sequence[datetime | None], survei: Survei) -> pd.Series:
    stamps = pd.Series(pd.to_datetime(list(moments), utc=True))
    return stamps.astype("datetime64[us, UTC]").dt.tz_convert(survei.zona)
