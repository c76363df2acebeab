"""Many ask, one thread answers all that wait: nobody is forgotten, nobody waits for long."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import lingkar
import pytest

from skm.pesan import SkmError
from skm.store import group
from skm.store.group import GroupWorker


class Gate:
    """Work that can be held up: groups gather behind it."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.entered, self.open = Event(), Event()

    def __call__(self, items: Sequence[int]) -> list[int | Exception]:
        self.entered.set()
        assert self.open.wait(30)
        self.groups.append(list(items))
        return [ValueError(str(i)) if i % 10 == 3 else i * i for i in items]


async def gather(worker: GroupWorker[int, int], items: Sequence[int]) -> list:
    return await asyncio.gather(*(worker.ask_soon(i) for i in items), return_exceptions=True)


def held(worker: GroupWorker[int, int], gate: Gate, first: int = 100) -> Thread:
    """A thread whose item is being worked on; what is asked now waits."""
    thread = Thread(target=worker.ask, args=(first,))
    thread.start()
    assert gate.entered.wait(30)
    return thread


def test_what_gathers_meanwhile_is_one_group_in_the_order_it_came() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate)
    thread = held(worker, gate)

    async def ask() -> list:
        waiting = asyncio.ensure_future(gather(worker, range(8)))
        await asyncio.sleep(0)  # all eight have asked once the task has run
        gate.open.set()
        return await waiting

    found = lingkar.run(ask())
    thread.join()
    worker.close()
    assert gate.groups == [[100], list(range(8))]
    assert [f for f in found if isinstance(f, int)] == [i * i for i in range(8) if i != 3]
    assert str(found[3]) == "3"


def test_a_group_is_no_larger_than_it_may_be() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate, largest=3)
    thread = held(worker, gate)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(asyncio.run, gather(worker, [1, 2, 4, 5, 6, 7, 8]))
        while len(worker._waiting) < 7:
            assert not waiting.done()
        gate.open.set()
        assert waiting.result() == [1, 4, 16, 25, 36, 49, 64]
    thread.join()
    worker.close()
    assert gate.groups == [[100], [1, 2, 4], [5, 6, 7], [8]]


def test_after_a_group_of_many_the_next_waits_for_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(group, "GATHER", 30.0)  # nothing but their number ends the waiting
    gate = Gate()
    worker = GroupWorker("uji", gate)
    thread = held(worker, gate)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(asyncio.run, gather(worker, [1, 2]))
        while len(worker._waiting) < 2:
            assert not first.done()
        gate.open.set()
        assert first.result() == [1, 4]
        alone = pool.submit(worker.ask, 5)
        while not worker._waiting:
            assert not alone.done()
        assert worker.ask(6) == 36
        assert alone.result() == 25
    thread.join()
    worker.close()
    assert gate.groups == [[100], [1, 2], [5, 6]]


def test_one_who_comes_alone_after_a_group_of_many_is_answered_alone() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate)
    thread = held(worker, gate)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(asyncio.run, gather(worker, [1, 2, 4]))
        while len(worker._waiting) < 3:
            assert not first.done()
        gate.open.set()
        assert first.result() == [1, 4, 16]
    assert worker.ask(5) == 25
    thread.join()
    worker.close()
    assert gate.groups == [[100], [1, 2, 4], [5]]


def test_who_comes_when_too_many_wait_is_told_at_once() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate, limit=2)
    thread = held(worker, gate)

    async def ask() -> list:
        waiting = asyncio.ensure_future(gather(worker, [1, 2, 4]))
        await asyncio.sleep(0)
        gate.open.set()
        return await waiting

    first, second, third = lingkar.run(ask())
    thread.join()
    assert (first, second) == (1, 4)
    assert isinstance(third, SkmError)
    assert third.kode == "antrean-penuh"
    worker.close()


def test_what_the_work_raises_itself_is_the_answer_to_all_and_the_next_group_goes_on() -> None:
    calls: list[int] = []

    def work(items: Sequence[int]) -> list[int | Exception]:
        calls.append(len(items))
        if len(calls) == 1:
            raise OSError("penuh")
        return list(items)

    worker = GroupWorker("uji", work)
    with pytest.raises(OSError, match="penuh"):
        worker.ask(1)
    assert worker.ask(2) == 2
    worker.close()


def test_closing_finishes_what_waits_and_takes_nothing_more() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate)
    thread = held(worker, gate)
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(asyncio.run, gather(worker, [1, 2]))
        while len(worker._waiting) < 2:
            assert not waiting.done()
        closing = pool.submit(worker.close)
        while not worker._closed:
            assert not closing.done()
        with pytest.raises(SkmError) as caught:
            worker.ask(5)
        assert caught.value.kode == "antrean-ditutup"
        gate.open.set()
        assert waiting.result() == [1, 4]
        closing.result()
    thread.join()
    worker.close()  # once more does no harm


def test_a_task_that_no_longer_waits_harms_nobody() -> None:
    gate = Gate()
    worker = GroupWorker("uji", gate)
    thread = held(worker, gate)

    async def ask() -> int:
        gone = asyncio.ensure_future(worker.ask_soon(7))
        other = asyncio.ensure_future(worker.ask_soon(2))
        await asyncio.sleep(0)
        gone.cancel()
        gate.open.set()
        return await other

    assert lingkar.run(ask()) == 4
    thread.join()
    worker.close()
    assert gate.groups[1] == [7, 2]


def test_an_idle_thread_ends_and_the_next_item_begins_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(group, "LINGER", 0.01)
    worker = GroupWorker[int, int]("uji", lambda items: list(items))
    assert worker.ask(1) == 1
    thread = worker._thread
    if thread is not None:
        thread.join(30)
        assert not thread.is_alive()
    assert worker.ask(2) == 2
    worker.close()


def test_many_threads_and_loops_each_get_their_own() -> None:
    worker = GroupWorker[int, int]("uji", lambda items: [i * i for i in items])

    def loop(start: int) -> list:
        return lingkar.run(gather(worker, range(start, start + 50)))

    with ThreadPoolExecutor(8) as pool:
        looped = [pool.submit(loop, start) for start in range(0, 200, 50)]
        asked = list(pool.map(worker.ask, range(300)))
        assert [i for part in looped for i in part.result()] == [i * i for i in range(200)]
    assert asked == [i * i for i in range(300)]
    worker.close()
