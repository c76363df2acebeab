"""What all pages of the form share: the store, the secret, the counts, and a short memory."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from skm.formulir import Cap, sign_stamp
from skm.formulir.render import Tempat
from skm.jawaban import Kanal
from skm.store import Store, Tautan
from skm.survei import Survei
from skm.web.isi.limiter import Limiter
from skm.web.isi.visits import Visits

LOG = logging.getLogger("skm.isi")
SHARED = (Kanal.KIOS, Kanal.PETUGAS)
"""Channels with many respondents on one device: no limits, no drafts, no marks for them."""
_MAX_REMEMBERED = 1_000


class NoStoreError(Exception):
    """The store cannot be read now, for whatever reason."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Safe to share between threads."""

    store_of: Callable[[], Store]
    secret: bytes
    limiter: Limiter
    visits: Visits
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    results_of: Callable[[Survei], str | None] = lambda _: None
    replies_at: Callable[[], str] = lambda: ""
    _known: OrderedDict[str, tuple[Tautan, Survei]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def find(self, kode: str) -> tuple[Tautan, Survei] | None:
        """Return a placement with its survey; None for an unknown code. Raises NoStoreError."""
        try:
            store = self.store_of()
            tautan = store.find_tautan(kode)
            survei = store.load_survei(tautan.survei_id) if tautan else None
        except Exception as error:  # whatever it is, a person stands at the counter
            self.log("a form could not be read", error)
            raise NoStoreError from error
        if tautan is None or survei is None:
            return None
        with self._lock:
            self._known[kode] = (tautan, survei)
            self._known.move_to_end(kode)
            if len(self._known) > _MAX_REMEMBERED:
                self._known.popitem(last=False)
        return tautan, survei

    def recall(self, kode: str) -> tuple[Tautan, Survei] | None:
        """Return what `find` last returned: answers can be shown again while the store is away."""
        with self._lock:
            return self._known.get(kode)

    def stamp(self, tautan: Tautan, survei: Survei) -> str:
        """Return the stamp of a page that is made now."""
        return sign_stamp(self.secret, tautan.kode, Cap(self.clock(), survei.kuesioner.versi))

    def log(self, what: str, error: Exception) -> None:
        """Write down the kind of a failure only: its text may quote somebody's answers."""
        LOG.error("%s: %s", what, type(error).__name__)


def new_submit_id() -> str:
    """Return an `id_kirim` for a page."""
    return secrets.token_urlsafe(16)


def place_of(tautan: Tautan) -> Tempat:
    """Return where a placement's form stands."""
    return Tempat(
        tautan.kode,
        tautan.titik,
        tautan.layanan,
        kios=tautan.kanal is Kanal.KIOS,
        bersama=tautan.kanal in SHARED,
    )
