"""The store for the commands that need it; survey files with faults are said, and passed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from skm.cli.terminal import note
from skm.mulai import prepare
from skm.settings import read_settings
from skm.store import Store, open_store


@contextmanager
def opened() -> Iterator[Store]:
    """Give the store of SKM_DATA or SKM_DATABASE_URL, made on first use. Raises SkmError."""
    store = prepare(read_settings(), report=lambda error: note(str(error)))
    try:
        yield store
    finally:
        store.close()


def plain_store() -> Store:
    """Return the store as it is, without reading the survey files into it. Raises SkmError."""
    return open_store(read_settings().database_url)
