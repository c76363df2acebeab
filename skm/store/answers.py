"""Answer sheets as rows of the table: checked on the way in, rebuilt on the way out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from skm.jawaban import KOSONG, Jawaban
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store.recap import ProfilKey, Tempat
from skm.store.schema import TANPA, jawaban
from skm.survei import Kuesioner, Survei

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_MARKS = frozenset("1234") | {KOSONG}
_NUL = "\x00"
_CHUNK = 2_000
_SEEN = 50_000
"""So many accepted profiles are remembered."""


class Gate:
    """The last check before an answer is stored: what the survey does not know is refused.

    An answer outside of the survey would be kept but counted nowhere that a person looks.
    """

    def __init__(self, survei: Survei, kuesioner: Kuesioner) -> None:
        self._versi = kuesioner.versi
        self._length = len(kuesioner.pertanyaan)
        self._layanan = frozenset(survei.layanan_by_kode()) | {None}
        self._titik = frozenset(survei.titik_by_kode()) | {None}
        self._profil = {p.kode: ProfilKey(p) for p in survei.profil}
        self._seen: set[tuple[tuple[str, str], ...]] = set()

    def check(self, answer: Jawaban, ke: int) -> str:
        """Return the code of the period of the `ke`-th answer (from 1) of a batch.

        Raises SkmError `jawaban-tanpa-periode`, `jawaban-panjang`, `jawaban-nilai`,
        `jawaban-layanan-asing`, `jawaban-titik-asing` or `jawaban-profil-asing`.
        """
        if answer.periode is None:
            raise SkmError("jawaban-tanpa-periode", ke=ke)
        if len(answer.nilai) != self._length:
            raise SkmError(
                "jawaban-panjang",
                ke=ke,
                ada=len(answer.nilai),
                perlu=self._length,
                versi=self._versi,
            )
        if not _MARKS.issuperset(answer.nilai):
            raise SkmError("jawaban-nilai", ke=ke, nilai=answer.nilai)
        if answer.layanan not in self._layanan:
            raise SkmError("jawaban-layanan-asing", ke=ke, kode=answer.layanan)
        if answer.titik not in self._titik:
            raise SkmError("jawaban-titik-asing", ke=ke, kode=answer.titik)
        if answer.profil not in self._seen:
            self._check_profile(answer.profil, ke)
        return answer.periode.kode

    def _check_profile(self, profil: tuple[tuple[str, str], ...], ke: int) -> None:
        for bidang, nilai in profil:
            field = self._profil.get(bidang)
            if field is None or (nilai and not field.accepts(nilai)):
                raise SkmError("jawaban-profil-asing", ke=ke, bidang=bidang, nilai=nilai)
        if len(self._seen) < _SEEN:
            self._seen.add(profil)


def to_row(answer: Jawaban, tempat: Tempat, batch: Mapping[str, str]) -> dict[str, Any]:
    """Return an answer as a row; `batch` holds the columns that a whole batch shares."""
    return {
        **batch,
        "periode": tempat.periode,
        "waktu": answer.waktu,
        "layanan": tempat.layanan,
        "titik": tempat.titik,
        "nilai": answer.nilai,
        "profil": _profile(answer.profil),
        "saran": _clean(answer.saran),
        "identitas": _clean(answer.identitas),
        "sidik": answer.sidik,
    }


COLUMNS = (
    "survei_id", "kuesioner_versi", "batch_id", "periode", "waktu", "layanan", "titik", "kanal",
    "nilai", "profil", "saran", "identitas", "sidik",
)  # fmt: skip
"""The columns of an uploaded answer, in the order of `to_values`."""


def to_values(
    answer: Jawaban, tempat: Tempat, batch_id: str, survei_id: str, waktu: object
) -> tuple[Any, ...]:
    """Return the values of an uploaded answer by `COLUMNS`; `waktu` is as the driver takes it."""
    return (
        survei_id,
        tempat.kuesioner_versi,
        batch_id,
        tempat.periode,
        waktu,
        tempat.layanan,
        tempat.titik,
        tempat.kanal,
        answer.nilai,
        _profile(answer.profil),
        _clean(answer.saran),
        _clean(answer.identitas),
        answer.sidik,
    )


@lru_cache(maxsize=50_000)
def _profile(profil: tuple[tuple[str, str], ...]) -> str:
    """Return a profile as it is stored; few differ."""
    return _encode(dict(profil))


def from_row(row: Row[Any]) -> Jawaban:
    """Return the answer that a row was made from."""
    return Jawaban(
        nilai=row.nilai,
        periode=parse_period(row.periode),
        waktu=row.waktu,
        layanan=row.layanan or None,
        titik=row.titik or None,
        profil=tuple(json.loads(row.profil).items()),
        saran=row.saran,
        identitas=row.identitas,
    )


def stream_answers(conn: Connection, where: Sequence[ColumnElement[bool]]) -> Iterator[Jawaban]:
    """Yield stored answers in the order they came in, a few thousand in memory at a time."""
    query = select(jawaban).where(*where).order_by(jawaban.c.id)
    # Closed by `with`, because a reader who leaves early would leave a cursor on the server.
    with conn.execute(query.execution_options(yield_per=_CHUNK)) as rows:
        for row in rows:
            yield from_row(row)


def place_of_answer(answer: Jawaban, periode: str, versi: str, kanal: str) -> Tempat:
    """Return where an answer counts."""
    return Tempat(versi, periode, answer.layanan or TANPA, answer.titik or TANPA, kanal)


def clean_text(text: str) -> str:
    """Return a text that both databases can hold: without NUL and halves of surrogate pairs."""
    if text.isascii() and _NUL not in text:
        return text
    return text.replace(_NUL, "").encode("utf-8", "replace").decode()


def _clean(text: str | None) -> str | None:
    # One torn cell of a spreadsheet must not refuse a whole file.
    return clean_text(text) if text else text
