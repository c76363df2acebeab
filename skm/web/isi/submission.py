"""One submission on its way: read, judged, stored, or handed back with everything in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Self
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from skm.analysis.kamus import built_in, plain_key, says_nothing
from skm.formulir import Teks, find_flags, languages, read_stamp
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
from skm.store import Resi, StaleError, Tautan
from skm.survei import Kuesioner, Survei
from skm.web.isi.desk import SHARED, Desk, NoStoreError, new_submit_id, place_of
from skm.web.isi.headers import page, see_other
from skm.web.isi.limiter import Putusan
from skm.web.isi.script import script_name

GRACE = timedelta(hours=24)
"""How long after it was opened a page may still be sent although its placement has closed."""
MAX_SECONDS = 86_400
SHORT = 4_000
"""Letters that are read on the event loop; longer submissions are read beside it."""
TRIES = 3
"""How often a submission is judged anew because its survey or placement changed meanwhile."""
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
    folder: str = "."
    """The path under which this program's forms are reached: the thanks are below it."""


async def receive(
    desk: Desk, kode: str, bahasa: str | None, pairs: Pairs, dari: Pengirim
) -> Response:
    """Store a submission and lead to the thanks; whatever fails, the answers come back.

    Most fit what was last read of their placement and go straight to the store, which looks
    whether it still holds. All others are judged by what is read now, off the event loop.
    """
    known, verdict = desk.recall(kode), None
    if known is not None:
        sent = _Submission(desk, *known, bahasa, pairs, dari)
        if sent.is_simple() and (ready := sent.read().ready()) is not None:
            with suppress(StaleError):
                return await sent.store(*ready)
        verdict = sent.verdict
    for _ in range(TRIES):
        try:
            known = await desk.find(kode)
        except NoStoreError:
            if known is None:
                return page(render_kept(kode, pairs, bahasa), 503, Retry_After="10")
        if known is None:
            return page(render_sentence("tidak-ada", bahasa), 404)
        sent = _Submission(desk, *known, bahasa, pairs, dari, verdict)
        ready = (await run_in_threadpool(sent.read)).ready()
        if ready is None:
            return await run_in_threadpool(sent.answer)
        with suppress(StaleError):
            return await sent.store(*ready)
        verdict = sent.verdict
    return page(render_kept(kode, pairs, bahasa), 503, Retry_After="10")


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
        verdict: Putusan | None = None,
    ) -> None:
        self._desk, self._tautan, self._survei, self._dari = desk, tautan, survei, dari
        self.verdict = verdict
        """What the limiter said; asked once, however often the submission is judged."""
        self._pairs, self._asked = pairs, bahasa
        self._now = desk.clock()
        given = next((value for name, value in pairs if name == "cap"), "")
        self._cap = read_stamp(desk.secret, tautan.kode, given)
        self._kuesioner: Kuesioner | None = None

    def read(self) -> Self:
        """Read what was sent, by the questions that the respondent saw; return itself."""
        survei, tautan = self._survei, self._tautan
        if self._is_earlier():
            self._kuesioner = self._earlier_questions()
        form = self._desk.form_of(survei, tautan.layanan, self._kuesioner)
        self._terbaca = form.read(tautan.titik, self._pairs, self._now, self._cap)
        ganti = self._terbaca.ganti
        self._bahasa = ganti if ganti in languages(survei) else Teks(self._asked, survei).bahasa
        by_step = split_steps(form.isian) if survei.formulir.halaman == "per-pertanyaan" else []
        self._steps = [{item.nama for item in step} for step in by_step]
        return self

    def ready(self) -> tuple[Jawaban, str] | None:
        """Return the answer and its `id_kirim` where it can be stored now; else see `answer`."""
        read = self._terbaca
        here = min(read.langkah, len(self._steps))
        elsewhere = here and (here < len(self._steps) or read.arah == "kembali")
        if read.ganti or elsewhere or not (self._tautan.aktif or self._opened_in_time()):
            return None
        if read.jawaban is None or read.id_kirim is None:
            return None
        if self.verdict is None:
            self.verdict = self._desk.limiter.judge(
                self._tautan.kode, self._alamat(), self._dari.perangkat, self._now
            )
        return None if self.verdict.tunggu else (read.jawaban, read.id_kirim)

    def answer(self) -> Response:
        """Return the page that follows on what cannot be stored, or not yet."""
        if not self._tautan.aktif and not self._opened_in_time():
            self._desk.visits.add(self._tautan.kode, "tertutup")
            return page(render_sentence("tertutup", self._bahasa, self._survei), 410)
        here = min(self._terbaca.langkah, len(self._steps))
        if self._terbaca.ganti:
            return self._back(200, langkah=here)
        if here and (here < len(self._steps) or self._terbaca.arah == "kembali"):
            return self._turn(here)
        if self.verdict is not None and self.verdict.tunggu:
            return self._back(429, status="sering", detik=self.verdict.tunggu)
        return self._back(422, langkah=here, salah=True)

    async def store(self, jawaban: Jawaban, id_kirim: str) -> Response:
        """Store what `ready` returned; raises StaleError where it is to be judged again."""
        desk, tautan = self._desk, self._tautan
        given = self._terbaca.waktu
        detik = self._cap.seconds_until(given) if self._cap else None
        flags = find_flags(self._survei, jawaban.nilai, detik, given)
        flags |= self.verdict.tanda if self.verdict else frozenset()
        if self._terbaca.terjebak:  # only a program fills in what nobody sees
            flags |= {Tanda.JEBAKAN}
        detik = None if detik is None else min(detik, MAX_SECONDS)
        versi = (self._kuesioner or self._survei.kuesioner).versi
        sheet = Kiriman(id_kirim, jawaban, flags, detik)
        try:
            resi = await desk.store_of().submit_soon(tautan, sheet, versi, self._survei)
        except StaleError:
            raise
        except Exception as error:  # whatever it is, the answers are not lost
            desk.log("an answer could not be stored", error)
            return await run_in_threadpool(self._back, 503, status="gagal", detik=10)
        if resi.baru:
            desk.limiter.remember(tautan.kode, self._alamat(), self._dari.perangkat, self._now)
            self._count_start()
        return self._thanks(resi)

    def _alamat(self) -> str | None:
        return None if self._tautan.kanal in SHARED else self._dari.alamat

    def _turn(self, here: int) -> Response:
        """Return the step before or after this one; forwards only once this one is filled in."""
        if self._terbaca.arah == "kembali":
            return self._back(200, langkah=here - 1)
        salah = self._terbaca.salah
        if any(salah[name].kode != "formulir-tanpa-jawaban" for name in self._faults_at(here)):
            return self._back(422, langkah=here, salah=True)
        return self._back(200, langkah=here + 1)

    def _thanks(self, resi: Resi) -> Response:
        kode = self._tautan.kode
        given = (resi.kode_saran if self._awaits_reply() else None) or ""
        query = {"r": resi.tanggapan, **({"k": given} if given else {})}
        query["s"] = sign_receipt(self._desk.secret, kode, resi.tanggapan, given)
        if self._bahasa != INDONESIA:
            query["bahasa"] = self._bahasa
        return see_other(f"{self._dari.folder}/{kode}/terima-kasih?{urlencode(query)}")

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

    def is_simple(self) -> bool:
        """Return whether it can be read in no time: short, and of the questions in force."""
        return not self._is_earlier() and sum([len(value) for _, value in self._pairs]) <= SHORT

    def _is_earlier(self) -> bool:
        return self._cap is not None and self._cap.versi != self._survei.kuesioner.versi

    def _earlier_questions(self) -> Kuesioner | None:
        """Return the questions that the respondent saw, where they are known."""
        if self._cap is None:
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
