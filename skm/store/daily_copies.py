"""The thread that makes the daily copy while the program runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from skm.pesan import SkmError
from skm.store.copies import make_copy
from skm.store.store import Store

JEDA = 900.0
"""Seconds between two looks at whether the day has its copy."""


class _Stopped(Exception):  # noqa: N818 - not an error: the program ends
    """Raised inside a backup that the end of the program cuts short."""


class DailyCopies:
    """Makes the copy of each day in the background, at the first look that finds none.

    So the copy of a day when the machine was off is made up for at the start. What goes wrong is
    handed to `report`, tried again at the next look, and never reaches the program.
    """

    def __init__(
        self,
        store_of: Callable[[], Store],
        folder: Path | None,
        report: Callable[[SkmError], None],
        clock: Callable[[], datetime] = datetime.now,
        over: Event | None = None,
    ) -> None:
        """Prepare; `folder` None makes no copies. `clock` tells the machine's own local time."""
        self._store_of = store_of
        self._folder = folder
        self._report = report
        self._clock = clock
        self._over = over or Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin; nothing waits for it."""
        if self._folder is not None:
            self._thread = Thread(target=self._run, args=(self._folder,), name="cadangan")
            self._thread.daemon = True
            self._thread.start()

    def stop(self) -> None:
        """End, a copy under way unfinished; return when the store is no longer used."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, folder: Path) -> None:
        while not self._over.is_set():
            self._look(folder)
            self._over.wait(JEDA)

    def _look(self, folder: Path) -> None:
        try:
            make_copy(self._store_of().engine, folder, self._clock().date(), self._go_on)
        except _Stopped:
            pass
        except SkmError as error:
            self._report(error)
        except Exception as error:  # a copy that fails must not take the thread with it
            self._report(SkmError("cadangan-gagal", rincian=type(error).__name__))

    def _go_on(self, _: int) -> None:
        if self._over.is_set():
            raise _Stopped
