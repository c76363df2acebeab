"""What everybody who acts on one database shares: checks kept ready, and who works for many."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from skm.store import placements
from skm.store.change_mark import ChangeMark
from skm.store.engine import reading
from skm.store.group import GroupWorker
from skm.store.kept_remarks import KeptRemarks
from skm.store.model import Tautan
from skm.store.sheet_counts import SheetCounts
from skm.store.submissions import Gates
from skm.store.writer import Writer
from skm.survei import Survei

Form = tuple[Tautan, Survei]


class Shared:
    """One for each engine. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self.gates = Gates()
        self.writer = Writer(engine, self.gates)
        self.finder = GroupWorker[str, Form | None]("skm-pencari", self._find_forms)
        self.mark = ChangeMark(engine)
        self.sheets = SheetCounts()
        self.remarks = KeptRemarks()
        self._engine = engine

    def close(self) -> None:
        """Store what waits, and take no more answers of the form."""
        self.writer.close()
        self.finder.close()
        self.mark.close()

    def _find_forms(self, kode: Sequence[str]) -> list[Form | None]:
        with reading(self._engine) as conn:
            found = placements.find_forms(conn, kode)
        return [found.get(each) for each in kode]
