"""The pages that a respondent opens: the empty form, and the thanks."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from contextlib import suppress
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from skm.formulir import Teks
from skm.formulir.render import Halaman, Terima, render_form, render_sentence, render_thanks
from skm.formulir.stamp import is_receipt
from skm.jawaban import Kanal
from skm.store import Tautan
from skm.survei import Survei
from skm.web.isi.desk import Desk, Found, NoStoreError, new_submit_id, place_of
from skm.web.isi.headers import page, page_headers, zipped_page
from skm.web.isi.script import script_name
from skm.web.isi.sheaf import Sheaf, bind

KIOSK_SECONDS = 8
"""How long a kiosk shows its thanks."""
KIOSK_SECONDS_CODE = 40
"""How long it shows a code that has to be copied."""
_ID_MARK, _CAP_MARK = (f"@{secrets.token_hex(16)}@" for _ in range(2))


class ResiTertulis(NamedTuple):
    """What the address of the thanks says; `bukti` proves the rest."""

    tanggapan: str
    kode_saran: str
    bukti: str


class Pages:
    """The form of every placement, rendered once a change. Safe to share between threads."""

    remembered = 256
    """How many are kept."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = Lock()
        self._cache: OrderedDict[tuple[object, ...], tuple[Survei, Sheaf]] = OrderedDict()

    async def show(
        self, kode: str, bahasa: str | None, seen: bool = True, zipped: bool = False
    ) -> Response:
        """Return the empty form of a placement; `seen` is false where nobody looks (HEAD).

        `zipped` says that the browser takes gzip.
        """
        try:
            found = await self._desk.find(kode)
        except NoStoreError:
            return page(render_sentence("gangguan", bahasa), 503, Retry_After="10")
        if found is None:
            return page(render_sentence("tidak-ada", bahasa), 404)
        tautan, survei = found
        if seen:
            self._desk.visits.add(kode, "dilihat" if tautan.aktif else "tertutup")
        if not tautan.aktif:
            return page(render_sentence("tertutup", bahasa, survei), 410)
        sheaf = await self._empty_form(tautan, survei, Teks(bahasa, survei).bahasa)
        own = (new_submit_id().encode(), self._desk.stamp(tautan, survei).encode())
        return zipped_page(sheaf.gzipped(*own)) if zipped else page(sheaf.plain(*own))

    async def thank(self, kode: str, bahasa: str | None, resi: ResiTertulis) -> Response:
        """Return the thanks for a stored answer; without a receipt of ours, lead to the form."""
        if not is_receipt(self._desk.secret, kode, *resi):
            return RedirectResponse(f"../{kode}", status_code=303, headers=page_headers())
        try:
            found = await self._desk.find(kode)
        except NoStoreError:  # the answer is stored, whatever happens now
            found = self._desk.recall(kode)
        if found is None:
            return page(render_sentence("terima", bahasa))
        return await run_in_threadpool(self._thanks, found, bahasa, resi)

    async def start(self, kode: str) -> Response:
        """Count that somebody began to answer."""
        with suppress(NoStoreError):  # a count is not worth an error on somebody's phone
            if await self._desk.find(kode) is not None:
                self._desk.visits.add(kode, "dimulai")
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    def _thanks(self, found: Found, bahasa: str | None, resi: ResiTertulis) -> Response:
        tautan, survei = found
        content = render_thanks(
            survei,
            place_of(tautan),
            Terima(
                resi.tanggapan,
                resi.kode_saran,
                self._desk.results_of(survei),
                self._desk.replies_at(),
                urlencode({"r": resi.tanggapan, "k": resi.kode_saran, "s": resi.bukti}) + "&",
            ),
            bahasa,
            f"../aset/{script_name(tautan.kanal is Kanal.KIOS)}",
        )
        if tautan.kanal is Kanal.KIOS:
            seconds = KIOSK_SECONDS_CODE if resi.kode_saran else KIOSK_SECONDS
            return page(content, Refresh=f"{seconds};url=../{tautan.kode}?bahasa=id")
        return page(content)

    async def _empty_form(self, tautan: Tautan, survei: Survei, bahasa: str) -> Sheaf:
        """Return the empty form: rendered once, then only its id and its stamp are put in."""
        key = (tautan.kode, tautan.titik, tautan.layanan, tautan.kanal, bahasa)
        with self._lock:
            known = self._cache.get(key)
        # By identity: an unchanged survey comes out of the store as the same object.
        if known is None or known[0] is not survei:
            known = (survei, await run_in_threadpool(self._render, tautan, survei, bahasa))
            with self._lock:
                self._cache[key] = known
                if len(self._cache) > self.remembered:
                    self._cache.popitem(last=False)
        return known[1]

    def _render(self, tautan: Tautan, survei: Survei, bahasa: str) -> Sheaf:
        first = 1 if survei.formulir.halaman == "per-pertanyaan" else 0
        halaman = Halaman(
            survei, place_of(tautan), _ID_MARK, _CAP_MARK, bahasa, langkah=first, kosong=True
        )
        content = render_form(halaman, f"aset/{script_name(halaman.tempat.kios)}")
        before, _, rest = content.partition(_ID_MARK.encode())
        between, _, after = rest.partition(_CAP_MARK.encode())
        return bind(before, between, after)
