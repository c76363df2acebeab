"""The way from the form's thanks to the results."""

from __future__ import annotations

import logging
from collections.abc import Callable

from skm.store import Store
from skm.survei import Survei

LOG = logging.getLogger("skm.hasil")


def results_address(store_of: Callable[[], Store]) -> Callable[[Survei], str | None]:
    """Return a function that gives the address of a survey's results, None without any.

    The address is relative to /isi/{kode}/terima-kasih, so that it holds behind any name and path.
    The function never raises: an answer is stored by then, and is thanked for in any case.
    """
    known: dict[str, tuple[int, bool]] = {}

    def is_public(survei_id: str) -> bool:
        store = store_of()
        versi = store.data_version(survei_id)
        held = known.get(survei_id)
        if held is None or held[0] != versi:
            public = any(t.diterbitkan is not None for t in store.closings(survei_id))
            held = known[survei_id] = (versi, public)
        return held[1]

    def address(survei: Survei) -> str | None:
        try:
            return f"../../hasil/{survei.id}" if is_public(survei.id) else None
        except Exception as error:
            LOG.error("the results could not be looked for: %s", type(error).__name__)
            return None

    return address
