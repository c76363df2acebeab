"""The store as the rest of the program sees it: each method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from types import TracebackType
from typing import Self

from skm.akun import Hak, Tindakan
from skm.jawaban import Jawaban
from skm.periode import Periode
from skm.rekap import Cell, SkorCell, TabelNrr
from skm.store import answers as _answers
from skm.store import batches as _batches
from skm.store import cells as _cells
from skm.store import check as _check
from skm.store import keys as _keys
from skm.store import surveys as _surveys
from skm.store.cells import Saring
from skm.store.engine import make_engine, reading, writing
from skm.store.file_store import FileStore, trail_digest
from skm.store.forms import FormStore
from skm.store.migrations import migrate, schema_step
from skm.store.model import Batch, BatchBaru, RecapFault, SurveiInfo
from skm.store.places import places_of
from skm.store.reports import ReportStore
from skm.store.responses import RemarkStore
from skm.store.schema import jawaban
from skm.store.staff import StaffStore
from skm.survei import Kuesioner, Survei


def open_store(url: str) -> Store:
    """Return the store at a database address, its tables made or brought up to date.

    Raises SkmError for an address, file or server that cannot be used, and `skema-lebih-baru`.
    """
    engine = make_engine(url)
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store(FormStore, ReportStore, RemarkStore, StaffStore, FileStore):
    """Surveys, their answers and the counts of them. Safe to share between threads.

    What is done through it is done by `pelaku`, the program itself unless `acting` says otherwise:
    whatever that one may not do raises SkmError `hak-kurang` or `di-luar-batas`.

    Every method may raise SkmError for a database that is locked, full, read-only or away.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Store what waits, and close all connections."""
        self._shared.close()
        self.engine.dispose()

    def schema_step(self) -> int:
        """Return the number of the last step that the tables have taken."""
        with reading(self.engine) as conn:
            return schema_step(conn)

    def list_survei(self) -> tuple[SurveiInfo, ...]:
        """Return every survey with its respondents, by title."""
        with reading(self.engine) as conn:
            found = _surveys.list_survei(conn)
        return tuple(info for info in found if self.pelaku.may(Hak.LIHAT, info.id))

    def load_survei(self, survei_id: str) -> Survei:
        """Return a survey, with the questionnaire version in force. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _surveys.load_survei(conn, survei_id)

    def load_toml(self, survei_id: str) -> str:
        """Return a survey's file as it was saved. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _surveys.load_toml(conn, survei_id)

    def questionnaires(self, survei_id: str) -> dict[str, Kuesioner]:
        """Return the versions of a survey's questionnaire. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _surveys.questionnaires(conn, survei_id)

    def delete_survei(self, survei_id: str) -> None:
        """Delete a survey and everything of it. Raises SkmError `survei-tak-ada`."""
        with self._change(Hak.SURVEI, Tindakan.SURVEI_HAPUS, survei_id) as change:
            change.sebelum = trail_digest(_surveys.load_toml(change.conn, survei_id))
            _surveys.delete_survei(change.conn, survei_id)

    def was_deleted(self, survei_id: str) -> bool:
        """Return whether a survey of this id was ever deleted: a sample must not come back."""
        with reading(self.engine) as conn:
            return _surveys.was_deleted(conn, survei_id)

    def data_version(self, survei_id: str) -> int:
        """Return a number that grows with every change. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _surveys.data_version(conn, survei_id)

    def add_batch(
        self,
        survei_id: str,
        baru: BatchBaru,
        answers: Iterable[Jawaban],
        kemajuan: Callable[[int], None] | None = None,
    ) -> Batch:
        """Store answers, all or none; `kemajuan` hears how many are in, now and then.

        Raises SkmError `survei-tak-ada`, `kuesioner-tak-ada`, `berkas-sudah-diunggah`, or for the
        first answer that does not fit the survey `jawaban-tanpa-periode`, `-panjang`, `-nilai`,
        `-layanan-asing`, `-titik-asing`, `-profil-asing`.
        """
        with self._change(Hak.MASUKKAN, Tindakan.BATCH_TAMBAH, survei_id) as change:
            mine = self._inside(survei_id, answers) if self.pelaku.terbatas else answers
            made = _batches.add_batch(change.conn, survei_id, baru, mine, kemajuan)
            change.objek = made.id
            change.sesudah = {
                "berkas": made.nama_berkas,
                "sha256": made.sha256,
                "diterima": made.diterima,
                "ditolak": made.ditolak,
            }
            return made

    def _inside(self, survei_id: str, answers: Iterable[Jawaban]) -> Iterator[Jawaban]:
        for answer in answers:
            self.pelaku.need_place(survei_id, answer.titik, answer.layanan)
            yield answer

    def undo_batch(self, batch_id: str) -> Batch:
        """Take a batch's answers out again.

        Raises SkmError `batch-tak-ada`, `batch-sudah-batal`, `batch-disusutkan`.
        """
        with reading(self.engine) as conn:
            survei_id = _batches.get_batch(conn, batch_id).survei_id
        with self._change(Hak.MASUKKAN, Tindakan.BATCH_BATAL, survei_id, batch_id) as change:
            if self.pelaku.terbatas:
                _batches.need_places(change.conn, self.pelaku, batch_id)
            undone = _batches.undo_batch(change.conn, batch_id)
            change.sebelum = {"berkas": undone.nama_berkas, "diterima": undone.diterima}
            return undone

    def list_batches(self, survei_id: str) -> tuple[Batch, ...]:
        """Return a survey's batches, newest first, also the undone ones."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _batches.list_batches(conn, survei_id)

    def has_file(self, survei_id: str, sha256: str) -> bool:
        """Return whether an active batch was made from some sheet of the file with this SHA-256."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _batches.has_file(conn, survei_id, sha256)

    def find_batch(self, survei_id: str, sha256: str) -> Batch | None:
        """Return the active batch that was made from a sheet with this key."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _batches.find_batch(conn, survei_id, sha256)

    def count_known(self, survei_id: str, sidik: Collection[str]) -> dict[str, int]:
        """Return how many stored answers have each fingerprint; those with none are absent."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _batches.count_known(conn, survei_id, sidik)

    def cells(
        self,
        survei_id: str,
        periode: Periode | None = None,
        per: Collection[str] = (),
        layanan: str | None = None,
        titik: str | None = None,
        kanal: str | None = None,
        tanpa: frozenset[Periode] = frozenset(),
    ) -> list[Cell]:
        """Return the counts by stored period and by what `per` names: layanan, titik, kanal.

        Those of the periods in `tanpa` are left out.

        Raises SkmError `survei-tak-ada`, `kuesioner-unsur-hilang`; ValueError for another name.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            saring = Saring(periode, layanan, titik, kanal, tanpa)
            return _cells.cells(conn, survei_id, saring, per)

    def nrr_table(
        self, survei_id: str, periode: Periode | None = None, per: Collection[str] = ()
    ) -> TabelNrr:
        """Return the exact NRR of each question by stored period and by what `per` names.

        Raises as `cells`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _cells.nrr_table(conn, survei_id, Saring(periode), per)

    def scores(
        self,
        survei_id: str,
        periode: Periode | None = None,
        per: Collection[str] = (),
        layanan: str | None = None,
        titik: str | None = None,
        kanal: str | None = None,
        tanpa: frozenset[Periode] = frozenset(),
    ) -> list[SkorCell]:
        """Return the sums of respondents' scores, for a standard error. Raises as `cells`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            saring = Saring(periode, layanan, titik, kanal, tanpa)
            return _cells.scores(conn, survei_id, saring, per)

    def profil_counts(
        self,
        survei_id: str,
        periode: Periode | None = None,
        layanan: str | None = None,
        titik: str | None = None,
        kanal: str | None = None,
        tanpa: frozenset[Periode] = frozenset(),
    ) -> dict[str, dict[str, int]]:
        """Return respondents by profile field and option. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            saring = Saring(periode, layanan, titik, kanal, tanpa)
            return _cells.profil_counts(conn, survei_id, saring)

    def group_counts(
        self, survei_id: str, periode: Periode | None, dimension: str
    ) -> dict[str | None, int]:
        """Return respondents by layanan, titik or kanal; None is "not known". Raises as `cells`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _cells.group_counts(conn, survei_id, Saring(periode), dimension)

    def periods(self, survei_id: str) -> tuple[Periode, ...]:
        """Return the stored periods with answers, in order. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _cells.periods(conn, survei_id)

    def answers(
        self,
        survei_id: str,
        periode: Periode | None = None,
        layanan: str | None = None,
        titik: str | None = None,
        kanal: str | None = None,
        dikecualikan: bool = False,
    ) -> Iterator[Jawaban]:
        """Yield the answers that the counts are of, in the order they came in, as a stream.

        With `dikecualikan` those taken out of the counts. All are of one moment; a connection is
        held until the iterator ends or is closed. An account that is limited to some places gets
        those given there. Raises `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            _surveys.data_version(conn, survei_id)
            where = Saring(periode, layanan, titik, kanal).where(survei_id, jawaban)
            reason = jawaban.c.dikecualikan
            where.append(reason.is_not(None) if dikecualikan else reason.is_(None))
            where += places_of(self.pelaku.part_of(survei_id))
            yield from _answers.stream_answers(conn, where)

    def shared_key(self, nama: str) -> bytes:
        """Return a key of 32 bytes: the same for every node and after every restart."""
        with writing(self.engine) as conn:
            return _keys.shared_key(conn, nama)

    def check_recap(self, survei_id: str | None = None) -> tuple[RecapFault, ...]:
        """Return every count that differs from the answers; none is the expected result."""
        with reading(self.engine) as conn:
            return _check.check_recap(conn, survei_id)

    def rebuild_recap(self, survei_id: str | None = None) -> None:
        """Count one survey, or all, anew from the answers. Raises SkmError `survei-tak-ada`."""
        with self._change(Hak.CADANGAN, Tindakan.REKAP_HITUNG, survei_id or "") as change:
            _check.rebuild_recap(change.conn, survei_id)
