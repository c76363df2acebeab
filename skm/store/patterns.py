"""Equal sheets counted together, and score sums by profile class: one pass over a period's answers.

No recap holds these. Grouping them in SQL was tried: SQLite sorts all rows once for every field,
which took several times as long as reading them once.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, extract, func, select

from skm.jawaban import KOSONG
from skm.periode import Periode
from skm.rekap import JAM, SkorKelas
from skm.store import surveys
from skm.store.cells import Saring
from skm.store.recap import ProfilKey
from skm.store.schema import jawaban

JAM_KELAS = (
    (0, "Sebelum pukul 08.00"),
    (8, "Pukul 08.00–09.59"),
    (10, "Pukul 10.00–11.59"),
    (12, "Pukul 12.00–13.59"),
    (14, "Pukul 14.00–15.59"),
    (16, "Pukul 16.00 atau sesudahnya"),
)
"""Times of day by the hour they begin at: few enough that each has answers."""
_CHUNK = 5_000

Scores = dict[tuple[str, str, int], list[int]]
"""By field, option and questions answered: respondents, sum, sum of squares."""


@dataclass(frozen=True, slots=True)
class Lembaran:
    """The counted sheets by (questionnaire version, marks), and the score sums by class."""

    pola: Mapping[tuple[str, str], int]
    kelas: tuple[SkorKelas, ...]


def read_sheets(
    conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
) -> Lembaran:
    """Return the sheets of a period and the score sums by profile option and time of day (`JAM`).

    Those of the periods in `tanpa` are left out. An answer known by its day alone stands at
    midnight, and at no time of day. Raises SkmError `survei-tak-ada`.
    """
    survei = surveys.load_survei(conn, survei_id)
    score, time_of = cache(score_of), _clock(survei.zona)
    sheets: Counter[tuple[str, str]] = Counter()
    given: Counter[tuple[str, tuple[int, int]]] = Counter()
    times: Counter[tuple[str, tuple[int, int]]] = Counter()
    query = _query(conn, survei_id, periode, tanpa).execution_options(yield_per=_CHUNK)
    with conn.execute(query) as rows:
        # Only counting here: this runs once for every answer.
        for versi, nilai, profil, hour, minute in rows:
            sheets[versi, nilai] += 1
            known = score(nilai)
            given[profil, known] += 1
            times[time_of(hour, minute), known] += 1
    classes: Scores = {}
    read = cache(json.loads)
    parsed = [(read(profil), known, n) for (profil, known), n in given.items()]
    for field in (ProfilKey(p) for p in survei.profil):
        for answers, known, n in parsed:
            add_score(classes, (field.kode, field.option(answers.get(field.kode))), known, n)
    for (time, known), n in times.items():
        if time:
            add_score(classes, (JAM, time), known, n)
    return Lembaran(sheets, as_rows(classes))


def _query(
    conn: Connection, survei_id: str, periode: Periode, tanpa: frozenset[Periode]
) -> Select[Any]:
    inside = Saring(periode, tanpa=tanpa).where(survei_id, jawaban)
    postgres = conn.dialect.name == "postgresql"
    utc = func.timezone("UTC", jawaban.c.waktu) if postgres else jawaban.c.waktu
    return select(
        jawaban.c.kuesioner_versi,
        jawaban.c.nilai,
        jawaban.c.profil,
        extract("hour", utc),
        extract("minute", utc),
    ).where(*inside, jawaban.c.dikecualikan.is_(None))


def _clock(zona: tzinfo) -> Callable[[int | None, int | None], str]:
    """Return what gives the time class of a UTC hour and minute; "" where it is not known."""

    @cache
    def time_of(hour: int | None, minute: int | None) -> str:
        if hour is None or minute is None:
            return ""
        # Indonesian zones keep the same offset all year.
        at = datetime(2000, 1, 1, int(hour), int(minute), tzinfo=UTC).astimezone(zona)
        return time_class(at.hour) if at.hour or at.minute else ""

    return time_of


def time_class(jam: int) -> str:
    """Return the class of an hour 0-23."""
    return next(teks for mulai, teks in reversed(JAM_KELAS) if jam >= mulai)


def score_of(nilai: str) -> tuple[int, int]:
    """Return how many questions a sheet answers, and the sum of its marks."""
    given = nilai.replace(KOSONG, "")
    return len(given), sum(map(int, given))


def add_score(sums: Scores, key: tuple[str, str], skor: tuple[int, int], n: int) -> None:
    """Count `n` sheets of one (questions answered, sum) for a (field, option)."""
    terisi, total = skor
    held = sums.setdefault((*key, terisi), [0, 0, 0])
    held[0] += n
    held[1] += n * total
    held[2] += n * total * total


def as_rows(sums: Scores) -> tuple[SkorKelas, ...]:
    """Return score sums as rows."""
    return tuple(SkorKelas(*key, n, jumlah, kuadrat) for key, (n, jumlah, kuadrat) in sums.items())
