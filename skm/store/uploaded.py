"""The answers of an upload as rows of the table: checked, counted, encoded.

What many answers share (a place with its period, marks, a profile) is checked and encoded once. An
answer with nothing of its own comes as one object for all that are alike (`skm.intake`): its row
is made once and counted at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from skm.jawaban import Jawaban
from skm.store.answers import Gate, place_of_answer, to_values
from skm.store.driver import Values
from skm.store.hot import stored_time
from skm.store.model import Batch
from skm.store.recap import RecapCounts, Tempat
from skm.survei import Kuesioner, Survei

_MOST = 50_000
"""So many different ones are remembered of each kind."""


@dataclass(slots=True)
class _Alike:
    """An answer that stands for many; held, so that its `id` stays its own."""

    answer: Jawaban
    tempat: Tempat
    row: Values
    times: int = 1


class UploadedRows:
    """Makes the rows of one batch in the order of `answers.COLUMNS`, and counts them."""

    def __init__(
        self, conn: Connection, survei: Survei, kuesioner: Kuesioner, batch: Batch
    ) -> None:
        self._conn, self._batch = conn, batch
        self._gate = Gate(survei, kuesioner)
        self._counts = RecapCounts(survei)
        self._places: dict[tuple[str, str | None, str | None], Tempat] = {}
        self._marks: set[str] = set()
        self._profiles: set[tuple[tuple[str, str], ...]] = set()
        self._alike: dict[int, _Alike] = {}

    def row(self, answer: Jawaban, ke: int) -> Values:
        """Return the row of the `ke`-th answer (from 1). Raises what `Gate.check` raises."""
        alike = self._alike.get(id(answer))
        if alike is not None:
            alike.times += 1
            return alike.row
        tempat = self._place(answer, ke)
        moment = None if answer.waktu is None else stored_time(self._conn, answer.waktu)
        row = to_values(answer, tempat, self._batch.id, self._batch.survei_id, moment)
        own = answer.waktu or answer.identitas or answer.saran
        if own or len(self._alike) >= _MOST:
            self._counts.add(tempat, answer.nilai, answer.profil, answer.waktu)
        else:
            self._alike[id(answer)] = _Alike(answer, tempat, row)
        return row

    def counts(self) -> RecapCounts:
        """Return the counts of all rows that were made; to be asked for once, at the end."""
        for alike in self._alike.values():
            answer = alike.answer
            self._counts.add(alike.tempat, answer.nilai, answer.profil, answer.waktu, alike.times)
        return self._counts

    def _place(self, answer: Jawaban, ke: int) -> Tempat:
        """Return where an answer counts, after the gate: it looks at each of these by itself."""
        periode, nilai, profil = answer.periode, answer.nilai, answer.profil
        if periode is not None and nilai in self._marks and profil in self._profiles:
            known = self._places.get((periode.kode, answer.layanan, answer.titik))
            if known is not None:
                return known
        kode = self._gate.check(answer, ke)
        batch = self._batch
        tempat = place_of_answer(answer, kode, batch.kuesioner_versi, batch.kanal.value)
        self._places[kode, answer.layanan, answer.titik] = tempat
        if len(self._marks) < _MOST:
            self._marks.add(nilai)
        if len(self._profiles) < _MOST:
            self._profiles.add(profil)
        return tempat
