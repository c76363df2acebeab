"""Which question of which questionnaire version a count in `rekap_tempat` is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skm.rekap import Slot, Tallies
from skm.store.schema import BLOK
from skm.survei import Kuesioner, Survei


class Layouts:
    """Where the questions of each questionnaire version stand in the counts of a place."""

    def __init__(self, survei: Survei, questions: Mapping[str, Kuesioner]) -> None:
        self._survei, self._questions = survei, questions
        self._slots: dict[str, tuple[Slot, ...]] = {}
        self._letak: dict[tuple[str, ...], dict[Slot, int]] = {}

    def slots(self, versi: str) -> tuple[Slot, ...]:
        """Return the unsur places of a version's questions."""
        found = self._slots.get(versi)
        if found is None:
            found = self._slots[versi] = self._survei.slots(self._questions[versi])
        return found

    def tallies(self, rows: Sequence[Any], first: int) -> Tallies:
        """Return the tallies of rows of (version, block, …), whose counts begin at `first`.

        Those of a question are pooled.
        """
        if len(rows) == 1:
            letak = self._letak_of((rows[0][0],))
            if len(letak) <= BLOK:
                return Tallies(letak, rows[0][first:])
        letak = self._letak_of(tuple(sorted({row[0] for row in rows})))
        sums = [0] * (4 * len(letak))
        for row in rows:
            begin = BLOK * row[1]
            for i, slot in enumerate(self.slots(row[0])[begin : begin + BLOK], start=first):
                pairs = zip(sums[letak[slot] :: len(letak)], row[i::BLOK], strict=True)
                sums[letak[slot] :: len(letak)] = [a + b for a, b in pairs]
        return Tallies(letak, sums)

    def _letak_of(self, versions: tuple[str, ...]) -> dict[Slot, int]:
        """Return which question of these versions is the how many-th."""
        found = self._letak.get(versions)
        if found is None:
            slots = dict.fromkeys(slot for versi in versions for slot in self.slots(versi))
            found = self._letak[versions] = {slot: i for i, slot in enumerate(slots)}
        return found
