"""The part of the store that closing, reports and follow-up use. Each method: one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from skm.akun import Hak, Tindakan
from skm.jawaban import Baris
from skm.periode import Periode
from skm.store import closings as _closings
from skm.store import report_texts as _texts
from skm.store import retention as _retention
from skm.store import snapshot as _snapshot
from skm.store.acting import ActingStore
from skm.store.engine import reading
from skm.store.patterns import Lembaran
from skm.store.report_model import (
    AngkaTerbit,
    Peristiwa,
    Salinan,
    Susut,
    TindakBaru,
    TindakLanjut,
    Tutupan,
    TutupanBaru,
)


class ReportStore(ActingStore):
    """Closed periods, and what an office adds to its report.

    Whatever somebody may not do raises SkmError `hak-kurang`.
    """

    def snapshot(
        self, survei_id: str, periode: Periode, tanpa: frozenset[Periode] = frozenset()
    ) -> Salinan:
        """Return the answers of a period at this moment, without those of the periods in `tanpa`.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_all(survei_id)
        with reading(self.engine) as conn:
            return _snapshot.take_snapshot(conn, survei_id, periode, tanpa)

    def dated_rows(
        self, survei_id: str, periode: Periode, tanpa: frozenset[Periode] = frozenset()
    ) -> list[tuple[Baris, datetime | None, bool]]:
        """Return the counted answers of a period, each with its moment and whether it is marked.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_all(survei_id)
        with reading(self.engine) as conn:
            return _snapshot.dated_rows(conn, survei_id, periode, tanpa)

    def read_sheets(
        self, survei_id: str, periode: Periode, tanpa: frozenset[Periode] = frozenset()
    ) -> Lembaran:
        """Return how the counted sheets of a period were answered, and by whom: equal ones once.

        Without those of the periods in `tanpa`. Raises SkmError `survei-tak-ada`.
        """
        self._need_all(survei_id)
        with reading(self.engine) as conn:
            return self._shared.sheets.read(conn, survei_id, periode, tanpa)

    def closings(self, survei_id: str) -> tuple[Tutupan, ...]:
        """Return the closings in force, in the order of their periods. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _closings.list_closings(conn, survei_id)

    def closing_file(self, survei_id: str, sha256: str, nama: str) -> bytes:
        """Return the compressed "isi", "jawaban" or "saran" of a closing, also a reopened one.

        Raises SkmError `periode-tak-ditutup`.
        """
        if nama == "isi":  # the figures; the others hold what single people answered
            self._need_sight(survei_id)
        else:
            self._need_all(survei_id)
        with reading(self.engine) as conn:
            return _closings.closing_file(conn, survei_id, sha256, nama)

    def close_period(self, survei_id: str, baru: TutupanBaru) -> Tutupan:
        """Keep a period as it is in `baru`.

        Raises SkmError `survei-tak-ada`, `periode-sudah-ditutup`, `penutupan-ikut`,
        `penutupan-berubah`.
        """
        kode = baru.periode.kode
        with self._change(Hak.TUTUP, Tindakan.PERIODE_TUTUP, survei_id, kode) as change:
            closed = _closings.close_period(change.conn, survei_id, baru)
            change.sesudah = {"ke": closed.ke, "sha256": closed.sha256}
            return closed

    def publish_period(self, survei_id: str, periode: Periode) -> Tutupan:
        """Make a closed period public. Raises `survei-tak-ada`, `periode-tak-ditutup`."""
        with self._change(Hak.TERBIT, Tindakan.PERIODE_TERBIT, survei_id, periode.kode) as change:
            published = _closings.publish_period(change.conn, survei_id, periode)
            change.sesudah = {"sha256": published.sha256}
            return published

    def withdraw_period(self, survei_id: str, periode: Periode, alasan: str) -> Tutupan:
        """Take a period off the public page.

        Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `periode-tak-terbit`,
        `alasan-penutupan-kosong`.
        """
        with self._change(Hak.TERBIT, Tindakan.PERIODE_TARIK, survei_id, periode.kode) as change:
            withdrawn = _closings.withdraw_period(change.conn, survei_id, periode, alasan)
            change.sesudah = {"sha256": withdrawn.sha256, "alasan": alasan}
            return withdrawn

    def reopen_period(self, survei_id: str, periode: Periode, alasan: str) -> None:
        """Let answers move a period's figures again.

        Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `periode-di-dalam-tutupan`,
        `periode-disusutkan`, `alasan-penutupan-kosong`.
        """
        with self._change(Hak.TUTUP, Tindakan.PERIODE_BUKA, survei_id, periode.kode) as change:
            change.sesudah = {"alasan": alasan}
            _closings.reopen_period(change.conn, survei_id, periode, alasan)

    def events(self, survei_id: str, periode: Periode | None = None) -> tuple[Peristiwa, ...]:
        """Return what happened to a period, or to all, in order. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _closings.events(conn, survei_id, periode)

    def due_answers(self, survei_id: str, hari: date) -> tuple[Susut, ...]:
        """Return the periods whose answers are older than the survey keeps them, on a day.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _retention.due_answers(conn, survei_id, hari)

    def reduce_answers(self, survei_id: str, hari: date) -> tuple[Susut, ...]:
        """Delete those of closed periods; every figure stays. Raises SkmError `survei-tak-ada`."""
        with self._change(Hak.SURVEI, Tindakan.JAWABAN_SUSUT, survei_id, str(hari)) as change:
            reduced = _retention.reduce_answers(change.conn, survei_id, hari)
            change.sesudah = {s.periode.kode: s.jawaban for s in reduced}
            change.batal_catat = not reduced
            return reduced

    def published_figures(self, survei_id: str) -> tuple[AngkaTerbit, ...]:
        """Return what was typed from earlier publications. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _texts.published_figures(conn, survei_id)

    def set_published_figure(
        self, survei_id: str, periode: Periode, ikm: Decimal | None, sumber: str = ""
    ) -> None:
        """Keep what was published of a period, and where; None forgets it.

        Raises SkmError `survei-tak-ada`, `angka-terbit-rentang`, `angka-terbit-sumber`.
        """
        with self._change(Hak.NARASI, Tindakan.ANGKA_TERBIT, survei_id, periode.kode) as change:
            known = _texts.published_figures(change.conn, survei_id)
            before = next((a for a in known if a.periode == periode), None)
            change.sebelum = {"ikm": before.ikm, "sumber": before.sumber} if before else None
            change.sesudah = {"ikm": ikm, "sumber": sumber}
            _texts.set_published_figure(change.conn, survei_id, periode, ikm, sumber)

    def report_texts(self, survei_id: str, periode: Periode) -> dict[str, str]:
        """Return the office's own paragraphs by part: the period's, or the latest earlier ones.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _texts.report_texts(conn, survei_id, periode)

    def report_text_sources(self, survei_id: str, periode: Periode) -> dict[str, Periode]:
        """Return the period that each of these paragraphs was written for.

        Raises SkmError `survei-tak-ada`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _texts.report_text_sources(conn, survei_id, periode)

    def set_report_text(self, survei_id: str, periode: Periode, bagian: str, teks: str) -> None:
        """Keep a paragraph of the office's own. Raises `survei-tak-ada`, `teks-panjang`."""
        objek = f"{periode.kode} {bagian}"
        with self._change(Hak.NARASI, Tindakan.NARASI, survei_id, objek) as change:
            before = _texts.report_texts(change.conn, survei_id, periode).get(bagian, "")
            change.sebelum, change.sesudah = {"teks": before}, {"teks": teks}
            _texts.set_report_text(change.conn, survei_id, periode, bagian, teks)

    def follow_ups(
        self, survei_id: str, periode: Periode | None = None
    ) -> tuple[TindakLanjut, ...]:
        """Return the follow-up of a period, or of all. Raises SkmError `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _texts.follow_ups(conn, survei_id, periode)

    def add_follow_up(self, survei_id: str, baru: TindakBaru) -> TindakLanjut:
        """Keep a follow-up.

        Raises SkmError `survei-tak-ada`, `tindak-unsur-asing`, `tindak-layanan-asing`,
        `tindak-kosong`, `teks-panjang`.
        """
        return self.add_follow_ups(survei_id, [baru])[0]

    def add_follow_ups(
        self, survei_id: str, baru: Sequence[TindakBaru]
    ) -> tuple[TindakLanjut, ...]:
        """Keep several follow-ups, or none of them. Raises as `add_follow_up`."""
        with self._change(Hak.NARASI, Tindakan.TINDAK_TAMBAH, survei_id) as change:
            added = _texts.add_follow_ups(change.conn, survei_id, baru)
            change.objek = ", ".join(str(row.id) for row in added)
            change.sesudah = {str(row.id): row.isi.kegiatan for row in added}
            change.batal_catat = not added
            return added

    def change_follow_up(self, survei_id: str, nomor: int, baru: TindakBaru) -> TindakLanjut:
        """Write a follow-up anew; an unsur or layanan that has left the survey may stay.

        Raises as `add_follow_up`, and `tindak-tak-ada`.
        """
        with self._change(Hak.NARASI, Tindakan.TINDAK_UBAH, survei_id, str(nomor)) as change:
            before = _texts.find_follow_up(change.conn, survei_id, nomor)
            changed = _texts.change_follow_up(change.conn, survei_id, nomor, baru)
            change.sebelum, change.sesudah = _planned(before.isi), _planned(changed.isi)
            return changed

    def delete_follow_up(self, survei_id: str, nomor: int) -> None:
        """Forget a follow-up written by mistake. Raises `survei-tak-ada`, `tindak-tak-ada`."""
        with self._change(Hak.NARASI, Tindakan.TINDAK_HAPUS, survei_id, str(nomor)) as change:
            change.sebelum = _planned(_texts.find_follow_up(change.conn, survei_id, nomor).isi)
            _texts.delete_follow_up(change.conn, survei_id, nomor)


def _planned(isi: TindakBaru) -> dict[str, object]:
    """Return what the trail says of a follow-up."""
    names = (n for n in TindakBaru.__slots__ if n != "periode")
    return {"periode": isi.periode.kode, **{name: getattr(isi, name) for name in names}}
