"""Equal sheets counted together, and scores by profile class: one pass over a period's answers.

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

from sqlalchemy import ColumnElement, Connection, Text, func, select

from skm.jawaban import KOSONG
from skm.rekap import JAM, SkorKelas
from skm.store.recap import ProfilKey
from skm.store.schema import jawaban
from skm.survei import Survei

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

Skor = tuple[int, int]
"""How many questions a sheet answers, and the sum of its marks."""
Scores = dict[tuple[str, str, int], list[int]]
"""By field, option and questions answered: respondents, sum, sum of squares."""


@dataclass(frozen=True, slots=True)
class Lembaran:
    """The counted sheets by (questionnaire version, marks), and the score sums by class."""

    pola: Mapping[tuple[str, str], int]
    kelas: tuple[SkorKelas, ...]


@dataclass(frozen=True, slots=True)
class Hitungan:
    """What a pass counted: sheets by (version, marks); by field, each (option, score); and the
    largest number of an answer in it.
    """

    pola: Counter[tuple[str, str]]
    kelas: Mapping[str, Counter[tuple[str, Skor]]]
    sampai: int

    def plus(self, more: Hitungan) -> Hitungan:
        """Return these counts with those of other answers."""
        return Hitungan(
            _sum(self.pola, more.pola),
            {bidang: _sum(own, more.kelas[bidang]) for bidang, own in self.kelas.items()},
            max(self.sampai, more.sampai),
        )

    def lembaran(self) -> Lembaran:
        """Return them as the analysis takes them."""
        classes: Scores = {}
        for bidang, counted in self.kelas.items():
            for (pilihan, skor), n in counted.items():
                if pilihan or bidang != JAM:  # a time that is not known is no time of day
                    add_score(classes, (bidang, pilihan), skor, n)
        return Lembaran(self.pola, as_rows(classes))


def count_sheets(conn: Connection, survei: Survei, *where: ColumnElement[bool]) -> Hitungan:
    """Return the counts of stored answers that are not taken out, read as a stream.

    An answer known by its day alone stands at midnight, and at no time of day.
    """
    fields = [ProfilKey(p) for p in survei.profil]
    options, time_of, score = _options(fields), _clock(survei.zona), cache(score_of)
    sheets: Counter[tuple[str, str]] = Counter()
    counted: dict[str, Counter[tuple[str, Skor]]] = {f.kode: Counter() for f in fields}
    times = counted[JAM] = Counter()
    last = 0
    waktu = jawaban.c.waktu
    clock = (
        func.to_char(func.timezone("UTC", waktu), "HH24:MI", type_=Text)
        if conn.dialect.name == "postgresql"
        else func.substr(waktu, 12, 5, type_=Text)
    )
    columns = (jawaban.c.id, jawaban.c.kuesioner_versi, jawaban.c.nilai, jawaban.c.profil, clock)
    query = select(*columns).where(*where, jawaban.c.dikecualikan.is_(None))
    with conn.execute(query.execution_options(yield_per=_CHUNK)) as rows:
        # By whole columns, so that nothing of Python runs for a single answer.
        for chunk in rows.partitions():
            ids, versi, nilai, profil, clocks = zip(*chunk, strict=True)
            scores = tuple(map(score, nilai))
            sheets.update(zip(versi, nilai, strict=True))
            for field, chosen in zip(fields, zip(*map(options, profil), strict=True), strict=True):
                counted[field.kode].update(zip(chosen, scores, strict=True))
            times.update(zip(map(time_of, clocks), scores, strict=True))
            last = max(last, *ids)
    return Hitungan(sheets, counted, last)


def _sum(counts: Counter[Any], more: Counter[Any]) -> Counter[Any]:
    both = counts.copy()
    both.update(more)
    return both


def _options(fields: list[ProfilKey]) -> Callable[[str], tuple[str, ...]]:
    """Return what gives the option of each field in a stored profile; few profiles differ."""

    @cache
    def options(profil: str) -> tuple[str, ...]:
        given = json.loads(profil)
        return tuple(field.option(given.get(field.kode)) for field in fields)

    return options


def _clock(zona: tzinfo) -> Callable[[str | None], str]:
    """Return what gives the time class of a UTC time ("03:45"); "" where it is not known."""

    @cache
    def time_of(clock: str | None) -> str:
        if clock is None:
            return ""
        hour, minute = map(int, clock.split(":"))
        # Indonesian zones keep the same offset all year.
        at = datetime(2000, 1, 1, hour, minute, tzinfo=UTC).astimezone(zona)
        return time_class(at.hour) if at.hour or at.minute else ""

    return time_of


def time_class(jam: int) -> str:
    """Return the class of an hour 0-23."""
    return next(teks for mulai, teks in reversed(JAM_KELAS) if jam >= mulai)


def score_of(nilai: str) -> Skor:
    """Return how many questions a sheet answers, and the sum of its marks."""
    given = nilai.replace(KOSONG, "")
    return len(given), sum(map(int, given))


def add_score(sums: Scores, key: tuple[str, str], skor: Skor, n: int) -> None:
    """Count `n` sheets of one (questions answered, sum) for a (field, option)."""
    terisi, total = skor
    held = sums.setdefault((*key, terisi), [0, 0, 0])
    held[0] += n
    held[1] += n * total
    held[2] += n * total * total


def as_rows(sums: Scores) -> tuple[SkorKelas, ...]:
    """Return score sums as rows."""
    return tuple(SkorKelas(*key, n, jumlah, kuadrat) for key, (n, jumlah, kuadrat) in sums.items())
