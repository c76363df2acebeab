"""The part of the store that reads and answers remarks. Each method: one transaction."""

from __future__ import annotations

from collections.abc import Collection

from skm.akun import Batas, Hak, Tindakan
from skm.periode import Periode
from skm.store import exclusions as _exclusions
from skm.store import remarks as _remarks
from skm.store.acting import ActingStore
from skm.store.engine import reading
from skm.store.places import places_of
from skm.store.remark_model import Balasan, Saran, StatusSaran, Tanggapan


class RemarkStore(ActingStore):
    """Remarks, what became of them, and what their writers may read."""

    def remarks(self, survei_id: str, periode: Periode | None = None) -> tuple[Saran, ...]:
        """Return the remarks of the counted answers, in the order they came in.

        Those of all periods are kept, and carried on while answers are only added. An account that
        is limited to some places gets those written there. Raises SkmError `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        part = self.pelaku.part_of(survei_id)
        with reading(self.engine) as conn:
            if periode is not None:
                return _remarks.list_remarks(conn, survei_id, periode, places_of(part))
            found = self._shared.remarks.read(conn, survei_id)
        if part == Batas(survei_id):
            return found
        return tuple(s for s in found if part is not None and part.holds(s.titik, s.layanan))

    def responses(self, survei_id: str) -> dict[int, Tanggapan]:
        """Return what became of remarks by their number; new ones are absent.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _remarks.list_responses(conn, survei_id)

    def respond(
        self, survei_id: str, ids: Collection[int], status: StatusSaran, balasan: str
    ) -> int:
        """Set status and reply of remarks; return how many there still were.

        Nothing that is counted changes, also in a closed period. Raises SkmError `survei-tak-ada`,
        `balasan-panjang`, `balasan-status`, `hak-kurang`, `di-luar-batas`.
        """
        with self._change(Hak.SARAN, Tindakan.SARAN_TANGGAP, survei_id) as change:
            _exclusions.need_places(change.conn, self.pelaku, ids)
            changed = _remarks.respond(change.conn, survei_id, ids, status, balasan)
            # Never the words: a trail is kept longer than a remark may be.
            change.sesudah = {
                "saran": sorted(ids),
                "status": status.value,
                "berbalas": bool(balasan.strip()),
            }
            change.batal_catat = not changed
            return changed

    def remark_states(
        self, survei_id: str, periode: Periode | None = None
    ) -> dict[StatusSaran, int]:
        """Return how many remarks have which status. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _remarks.count_states(conn, survei_id, periode)

    def find_reply(self, kode: str) -> Balasan | None:
        """Return what the holder of a code, as it is printed, may read; None for no such code."""
        with reading(self.engine) as conn:
            return _remarks.find_reply(conn, kode)
