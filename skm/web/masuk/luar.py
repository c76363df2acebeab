"""The two routes to the office's identity provider: off to it, and back from it.

A link and not a form, because browsers hold a form's `form-action` also against the redirects that
follow it, and a provider may send people through hosts that nobody here knows.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from anyio import CapacityLimiter, fail_after, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from skm.luar.nama import Orang
from skm.luar.tiket import BERLAKU, Tiket, new_ticket, read_ticket
from skm.pesan import SkmError
from skm.store import Store
from skm.web.masuk.cookie import is_secure, only_value
from skm.web.masuk.jawab import LOG, answer, safe_target
from skm.web.masuk.pages import login_page

if TYPE_CHECKING:
    from skm.luar.penyedia import Penyedia

COOKIE = "skm_luar"
PATH = "/masuk/luar"
PALING_LAMA = 25.0
"""Seconds that anybody waits for the provider, however slowly it talks."""

_AT_ONCE = 8
"""Conversations with the provider at the same time: one that is away must not take all threads."""

_KEY = "luar"
_FOREIGN = frozenset({"cross-site", "same-site"})
Welcome = Callable[[Request, str, str], Response]
T = TypeVar("T")


def outside_routes(
    store_of: Callable[[], Store], penyedia: Penyedia, welcome: Welcome
) -> list[Route]:
    """Return the routes below /masuk/luar; `welcome` gives a browser its new token."""
    door = _Outside(store_of, penyedia, welcome)
    return [
        Route(PATH, door.start, methods=["GET"]),
        Route(f"{PATH}/kembali", door.back, methods=["GET"]),
    ]


class _Outside:
    def __init__(self, store_of: Callable[[], Store], penyedia: Penyedia, welcome: Welcome) -> None:
        self.store_of = store_of
        self.penyedia = penyedia
        self.welcome = welcome
        self._limiter = CapacityLimiter(_AT_ONCE)

    async def start(self, request: Request) -> Response:
        ke = safe_target(request.query_params.get("ke", ""))
        if request.headers.get("sec-fetch-site") in _FOREIGN:
            # A foreign page may offer the way in, not press the button.
            return _redirect(f"/masuk?{urlencode({'ke': ke})}")
        choose = "pilih" in request.query_params

        def begin() -> tuple[Tiket, str]:
            tiket = new_ticket(self._key(), ke, datetime.now(UTC))
            return tiket, self.penyedia.address(tiket, choose=choose)

        try:
            tiket, address = await self._ask(begin)
        except SkmError as error:
            return await self._sorry(error, ke)
        there = _redirect(address)
        there.set_cookie(
            COOKIE,
            tiket.isi,
            max_age=int(BERLAKU.total_seconds()),
            path=PATH,
            secure=is_secure(request),
            httponly=True,
            samesite="lax",
        )
        return there

    async def back(self, request: Request) -> Response:
        ke = "/"
        try:
            tiket = await self._ask(lambda: self._ticket_of(request))
            ke = tiket.ke
            code = _code_in(request)
            iss = request.query_params.get("iss")
            orang = await self._ask(lambda: self.penyedia.person(code, tiket, iss))
        except SkmError as error:
            return _used(await self._sorry(error, ke), request)
        return _used(await answer(lambda: self._let_in(request, orang, ke)), request)

    def _ticket_of(self, request: Request) -> Tiket:
        """Return the ticket that this browser took along. Raises SkmError `luar-ulang`."""
        text = only_value(request.headers, COOKIE) or ""
        tiket = read_ticket(self._key(), text, datetime.now(UTC))
        state = request.query_params.get("state", "").encode()
        if tiket is None or not hmac.compare_digest(state, tiket.state.encode()):
            raise SkmError("luar-ulang")
        return tiket

    def _let_in(self, request: Request, orang: Orang, ke: str) -> Response:
        token = self.store_of().add_login_outside(orang)
        if token is None:
            # Only the browser of whoever signed in there is told which account that was.
            error = SkmError("luar-tak-dikenal", nama=orang.nama.nilai[:80])
            return self._page(error, ke)
        return self.welcome(request, token, ke)

    async def _ask(self, work: Callable[[], T]) -> T:
        """Work in one of a few threads, and not for ever.

        Raises SkmError `luar-…`; `masuk-gangguan` for a fault of the store or of our own.
        """
        try:
            with fail_after(PALING_LAMA):
                return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._limiter)
        except TimeoutError:
            raise SkmError("luar-jauh") from None
        except Exception as error:
            if isinstance(error, SkmError) and error.kode.startswith("luar-"):
                raise
            LOG.error("a sign-in elsewhere failed: %s", type(error).__name__)
            raise SkmError("masuk-gangguan") from None

    async def _sorry(self, error: SkmError, ke: str) -> Response:
        return await answer(lambda: self._page(error, ke))

    def _page(self, error: SkmError, ke: str) -> Response:
        status = 503 if error.kode in ("luar-jauh", "masuk-gangguan") else 403
        known = self.store_of().has_accounts()
        return login_page(
            ke, ada_akun=known, luar=self.penyedia.label, galat=str(error), status=status
        )

    def _key(self) -> bytes:
        return self.store_of().shared_key(_KEY)


def _code_in(request: Request) -> str:
    """Return the code. Raises SkmError `luar-batal`, `luar-gagal`."""
    fault = request.query_params.get("error")
    if fault is not None:
        raise SkmError("luar-batal" if fault == "access_denied" else "luar-gagal")
    codes = request.query_params.getlist("code")
    if len(codes) != 1 or not 0 < len(codes[0]) <= 4096:
        raise SkmError("luar-gagal")
    return codes[0]


def _used(response: Response, request: Request) -> Response:
    """Take the ticket away from the browser: it is good for one return."""
    response.delete_cookie(
        COOKIE, path=PATH, secure=is_secure(request), httponly=True, samesite="lax"
    )
    return response


def _redirect(address: str) -> RedirectResponse:
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return RedirectResponse(address, 303, headers=headers)
