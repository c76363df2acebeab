"""What stays is taken out of the searches for garbage.

Streamlit searches after each run of a page. With forty viewers 75 of 95 ms went through libraries,
kept figures and open pages, none of which is garbage.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from threading import Lock

EVERY = 20.0
"""Seconds after which everything is searched once, so that nothing that has ended stays."""


class Settled:
    """One for each process. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._next = clock()

    def settle(self) -> None:
        """Search everything where it is time, and leave what is then there out until the next."""
        if self._clock() < self._next or not self._lock.acquire(blocking=False):
            return
        try:
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._next = self._clock() + EVERY
        finally:
            self._lock.release()
