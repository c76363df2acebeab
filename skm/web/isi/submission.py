"""One submission on its way: read, judged, stored, or handed back with everything in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from skm.analysis.kamus import built_in, plain_key, says_nothing
from skm.formulir import Teks, build_fields, find_flags, languages, read_form, read_stamp
from skm.formulir.render import (
    Halaman,
    Status,
    render_form,
    render_kept,
    render_sentence,
    split_steps,
)
from skm.formulir.stamp import sign_receipt
from skm.formulir.texts import INDONESIA
from skm.jawaban import Jawaban
from skm.kiriman import Kiriman, Tanda
from skm.store import Resi, Tautan
from skm.survei import Kuesioner, Survei
from skm.web.isi.desk import SHARED, Desk, NoStoreError, new_submit_id, place_of
from skm.web.isi.headers import page, page_headers
from skm.web.isi.script import script_name

GRACE = timedelta(hours=24)
"""How long after it was opened a page may still be sent although its placement has closed."""
MAX_SECONDS = 86_400
OWN_DEVICE = "private, no-cache"
"""A step is the answer to a POST: with no-store, the browser's own way back would end in an error
page. Only where the device is the respondent's own, and only in its own memory.
"""

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Pengirim:
    """Who sends, as far as the limiter needs it: an address and a kind of browser. Never kept."""

    alamat: str | None
    perangkat: str


def receive(desk: Desk, kode: str, bahasa: str | None, pairs: Pairs, dari: Pengirim) -> Response:
    """Store a submission and lead to the thanks; whatever fails, the answers come back."""
    try:
        found = desk.find(kode)
    except NoStoreError:
        found = desk.recall(kode)
        if found is None:
            return page(render_kept(kode, pairs, bahasa), 503, Retry_After="10")
    if found is None:
        return page(render_sentence("tidak-ada", bahasa), 404)
    return _Submission(desk, *found, bahasa, pairs, dari).answer()


class _Submission:
    """What was sent, with all that decides what becomes of it."""

    def __init__(
        self,
        desk: Desk,
        tautan: Tautan,
        survei: Survei,
        bahasa: str | None,
        pairs: Pairs,
        dari: Pengirim,
    ) -> None:
        self._desk, self._tautan, self._survei, self._dari = desk, tautan, survei, dari
        self._now = desk.clock()
        given = next((value for name, value in pairs if name == "cap"), "")
        self._cap = read_stamp(desk.secret, tautan.kode, given)
        self._kuesioner = self._earlier_questions()
        self._terbaca = read_form(
            survei, tautan.titik, tautan.layanan, pairs, self._now, self._kuesioner, self._cap
        )
        ganti = self._terbaca.ganti
        self._bahasa = ganti if ganti in languages(survei) else Teks(bahasa, survei).bahasa
        fields = build_fields(survei, None, tautan.layanan, self._kuesioner)
        stepwise = survei.formulir.halaman == "per-pertanyaan"
        self._steps = [{f.nama for f in s} for s in split_steps(fields)] if stepwise else []

    def answer(self) -> Response:
        """Return the page that follows."""
        if not self._tautan.aktif and not self._opened_in_time():
            self._desk.visits.add(self._tautan.kode, "tertutup")
            return page(render_sentence("tertutup", self._bahasa, self._survei), 410)
        here = min(self._terbaca.langkah, len(self._steps))
        if self._terbaca.ganti:
            return self._back(200, langkah=here)
        if here and (here < len(self._steps) or self._terbaca.arah == "kembali"):
            return self._turn(here)
        if self._terbaca.jawaban is None or self._terbaca.id_kirim is None:
            return self._back(422, langkah=here, salah=True)
        return self._store(self._terbaca.jawaban, self._terbaca.id_kirim)

    def _turn(self, here: int) -> Response:
        """Return the step before or after this one; forwards only once this one is filled in."""
        if self._terbaca.arah == "kembali":
            return self._back(200, langkah=here - 1)
        salah = self._terbaca.salah
        if any(salah[name].kode != "formulir-tanpa-jawaban" for name in self._faults_at(here)):
            return self._back(422, langkah=here, salah=True)
        return self._back(200, langkah=here + 1)

    def _store(self, jawaban: Jawaban, id_kirim: str) -> Response:
        desk, tautan = self._desk, self._tautan
        alamat = None if tautan.kanal in SHARED else self._dari.alamat
        verdict = desk.limiter.judge(tautan.kode, alamat, self._dari.perangkat, self._now)
        if verdict.tunggu:
            return self._back(429, status="sering", detik=verdict.tunggu)
        given = self._terbaca.waktu
        detik = self._cap.seconds_until(given) if self._cap else None
        flags = find_flags(self._survei, jawaban.nilai, detik, given) | verdict.tanda
        if self._terbaca.terjebak:  # only a program fills in what nobody sees
            flags |= {Tanda.JEBAKAN}
        detik = None if detik is None else min(detik, MAX_SECONDS)
        versi = self._kuesioner.versi if self._kuesioner else None
        try:
            resi = desk.store_of().submit(tautan, Kiriman(id_kirim, jawaban, flags, detik), versi)
        except Exception as error:  # whatever it is, the answers are not lost
            desk.log("an answer could not be stored", error)
            return self._back(503, status="gagal", detik=10)
        if resi.baru:
            desk.limiter.remember(tautan.kode, alamat, self._dari.perangkat, self._now)
            self._count_start()
        return self._thanks(resi)

    def _thanks(self, resi: Resi) -> Response:
        kode = self._tautan.kode
        given = (resi.kode_saran if self._awaits_reply() else None) or ""
        query = {"r": resi.tanggapan, **({"k": given} if given else {})}
        query["s"] = sign_receipt(self._desk.secret, kode, resi.tanggapan, given)
        if self._bahasa != INDONESIA:
            query["bahasa"] = self._bahasa
        address = f"{kode}/terima-kasih?{urlencode(query)}"
        return RedirectResponse(address, status_code=303, headers=page_headers())

    def _awaits_reply(self) -> bool:
        """Return whether there is something to answer: "tidak ada" needs no code to be kept."""
        jawaban = self._terbaca.jawaban
        return bool(
            jawaban and jawaban.saran and not says_nothing(plain_key(jawaban.saran), built_in())
        )

    def _back(
        self,
        kode: int,
        langkah: int = 0,
        salah: bool = False,
        status: Status | None = None,
        detik: int = 0,
    ) -> Response:
        """Return the form with everything that was filled in."""
        self._count_start()
        faults = self._terbaca.salah if salah else {}
        if self._steps:
            langkah = self._step_to_show(langkah or len(self._steps) * bool(status), salah)
            faults = {name: faults[name] for name in self._faults_at(langkah) if salah} or faults
        halaman = Halaman(
            survei=self._survei,
            tempat=place_of(self._tautan),
            id_kirim=self._terbaca.id_kirim or new_submit_id(),
            cap=self._terbaca.cap,
            bahasa=self._bahasa,
            kuesioner=self._kuesioner,
            nilai=self._terbaca.nilai,
            salah=faults,
            status=status,
            detik=detik,
            langkah=langkah,
        )
        extra = {"Retry_After": str(detik)} if detik else {}
        if langkah and self._tautan.kanal not in SHARED:
            extra["Cache_Control"] = OWN_DEVICE
        skrip = f"aset/{script_name(halaman.tempat.kios)}"
        return page(render_form(halaman, skrip), kode, **extra)

    def _step_to_show(self, langkah: int, salah: bool) -> int:
        """Return a step that there is: the one asked for, or the first with a fault."""
        here = min(max(langkah, 1), len(self._steps))
        if not salah or self._faults_at(here):
            return here
        faulty = (i for i in range(1, len(self._steps) + 1) if self._faults_at(i))
        return next(faulty, here)

    def _faults_at(self, langkah: int) -> list[str]:
        return [name for name in self._terbaca.salah if name in self._steps[langkah - 1]]

    def _earlier_questions(self) -> Kuesioner | None:
        """Return the questions that the respondent saw, where they are not those in force."""
        if self._cap is None or self._cap.versi == self._survei.kuesioner.versi:
            return None
        try:
            return self._desk.store_of().questionnaires(self._survei.id).get(self._cap.versi)
        except Exception as error:  # those in force are read instead
            self._desk.log("no earlier questions", error)
            return None

    def _opened_in_time(self) -> bool:
        return self._cap is not None and timedelta(0) <= self._now - self._cap.waktu <= GRACE

    def _count_start(self) -> None:
        """Count the start once; every page that follows says that it was counted."""
        if not self._terbaca.dimulai:
            self._desk.visits.add(self._tautan.kode, "dimulai")
            self._terbaca = replace(self._terbaca, dimulai=True)
