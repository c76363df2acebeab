"""The part of the store that keeps survey files and their history. Each method: one transaction."""

from __future__ import annotations

from skm.akun import Hak, Tindakan
from skm.pesan import SkmError
from skm.store import survey_files as _files
from skm.store import surveys as _surveys
from skm.store.acting import ActingStore, Perubahan
from skm.store.audit import Isi
from skm.store.engine import reading
from skm.store.model import KeadaanBerkas, Terpakai, VersiSurvei
from skm.survei import Survei


def _take(change: Perubahan, survei: Survei, toml: str) -> str:
    before = _surveys.saved_toml(change.conn, survei.id)
    versi = _files.take_file(change.conn, survei, toml)
    change.batal_catat = before == toml
    change.sebelum = trail_digest(before) if before is not None else None
    change.sesudah = {**trail_digest(toml), "kuesioner": versi}
    return versi


def trail_digest(toml: str) -> Isi:
    """Return what the trail says of a survey file: its hash, not its length of text."""
    return {"sha256": _files.file_digest(toml)}


class FileStore(ActingStore):
    """The survey as a file: taken from the folder, edited by the office, kept in a history.

    Whatever somebody may not do raises SkmError `hak-kurang`.
    """

    def save_survei(self, survei: Survei, toml: str) -> str:
        """Insert or update a survey from a file; return the questionnaire version in force.

        Same version and questions: nothing new. Same version, other questions: "versi#2", "#3".
        Raises SkmError `kuesioner-unsur-hilang`, `survei-unsur-beku`, `survei-langsung-beku`,
        ValueError where `toml` is another survey's.
        """
        with self._change(Hak.SURVEI, Tindakan.SURVEI_SIMPAN, survei.id) as change:
            return _take(change, survei, toml)

    def load_file(self, survei: Survei, toml: str) -> KeadaanBerkas:
        """Take a file of the folder of surveys unless the office edited the survey meanwhile.

        Returns how it stood before; a file that was taken before costs one row read. Raises as
        `save_survei`.
        """
        state = self.judge_file(survei.id, toml)
        if state is not KeadaanBerkas.BARU:
            return state
        with self._change(Hak.SURVEI, Tindakan.SURVEI_SIMPAN, survei.id) as change:
            # Somebody may have edited it between the two looks.
            state = _files.judge_file(change.conn, survei.id, toml)
            if state is KeadaanBerkas.BARU:
                _take(change, survei, toml)
            else:
                change.batal_catat = True
            return state

    def judge_file(self, survei_id: str, toml: str) -> KeadaanBerkas:
        """Return how a file of the folder stands to the stored survey, without taking it."""
        with reading(self.engine) as conn:
            return _files.judge_file(conn, survei_id, toml)

    def pass_over_file(self, survei_id: str, toml: str) -> None:
        """Keep what the store has, and do not ask about this file again until it changes."""
        with self._change(Hak.SURVEI, Tindakan.SURVEI_SIMPAN, survei_id) as change:
            _files.pass_over_file(change.conn, survei_id, toml)
            change.batal_catat = True

    def edit_survei(self, survei: Survei, toml: str, dasar: str | None, ringkasan: str) -> None:
        """Save what the office edited; `dasar` is the `file_digest` of the text it began with.

        `ringkasan` are the words for the history. None as `dasar` makes a new survey. Raises
        SkmError `survei-tak-ada`, `survei-sudah-ada`, `survei-baru-diubah`,
        `survei-layanan-terpakai`, `survei-titik-terpakai`, and as `save_survei`.
        """
        with self._change(Hak.SURVEI, Tindakan.SURVEI_SIMPAN, survei.id) as change:
            before = _surveys.saved_toml(change.conn, survei.id)
            _files.edit_survei(change.conn, survei, toml, dasar, ringkasan)
            change.sebelum = trail_digest(before) if before is not None else None
            change.sesudah = {**trail_digest(toml), "ringkasan": ringkasan}

    def refusals(self, survei: Survei) -> tuple[SkmError, ...]:
        """Return every reason why `edit_survei` would refuse a survey; nothing is changed."""
        with reading(self.engine) as conn:
            return _files.refusals(conn, survei)

    def used_places(self, survei_id: str) -> Terpakai:
        """Return the answers and open placements of each layanan and titik that has any."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _files.used_places(conn, survei_id)

    def survei_versions(self, survei_id: str) -> tuple[VersiSurvei, ...]:
        """Return the history of a survey's file, newest first. Raises `survei-tak-ada`."""
        self._need(Hak.SURVEI, survei_id)
        with reading(self.engine) as conn:
            return _files.list_versions(conn, survei_id)

    def load_version(self, survei_id: str, nomor: int) -> str:
        """Return the text of a version in the history. Raises SkmError `survei-versi-tak-ada`."""
        self._need(Hak.SURVEI, survei_id)
        with reading(self.engine) as conn:
            return _files.load_version(conn, survei_id, nomor)
