"""What all pages of the form share: the store, the secret, the counts, and a short memory."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from skm.formulir import Cap, Formulir, sign_stamp
from skm.formulir.render import Tempat
from skm.jawaban import Kanal
from skm.store import Store, Tautan
from skm.survei import Kuesioner, Survei
from skm.web.isi.limiter import Limiter
from skm.web.isi.visits import Visits

LOG = logging.getLogger("skm.isi")
SHARED = (Kanal.KIOS, Kanal.PETUGAS)
"""Channels with many respondents on one device: no limits, no drafts, no marks for them."""
_MAX_REMEMBERED = 1_000

Found = tuple[Tautan, Survei]


class NoStoreError(Exception):
    """The store cannot be read now, for whatever reason."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Safe to share between threads and event loops."""

    store_of: Callable[[], Store]
    secret: bytes
    limiter: Limiter
    visits: Visits
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    results_of: Callable[[Survei], str | None] = lambda _: None
    replies_at: Callable[[], str] = lambda: ""
    _forms: OrderedDict[tuple[str, str | None], Formulir] = field(default_factory=OrderedDict)
    _known: OrderedDict[str, tuple[int | None, Found]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    async def find(self, kode: str) -> Found | None:
        """Return a placement with its survey as they are now; None for an unknown code.

        What is remembered is used only while nothing in the database has changed. Raises
        NoStoreError.
        """
        try:
            store = self.store_of()
            # Before the look: what changes while it is made is seen by the next one.
            mark = store.change_mark()
            with self._lock:
                known = self._known.get(kode)
            if known is not None and mark is not None and known[0] == mark:
                return known[1]
            found = await store.find_form(kode)
        except Exception as error:  # whatever it is, a person stands at the counter
            self.log("a form could not be read", error)
            raise NoStoreError from error
        with self._lock:
            if found is None:
                self._known.pop(kode, None)
                return None
            self._known[kode] = (mark, found)
            self._known.move_to_end(kode)
            if len(self._known) > _MAX_REMEMBERED:
                self._known.popitem(last=False)
        return found

    def recall(self, kode: str) -> Found | None:
        """Return what `find` last returned, which may have changed since.

        With it answers can be shown again while the store is away, and sent on to the store,
        which looks itself whether it still holds.
        """
        with self._lock:
            known = self._known.get(kode)
        return None if known is None else known[1]

    def form_of(
        self, survei: Survei, layanan: str | None, kuesioner: Kuesioner | None = None
    ) -> Formulir:
        """Return how a form is read; that of the questions in force is prepared once."""
        if kuesioner is not None:
            return Formulir(survei, layanan, kuesioner)
        key = (survei.id, layanan)
        with self._lock:
            known = self._forms.get(key)
        # By identity: an unchanged survey comes out of the store as the same object.
        if known is None or known.survei is not survei:
            known = Formulir(survei, layanan)
            with self._lock:
                self._forms[key] = known
                if len(self._forms) > _MAX_REMEMBERED:
                    self._forms.popitem(last=False)
        return known

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
