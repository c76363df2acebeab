"""What stays is left out of the searches for garbage, and what has ended does not stay."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from skm.dashboard.settled import EVERY, Settled


class Simpul:
    """Something that only a search for garbage can find once nobody holds it."""

    def __init__(self) -> None:
        self.sendiri = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_there_is_left_out_until_it_is_time_again() -> None:
    now = [100.0]
    settled = Settled(lambda: now[0])
    node = Simpul()
    gone = weakref.ref(node)
    settled.settle()
    frozen = gc.get_freeze_count()
    assert frozen > 1_000

    del node
    now[0] += EVERY - 0.1
    settled.settle()
    gc.collect()
    assert gone() is not None  # left out, as nothing was searched again
    assert gc.get_freeze_count() == frozen

    now[0] += 0.2
    settled.settle()
    assert gone() is None
