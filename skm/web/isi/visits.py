"""Counts of views and starts, gathered in memory and written now and then.

They say how many people who see a form finish it. A crash may lose the last few seconds of them;
answers never wait for them.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from threading import Lock, Timer
from typing import Literal

from skm.store import Store

LOG = logging.getLogger("skm.isi")
Kejadian = Literal["dilihat", "dimulai", "tertutup"]


class Visits:
    """What happened at each placement since the last writing. Safe to share between threads."""

    def __init__(self, store_of: Callable[[], Store], jeda: float = 5.0) -> None:
        self._store_of = store_of
        self._jeda = jeda
        self._lock = Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._timer: Timer | None = None

    def add(self, kode: str, kejadian: Kejadian) -> None:
        """Count one event; it is written after a few seconds, together with its neighbours."""
        with self._lock:
            self._counts[kode, kejadian] += 1
            if self._timer is None:
                self._timer = Timer(self._jeda, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted; what cannot be written now is kept for the next time."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._store_of().count_visits(dict(counts))
        except Exception as error:  # counts are not worth an error anywhere
            LOG.warning("visits wait to be counted: %s", type(error).__name__)
            with self._lock:
                self._counts.update(counts)
