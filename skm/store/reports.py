"""The part of the store that closing, reports and follow-up use. Each method: one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine

from skm.periode import Periode
from skm.store import closings as _closings
from skm.store import report_texts as _texts
from skm.store import retention as _retention
from skm.store import snapshot as _snapshot
from skm.store.engine import reading, writing
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


class ReportStore:
    """Closed periods, and what an office adds to its report."""

    engine: Engine

    def snapshot(
        self, survei_id: str, periode: Periode, tanpa: frozenset[Periode] = frozenset()
    ) -> Salinan:
        """Return the answers of a period at this moment, without those of the periods in `tanpa`.

        Raises SkmError `survei-tak-ada`.
        """
        with reading(self.engine) as conn:
            return _snapshot.take_snapshot(conn, survei_id, periode, tanpa)

    def closings(self, survei_id: str) -> tuple[Tutupan, ...]:
        """Return the closings in force, in the order of their periods. Raises `survei-tak-ada`."""
        with reading(self.engine) as conn:
            return _closings.list_closings(conn, survei_id)

    def closing_file(self, survei_id: str, sha256: str, nama: str) -> bytes:
        """Return the compressed "isi", "jawaban" or "saran" of a closing, also a reopened one.

        Raises SkmError `periode-tak-ditutup`.
        """
        with reading(self.engine) as conn:
            return _closings.closing_file(conn, survei_id, sha256, nama)

    def close_period(self, survei_id: str, baru: TutupanBaru) -> Tutupan:
        """Keep a period as it is in `baru`.

        Raises SkmError `survei-tak-ada`, `periode-sudah-ditutup`, `penutupan-ikut`,
        `penutupan-berubah`.
        """
        with writing(self.engine) as conn:
            return _closings.close_period(conn, survei_id, baru)

    def publish_period(self, survei_id: str, periode: Periode) -> Tutupan:
        """Make a closed period public. Raises `survei-tak-ada`, `periode-tak-ditutup`."""
        with writing(self.engine) as conn:
            return _closings.publish_period(conn, survei_id, periode)

    def withdraw_period(self, survei_id: str, periode: Periode, alasan: str) -> Tutupan:
        """Take a period off the public page.

        Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `periode-tak-terbit`,
        `alasan-penutupan-kosong`.
        """
        with writing(self.engine) as conn:
            return _closings.withdraw_period(conn, survei_id, periode, alasan)

    def reopen_period(self, survei_id: str, periode: Periode, alasan: str) -> None:
        """Let answers move a period's figures again.

        Raises SkmError `survei-tak-ada`, `periode-tak-ditutup`, `periode-di-dalam-tutupan`,
        `periode-disusutkan`, `alasan-penutupan-kosong`.
        """
        with writing(self.engine) as conn:
            _closings.reopen_period(conn, survei_id, periode, alasan)

    def events(self, survei_id: str, periode: Periode | None = None) -> tuple[Peristiwa, ...]:
        """Return what happened to a period, or to all, in order. Raises `survei-tak-ada`."""
        with reading(self.engine) as conn:
            return _closings.events(conn, survei_id, periode)

    def due_answers(self, survei_id: str, hari: date) -> tuple[Susut, ...]:
        """Return the periods whose answers are older than the survey keeps them, on a day.

        Raises SkmError `survei-tak-ada`.
        """
        with reading(self.engine) as conn:
            return _retention.due_answers(conn, survei_id, hari)

    def reduce_answers(self, survei_id: str, hari: date) -> tuple[Susut, ...]:
        """Delete those of closed periods; every figure stays. Raises SkmError `survei-tak-ada`."""
        with writing(self.engine) as conn:
            return _retention.reduce_answers(conn, survei_id, hari)

    def published_figures(self, survei_id: str) -> tuple[AngkaTerbit, ...]:
        """Return what was typed from earlier publications. Raises `survei-tak-ada`."""
        with reading(self.engine) as conn:
            return _texts.published_figures(conn, survei_id)

    def set_published_figure(
        self, survei_id: str, periode: Periode, ikm: Decimal | None, sumber: str = ""
    ) -> None:
        """Keep what was published of a period, and where; None forgets it.

        Raises SkmError `survei-tak-ada`, `angka-terbit-rentang`, `angka-terbit-sumber`.
        """
        with writing(self.engine) as conn:
            _texts.set_published_figure(conn, survei_id, periode, ikm, sumber)

    def report_texts(self, survei_id: str, periode: Periode) -> dict[str, str]:
        """Return the office's own paragraphs by part: the period's, or the latest earlier ones.

        Raises SkmError `survei-tak-ada`.
        """
        with reading(self.engine) as conn:
            return _texts.report_texts(conn, survei_id, periode)

    def report_text_sources(self, survei_id: str, periode: Periode) -> dict[str, Periode]:
        """Return the period that each of these paragraphs was written for.

        Raises SkmError `survei-tak-ada`.
        """
        with reading(self.engine) as conn:
            return _texts.report_text_sources(conn, survei_id, periode)

    def set_report_text(self, survei_id: str, periode: Periode, bagian: str, teks: str) -> None:
        """Keep a paragraph of the office's own. Raises `survei-tak-ada`, `teks-panjang`."""
        with writing(self.engine) as conn:
            _texts.set_report_text(conn, survei_id, periode, bagian, teks)

    def follow_ups(
        self, survei_id: str, periode: Periode | None = None
    ) -> tuple[TindakLanjut, ...]:
        """Return the follow-up of a period, or of all. Raises SkmError `survei-tak-ada`."""
        with reading(self.engine) as conn:
            return _texts.follow_ups(conn, survei_id, periode)

    def add_follow_up(self, survei_id: str, baru: TindakBaru) -> TindakLanjut:
        """Keep a follow-up.

        Raises SkmError `survei-tak-ada`, `tindak-unsur-asing`, `tindak-layanan-asing`,
        `tindak-kosong`, `teks-panjang`.
        """
        with writing(self.engine) as conn:
            return _texts.add_follow_up(conn, survei_id, baru)

    def add_follow_ups(
        self, survei_id: str, baru: Sequence[TindakBaru]
    ) -> tuple[TindakLanjut, ...]:
        """Keep several follow-ups, or none of them. Raises as `add_follow_up`."""
        with writing(self.engine) as conn:
            return _texts.add_follow_ups(conn, survei_id, baru)

    def change_follow_up(self, survei_id: str, nomor: int, baru: TindakBaru) -> TindakLanjut:
        """Write a follow-up anew; an unsur or layanan that has left the survey may stay.

        Raises as `add_follow_up`, and `tindak-tak-ada`.
        """
        with writing(self.engine) as conn:
            return _texts.change_follow_up(conn, survei_id, nomor, baru)

    def delete_follow_up(self, survei_id: str, nomor: int) -> None:
        """Forget a follow-up written by mistake. Raises `survei-tak-ada`, `tindak-tak-ada`."""
        with writing(self.engine) as conn:
            _texts.delete_follow_up(conn, survei_id, nomor)
