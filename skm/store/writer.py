"""The one writer of a process: sheets that wait are stored in one transaction and one commit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from skm.pesan import SkmError
from skm.store.engine import writing
from skm.store.group import GroupWorker
from skm.store.model import Resi
from skm.store.submissions import Gates, Masuk
from skm.store.together import RefusedError, store_one, store_together

_UNKNOWN = "basis-data-gagal"
"""A failure of which nobody knows whose fault it is; the others are the database's own state."""


class Writer(GroupWorker[Masuk, Resi]):
    """Takes sheets from any number of threads; who is answered has a durable row."""

    def __init__(self, engine: Engine, gates: Gates) -> None:
        super().__init__("skm-penulis", self._store)
        self._engine, self._gates = engine, gates

    def _store(self, sent: Sequence[Masuk]) -> list[Resi | Exception]:
        """Return a receipt or a fault for each sheet; one that does not fit harms no other."""
        results: dict[int, Resi | Exception] = {}
        left = list(range(len(sent)))
        while left:
            group = [sent[number] for number in left]
            try:
                with writing(self._engine) as conn:
                    stored = store_together(conn, self._gates, group)
                results.update(zip(left, stored, strict=True))
                break
            except RefusedError as refused:
                # Rolled back: the others go again, without those of which the fault is known.
                results.update((left[i], fault) for i, fault in refused.faults.items())
                left = [number for i, number in enumerate(left) if i not in refused.faults]
            except Exception as error:
                alone = len(left) == 1 or _is_of_the_database(error)
                results.update((n, error if alone else self._store_alone(sent[n])) for n in left)
                break
        return [results[number] for number in range(len(sent))]

    def _store_alone(self, masuk: Masuk) -> Resi | Exception:
        """Store a sheet by itself: one of its group was refused, nobody knows which."""
        try:
            with writing(self._engine) as conn:
                return store_one(conn, self._gates, masuk)
        except Exception as error:
            return error


def _is_of_the_database(error: Exception) -> bool:
    """Return whether a failure is the same for every sheet: locked, full, away, read-only."""
    return isinstance(error, SkmError) and error.kode != _UNKNOWN
