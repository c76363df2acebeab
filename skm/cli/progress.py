"""A progress bar on stderr while a long file is read, only where a person sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONG = 20_000
"""Rows from which a file takes long enough to be watched."""


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[int], None] | None]:
    """Give a function that hears how many rows are done; None where nobody watches."""
    if total < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)
