"""The data version of a survey, which everything that is remembered of it hangs on.

It grows with each change, and is two numbers in one. Its whole steps count the changes after which
an answer that was read may no longer be there, or be another one; in between it counts those that
left every stored answer as it was, of which nearly all only added some. Counts of answers can then
be carried on from where they were read, as long as no step lies between.
"""

from __future__ import annotations

import time
from typing import Any, TypeVar

from skm.store.schema import survei

STEP = 2**20
"""More additions than that in one step begin another one: answers are then read again for nothing,
and never taken for what they are not."""

_Number = TypeVar("_Number", int, Any)


def first_version() -> int:
    """Return the version that a new survey begins with.

    From the clock: a survey deleted and made again never repeats a number, so nothing remembered
    of the former one is taken for the new one.
    """
    return time.time_ns() // 1_000_000 * STEP


def generation(versi: int) -> int:
    """Return how many steps a version has behind it."""
    return versi // STEP


def next_step(versi: _Number) -> _Number:
    """Return the version after a change of stored answers, of a number or in SQL."""
    return (versi // STEP + 1) * STEP


CHANGED: dict[str, Any] = {"versi_data": next_step(survei.c.versi_data)}
"""What to set after a change of which nothing is known."""
ADDED: dict[str, Any] = {"versi_data": survei.c.versi_data + 1}
"""What to set after one that left every stored answer as it was."""
