"""What a function gives for each value of a column, asked once for those that are alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

MOST = 100_000
"""So many different values are remembered; what comes after them is asked for each time."""


class Once(dict[K, V]):
    """`known[value]` is `ask(value)`; `map(known.__getitem__, column)` reads a whole column."""

    def __init__(self, ask: Callable[[K], V], most: int = MOST) -> None:
        super().__init__()
        self._ask, self._most = ask, most

    def __missing__(self, key: K) -> V:
        value = self._ask(key)
        if len(self) < self._most:
            self[key] = value
        return value
