"""The part of the store that the form, paper entry and their pages use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from skm.akun import Hak, Tindakan
from skm.jawaban import Kanal
from skm.kiriman import Kiriman, Tanda
from skm.periode import Periode
from skm.rekap import Cell
from skm.store import audit as _audit
from skm.store import cells as _cells
from skm.store import daily as _daily
from skm.store import double_entry as _double_entry
from skm.store import exclusions as _exclusions
from skm.store import placements as _placements
from skm.store import populations as _populations
from skm.store import sheets as _sheets
from skm.store import submissions as _submissions
from skm.store import surveys as _surveys
from skm.store.acting import ActingStore
from skm.store.cells import Saring
from skm.store.double_entry import EntriGanda
from skm.store.engine import reading, writing
from skm.store.model import Ditandai, Harian, Lembar, Resi, Tautan, TautanBaru
from skm.store.together import store_one
from skm.survei import Survei


class FormStore(ActingStore):
    """Placements, single answers and what is noticed about them. Each method: one transaction.

    Whatever somebody may not do raises SkmError `hak-kurang` or `di-luar-batas`.
    """

    def add_tautan(self, survei_id: str, baru: Sequence[TautanBaru]) -> tuple[Tautan, ...]:
        """Make placements, all or none; return them in the given order.

        Raises SkmError `survei-tak-ada`, `tautan-titik-asing`, `tautan-layanan-asing`.
        """
        for one in baru:
            self.pelaku.need_place(survei_id, one.titik, one.layanan)
        with self._change(Hak.TAUTAN, Tindakan.TAUTAN_BUAT, survei_id) as change:
            made = _placements.add_tautan(change.conn, survei_id, baru)
            change.objek = made[0].kode if len(made) == 1 else ""
            change.sesudah = {"kode": [tautan.kode for tautan in made]}
            return made

    def list_tautan(self, survei_id: str) -> tuple[Tautan, ...]:
        """Return a survey's placements in the order they were made. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _placements.list_tautan(conn, survei_id)

    def find_tautan(self, kode: str) -> Tautan | None:
        """Return the placement of a code, as printed; None for any other text."""
        with reading(self.engine) as conn:
            return _placements.find_tautan(conn, kode)

    async def find_form(self, kode: str) -> tuple[Tautan, Survei] | None:
        """Return the placement of a code with its survey, without holding up an event loop.

        Those who ask at the same time share one look at the database, made after they asked.
        """
        return await self._shared.finder.ask_soon(kode)

    def change_mark(self) -> int | None:
        """Return a number that is another one after every commit; None where nobody can say.

        What was read after one `change_mark` holds as long as the next ones are the same.
        """
        return self._shared.mark.read()

    def change_tautan(
        self, kode: str, nama: str | None = None, aktif: bool | None = None
    ) -> Tautan:
        """Rename a placement, close it or open it again. Raises SkmError `tautan-tak-ada`."""
        known = self.find_tautan(kode)
        survei_id = known.survei_id if known else ""
        if known:
            self.pelaku.need_place(survei_id, known.titik, known.layanan)
        with self._change(Hak.TAUTAN, Tindakan.TAUTAN_UBAH, survei_id, kode) as change:
            change.sebelum = {"nama": known.nama, "aktif": known.aktif} if known else None
            changed = _placements.change_tautan(change.conn, kode, nama, aktif)
            change.sesudah = {"nama": changed.nama, "aktif": changed.aktif}
            return changed

    def count_visits(self, deltas: Mapping[tuple[str, str], int]) -> None:
        """Add visits by (code, "dilihat" | "dimulai" | "tertutup"); codes that are gone pass."""
        with writing(self.engine) as conn:
            _placements.count_visits(conn, deltas)

    def submit(self, tautan: Tautan, kiriman: Kiriman, versi: str | None = None) -> Resi:
        """Store one answer durably; sent again it gives the first receipt and stores nothing.

        `versi` is the questionnaire that the respondent saw; None means the one in force. Those
        that come at the same time share a transaction. Raises SkmError `kiriman-id`,
        `tautan-tak-ada`, `survei-tak-ada`, `kuesioner-tak-ada`, `antrean-penuh`,
        `antrean-ditutup`, and the `jawaban-…` codes of `add_batch`.
        """
        return self._shared.writer.ask(_submissions.from_form(tautan, kiriman, versi))

    async def submit_soon(
        self, tautan: Tautan, kiriman: Kiriman, versi: str, survei: Survei
    ) -> Resi:
        """As `submit`, without holding up an event loop, for an answer judged from memory.

        Raises StaleError where the survey is no longer `survei`, or the placement was closed or
        opened: what was judged by them is to be judged again. Otherwise as `submit`.
        """
        terlihat = _submissions.Terlihat(survei, tautan.aktif)
        masuk = _submissions.from_form(tautan, kiriman, versi, terlihat)
        return await self._shared.writer.ask_soon(masuk)

    def add_sheet(
        self,
        survei_id: str,
        titik: str | None,
        layanan: str | None,
        kiriman: Kiriman,
        *,
        sesi: str,
        kanal: Kanal = Kanal.KERTAS,
        versi: str | None = None,
    ) -> Resi:
        """Store one keyed sheet of the sitting `sesi`; it names a day or a period. As `submit`.

        `titik` and `layanan` count; those inside the sheet only where these are None.
        """
        inside = kiriman.jawaban
        answer = replace(inside, titik=titik or inside.titik, layanan=layanan or inside.layanan)
        kiriman = replace(kiriman, jawaban=answer)
        self.pelaku.need_place(survei_id, answer.titik, answer.layanan)
        masuk = _submissions.from_paper(survei_id, kiriman, sesi, kanal, versi)
        with self._change(Hak.MASUKKAN, Tindakan.LEMBAR_TAMBAH, survei_id, kiriman.id_kirim) as ch:
            resi = store_one(ch.conn, self._gates, masuk)
            ch.batal_catat = not resi.baru
            return resi

    def correct_sheet(
        self, id_kirim: str, kiriman_baru: Kiriman, versi: str | None = None
    ) -> Lembar:
        """Replace what a keyed sheet holds. `versi` None keeps its questionnaire.

        Time and period, titik, layanan that are None stay as they were. Raises SkmError
        `lembar-ketikan-tak-ada`, `kuesioner-tak-ada`, and the `jawaban-…` codes.
        """
        survei_id, _ = self._sheet(id_kirim)
        after, need_place = kiriman_baru.jawaban, self.pelaku.need_place
        with self._change(Hak.MASUKKAN, Tindakan.LEMBAR_UBAH, survei_id, id_kirim) as change:
            _surveys.lock_survei(change.conn, survei_id)
            _, before = _sheets.find_sheet(change.conn, id_kirim)
            old = before.jawaban
            need_place(survei_id, old.titik, old.layanan)
            need_place(survei_id, after.titik or old.titik, after.layanan or old.layanan)
            changed = _sheets.correct_sheet(change.conn, self._gates, id_kirim, kiriman_baru, versi)
            change.sebelum, change.sesudah = _filled(before), _filled(changed)
            return changed

    def _sheet(self, id_kirim: str) -> tuple[str, Lembar]:
        with reading(self.engine) as conn:
            return _sheets.find_sheet(conn, id_kirim)

    def list_sheets(self, sesi: str, limit: int = 10) -> tuple[Lembar, ...]:
        """Return the last keyed sheets of a sitting, newest first. Raises `hak-kurang`."""
        self._need(Hak.MASUKKAN)
        with reading(self.engine) as conn:
            found = _sheets.list_sheets(conn, sesi, limit)
        sees = self.pelaku.sees
        return tuple(s for i, s in found if sees(i, s.jawaban.titik, s.jawaban.layanan))

    def save_double_entry(
        self, survei_id: str, sesi: str, lembar: int, isian: int, berbeda: int
    ) -> None:
        """Keep what keying sheets of a sitting twice showed, in place of an earlier result.

        Raises SkmError `survei-tak-ada`, ValueError for counts that contradict each other.
        """
        with self._change(Hak.MASUKKAN, Tindakan.ENTRI_GANDA, survei_id, sesi) as change:
            change.sesudah = {"lembar": lembar, "isian": isian, "berbeda": berbeda}
            _double_entry.save_double_entry(change.conn, survei_id, sesi, lembar, isian, berbeda)

    def double_entries(self, survei_id: str) -> tuple[EntriGanda, ...]:
        """Return a survey's results of double entry, newest first. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _double_entry.double_entries(conn, survei_id)

    def exclude(self, survei_id: str, ids: Collection[int], alasan: str) -> int:
        """Take answers out of the counts, for a reason; return how many were in them.

        Raises SkmError `survei-tak-ada` or `alasan-kosong`.
        """
        with self._change(Hak.KECUALIKAN, Tindakan.JAWABAN_KECUALI, survei_id) as change:
            _exclusions.need_places(change.conn, self.pelaku, ids)
            changed = _exclusions.exclude(change.conn, survei_id, ids, alasan)
            change.sesudah = {"jawaban": sorted(ids), "alasan": alasan, "berubah": changed}
            return changed

    def include(self, ids: Collection[int]) -> int:
        """Take answers into the counts again; return how many were out of them.

        The trail gets an entry for each survey whose answers these are, since each survey's own
        trail has to say what changed its figures.
        """
        with self._change(Hak.KECUALIKAN, Tindakan.JAWABAN_HITUNG) as change:
            change.batal_catat = True
            _exclusions.need_places(change.conn, self.pelaku, ids)
            included = _exclusions.include(change.conn, ids)
            for survei_id, these in included.items():
                after = {"jawaban": sorted(these), "berubah": len(these)}
                act = Tindakan.JAWABAN_HITUNG
                _audit.append(change.conn, self.pelaku, act, survei_id, sesudah=after)
            return sum(map(len, included.values()))

    def flagged(
        self,
        survei_id: str,
        periode: Periode | None = None,
        tanda: Tanda | None = None,
        limit: int = 500,
    ) -> tuple[Ditandai, ...]:
        """Return marked answers and those taken out, newest first. Raises `survei-tak-ada`.

        An account that is limited to some places gets those given there.
        """
        self._need_sight(survei_id)
        part = self.pelaku.part_of(survei_id)
        with reading(self.engine) as conn:
            return _exclusions.flagged(conn, survei_id, periode, tanda, limit, part)

    def flag_counts(self, survei_id: str, periode: Periode | None = None) -> dict[str, int]:
        """Return how many answers have each mark, taken out or not. Raises `survei-tak-ada`."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _exclusions.flag_counts(conn, survei_id, periode)

    def excluded_cells(
        self, survei_id: str, periode: Periode | None = None, per: Collection[str] = ()
    ) -> list[Cell]:
        """Return the counts of what was taken out: `cells` plus these is everything received."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _cells.excluded_cells(conn, survei_id, Saring(periode), per)

    def daily_counts(
        self, survei_id: str, dari: date, sampai: date, per: Collection[str] = _daily.DIMENSI
    ) -> tuple[Harian, ...]:
        """Return answers by day of the office's calendar, both ends included, in order.

        `per` names what they are split by besides. Raises as `cells`.
        """
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _daily.daily_counts(conn, survei_id, dari, sampai, per)

    def set_population(
        self, survei_id: str, periode: Periode, layanan: str | None, jumlah: int | None
    ) -> None:
        """Keep the people served by one layanan, or by all (None); `jumlah` None forgets it.

        Raises SkmError `survei-tak-ada`, `populasi-layanan-asing`, `populasi-jumlah`.
        """
        with self._change(Hak.NARASI, Tindakan.POPULASI, survei_id, periode.kode) as change:
            before = _populations.populations(change.conn, survei_id, periode).get(layanan)
            change.sebelum = {"layanan": layanan, "jumlah": before}
            change.sesudah = {"layanan": layanan, "jumlah": jumlah}
            change.batal_catat = before == jumlah
            _populations.set_population(change.conn, survei_id, periode, layanan, jumlah)

    def populations(self, survei_id: str, periode: Periode) -> dict[str | None, int]:
        """Return the people served by layanan in exactly this period; None is the whole unit."""
        self._need_sight(survei_id)
        with reading(self.engine) as conn:
            return _populations.populations(conn, survei_id, periode)


def _filled(lembar: Lembar) -> dict[str, object]:
    """Return what the trail says of a sheet: values and place, never its free text."""
    isi = lembar.jawaban
    return {
        "nilai": list(isi.nilai),
        "titik": isi.titik,
        "layanan": isi.layanan,
        "profil": dict(isi.profil),
        "bersaran": bool(isi.saran),
    }
