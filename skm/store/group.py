"""Many ask at once, one thread answers: it takes all that wait and does their work together.

What costs the same for one as for fifty (a transaction, a commit, a look at the database) is paid
once a group. While one group is worked on the next one gathers. One who comes alone waits for
nobody; where the last group was of many, as many are waited for, but no longer than `GATHER`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Event, Thread
from typing import Generic, TypeVar, cast

from skm.pesan import SkmError

Item = TypeVar("Item")
Result = TypeVar("Result")

LARGEST = 256
"""How many are worked on together at most."""
LIMIT = 2_000
"""How many may wait; who comes then is told so at once."""
GATHER = 0.001
"""Seconds for which a group of many waits for its next one to be as large.

Without it groups of one and of all others follow each other: the first to come back takes the
writer, and pays a commit for itself.
"""
LINGER = 2.0
"""Seconds that an idle thread waits for more before it ends."""


@dataclass(slots=True, eq=False)
class _Asked(Generic[Item, Result]):
    """One item on its way; `loop` is where the asking task runs, None for a waiting thread."""

    item: Item
    waiter: Event | asyncio.Future[None]
    loop: asyncio.AbstractEventLoop | None = None
    result: Result | Exception | None = None

    def outcome(self) -> Result:
        if isinstance(self.result, Exception):
            raise self.result
        return cast("Result", self.result)  # woken only once there is one


class GroupWorker(Generic[Item, Result]):
    """Gives `work` all waiting items at a time. Safe to share between threads and event loops.

    `work` returns a result or an Exception for each item, in order; what it raises itself is the
    answer to every item of the group. Its thread begins with the first item and ends when idle.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Sequence[Item]], Sequence[Result | Exception]],
        limit: int = LIMIT,
        largest: int = LARGEST,
    ) -> None:
        self._name, self._work = name, work
        self._limit, self._largest = limit, largest
        self._change = Condition()
        self._waiting: deque[_Asked[Item, Result]] = deque()
        self._thread: Thread | None = None
        self._closed = False
        self._wanted = 1
        """How many must wait for the thread to be woken."""

    def ask(self, item: Item) -> Result:
        """Return the result of an item, or raise it; the calling thread waits.

        Raises SkmError `antrean-penuh` where too many wait, `antrean-ditutup` after `close`.
        """
        done = Event()
        asked: _Asked[Item, Result] = _Asked(item, done)
        self._put(asked)
        done.wait()
        return asked.outcome()

    async def ask_soon(self, item: Item) -> Result:
        """As `ask`, in an event loop: only the task waits. Cancelling it does not undo the work."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[None] = loop.create_future()
        asked: _Asked[Item, Result] = _Asked(item, waiter, loop)
        self._put(asked)
        await waiter
        return asked.outcome()

    def close(self) -> None:
        """Finish what waits, and take nothing more."""
        with self._change:
            self._closed = True
            thread = self._thread
            self._change.notify()
        if thread is not None:
            thread.join()

    def _put(self, asked: _Asked[Item, Result]) -> None:
        with self._change:
            if self._closed:
                raise SkmError("antrean-ditutup")
            if len(self._waiting) >= self._limit:
                raise SkmError("antrean-penuh")
            self._waiting.append(asked)
            if self._thread is None:
                # A daemon: a program that ends without closing loses only what nobody was told.
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            elif len(self._waiting) >= self._wanted:
                self._change.notify()

    def _run(self) -> None:
        while group := self._take():
            try:
                results = self._work([asked.item for asked in group])
            except Exception as error:  # whatever it is, somebody waits for an answer
                results = [error] * len(group)
            for asked, result in zip(group, results, strict=True):
                asked.result = result
            _wake(group)

    def _take(self) -> list[_Asked[Item, Result]]:
        """Return all that wait; nothing when the thread is to end."""
        with self._change:
            if self._wanted > 1:
                self._change.wait_for(self._is_gathered, GATHER)
            self._wanted = 1
            while not self._waiting and not self._closed:
                if not self._change.wait(LINGER) and not self._waiting:
                    break
            size = min(len(self._waiting), self._largest)
            if not size:
                self._thread = None
            self._wanted = max(1, size)
            return [self._waiting.popleft() for _ in range(size)]

    def _is_gathered(self) -> bool:
        return self._closed or len(self._waiting) >= self._wanted


def _wake(group: Sequence[_Asked[Item, Result]]) -> None:
    """Wake all who asked, each event loop once."""
    loops: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for asked in group:
        if isinstance(asked.waiter, Event):
            asked.waiter.set()
        elif asked.loop is not None:
            loops.setdefault(asked.loop, []).append(asked.waiter)
    for loop, waiters in loops.items():
        with suppress(RuntimeError):  # a loop that has ended: nobody waits there any more
            loop.call_soon_threadsafe(_resolve, waiters)


def _resolve(waiters: Sequence[asyncio.Future[None]]) -> None:
    for waiter in waiters:
        if not waiter.done():  # the task may have been cancelled
            waiter.set_result(None)
