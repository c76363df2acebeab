"""The routes under /masuk: signing in and out, the first account, and one's own account."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from skm.akun import new_secret, secret_address
from skm.pesan import SkmError, message
from skm.store import Store
from skm.store.account_model import Akun
from skm.web.isi.body import BodyTooLargeError, WrongTypeError, read_pairs
from skm.web.lintas import same_origin
from skm.web.masuk import signin
from skm.web.masuk.cookie import clear_cookie, digest_in, is_secure, set_cookie
from skm.web.masuk.jawab import answer, safe_target
from skm.web.masuk.luar import outside_routes
from skm.web.masuk.pages import account_page, first_page, login_page, notice_page
from skm.web.masuk.rem import Rem

_SECRET = re.compile(r"[A-Z2-7]{32}")
_AT_ONCE = 2
"""Passwords that are compared at the same time: each takes 64 MiB and a core."""

if TYPE_CHECKING:
    from skm.luar.penyedia import Penyedia

Fields = Mapping[str, str]
Store_of = Callable[[], Store]


def login_routes(
    store_of: Store_of, rem: Rem | None = None, penyedia: Penyedia | None = None
) -> list[Route]:
    """Return the routes under /masuk; with the office's identity provider those to it as well."""
    door = _Door(store_of, rem or Rem(), penyedia.label if penyedia else "")
    own = _Own(store_of, door)
    outside = outside_routes(store_of, penyedia, door.welcome) if penyedia else []
    return [
        *outside,
        Route("/masuk", door.show, methods=["GET"]),
        Route("/masuk", door.enter, methods=["POST"]),
        Route("/masuk/awal/{token}", door.show_first, methods=["GET"]),
        Route("/masuk/awal/{token}", door.make_first, methods=["POST"]),
        Route("/masuk/keluar", door.leave, methods=["POST"]),
        Route("/masuk/akun", own.show, methods=["GET"]),
        Route("/masuk/akun/sandi", own.password, methods=["POST"]),
        Route("/masuk/akun/kode", own.code, methods=["POST"]),
        Route("/masuk/akun/kode-lepas", own.drop_code, methods=["POST"]),
        Route("/masuk/akun/keluar-semua", own.leave_all, methods=["POST"]),
    ]


class _Door:
    """Signing in, out, and making the first account."""

    def __init__(self, store_of: Store_of, rem: Rem, luar: str) -> None:
        self.store_of = store_of
        self.rem = rem
        self.luar = luar
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def show(self, request: Request) -> Response:
        ke = safe_target(request.query_params.get("ke", ""))

        def work() -> Response:
            store = self.store_of()
            sidik = digest_in(request.headers)
            if sidik and store.login_of(sidik):
                return RedirectResponse(ke, 303, headers={"Cache-Control": "no-store"})
            left = self.luar and "keluar" in request.query_params
            kabar = message("luar-keluar") if left else ""
            return login_page(ke, ada_akun=store.has_accounts(), luar=self.luar, kabar=kabar)

        return await answer(work)

    async def enter(self, request: Request) -> Response:
        fields = await read_fields(request)
        if isinstance(fields, Response):
            return fields
        ke = safe_target(fields.get("ke", ""))
        nama = fields.get("nama", "").strip().lower()[:40]
        isian = signin.Isian(nama, fields.get("sandi", ""), fields.get("kode", ""))
        address = request.client.host if request.client else ""
        if refused := self._too_soon(nama, address, ke):
            return refused
        if delay := self.rem.seconds_to_delay(nama, time.monotonic()):
            await asyncio.sleep(delay)

        def work() -> Response:
            # Asked again in its turn: of a hundred sent at once, none was counted when it came.
            if refused := self._too_soon(nama, address, ke):
                return refused
            try:
                token = signin.sign_in(self.store_of(), isian)
            except SkmError as error:
                if error.kode != "masuk-gagal":
                    raise
                self.rem.count_wrong(nama, address, time.monotonic())
                text = str(error)
                return login_page(
                    ke, ada_akun=True, luar=self.luar, nama=nama, galat=text, status=403
                )
            self.rem.forgive(nama, address)
            return self.welcome(request, token, ke)

        async with self._turns:
            return await answer(work)

    def _too_soon(self, nama: str, address: str, ke: str) -> Response | None:
        """Refuse an address that guessed wrong too often, for a while."""
        wait = self.rem.seconds_to_wait(nama, address, time.monotonic())
        if not wait:
            return None
        seconds = max(1, round(wait))
        text = message("masuk-tunggu", detik=seconds)
        again = login_page(ke, ada_akun=True, luar=self.luar, nama=nama, galat=text, status=429)
        again.headers["Retry-After"] = str(seconds)
        return again

    def welcome(self, request: Request, token: str, ke: str) -> Response:
        """Return the way on, with a new token: one from before the sign-in is never kept."""
        there = RedirectResponse(ke, 303, headers={"Cache-Control": "no-store"})
        old = digest_in(request.headers)
        if old:
            self.store_of().end_login(old)
        set_cookie(there, token, secure=is_secure(request))
        return there

    async def leave(self, request: Request) -> Response:
        refused = _foreign(request)
        if refused:
            return refused

        def work() -> Response:
            store, sidik = self.store_of(), digest_in(request.headers)
            akun = store.login_of(sidik) if sidik else None
            if sidik:
                store.end_login(sidik)
            there = "/masuk?keluar" if self.luar and akun and akun.luar else "/masuk"
            gone = RedirectResponse(there, 303, headers={"Cache-Control": "no-store"})
            # What the pages of the former person left in this browser goes as well.
            gone.headers["Clear-Site-Data"] = '"cache", "storage"'
            clear_cookie(gone, secure=is_secure(request))
            return gone

        return await answer(work)

    async def show_first(self, request: Request) -> Response:
        token = request.path_params["token"]

        def work() -> Response:
            store = self.store_of()
            if store.is_first_token(token):
                return first_page(token)
            kode = "akun-sudah-ada" if store.has_accounts() else "masuk-tautan"
            return notice_page(message(kode), 404)

        return await answer(work)

    async def make_first(self, request: Request) -> Response:
        token = request.path_params["token"]
        fields = await read_fields(request)
        if isinstance(fields, Response):
            return fields
        nama = fields.get("nama", "")[:60]

        def work() -> Response:
            store = self.store_of()
            if not store.is_first_token(token):
                kode = "akun-sudah-ada" if store.has_accounts() else "masuk-tautan"
                return notice_page(message(kode), 404)
            try:
                made = signin.first_account(
                    store, token, nama, fields.get("sandi", ""), fields.get("ulang", "")
                )
            except SkmError as error:
                if error.kode == "masuk-tautan":  # somebody else was faster, a moment ago
                    return notice_page(str(error), 404)
                if not error.kode.startswith(("sandi-", "akun-")):
                    raise
                return first_page(token, nama, str(error), 422)
            return self.welcome(request, made, "/")

        async with self._turns:
            return await answer(work)


class _Own:
    """One's own account: password, authenticator, other browsers."""

    def __init__(self, store_of: Store_of, door: _Door) -> None:
        self.store_of = store_of
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._rem = door.rem
        self._luar = bool(door.luar)

    async def show(self, request: Request) -> Response:
        kabar = message("akun-kabar-tersimpan") if "tersimpan" in request.query_params else ""
        return await answer(lambda: self._page(request, kabar=kabar))

    async def password(self, request: Request) -> Response:
        def change(store: Store, akun: Akun, sesi: str, f: Fields) -> None:
            signin.change_password(
                store, akun, sesi, f.get("lama", ""), f.get("sandi", ""), f.get("ulang", "")
            )

        return await self._do(request, change)

    async def code(self, request: Request) -> Response:
        def change(store: Store, akun: Akun, sesi: str, f: Fields) -> None:
            rahasia = f.get("rahasia", "")
            if not _SECRET.fullmatch(rahasia):
                raise SkmError("masuk-bentuk")
            signin.set_code(store, akun, sesi, f.get("lama", ""), rahasia, f.get("kode", ""))

        return await self._do(request, change)

    async def drop_code(self, request: Request) -> Response:
        def change(store: Store, akun: Akun, sesi: str, f: Fields) -> None:
            signin.drop_code(store, akun, sesi, f.get("lama", ""))

        return await self._do(request, change)

    async def leave_all(self, request: Request) -> Response:
        def change(store: Store, akun: Akun, sesi: str, _: Fields) -> None:
            store.acting(akun.as_pelaku(sesi)).end_logins(akun.nama, sesi)

        return await self._do(request, change)

    async def _do(
        self, request: Request, change: Callable[[Store, Akun, str, Fields], None]
    ) -> Response:
        """Change something of one's own account, slowed down like a sign-in."""
        fields = await read_fields(request)
        if isinstance(fields, Response):
            return fields
        address = request.client.host if request.client else ""

        def work() -> Response:
            store, sidik = self.store_of(), digest_in(request.headers) or ""
            akun = store.login_of(sidik) if sidik else None
            if akun is None:
                return RedirectResponse("/masuk?ke=%2Fmasuk%2Fakun", 303)
            now = time.monotonic()
            if wait := self._rem.seconds_to_wait(akun.nama, address, now):
                text = message("masuk-tunggu", detik=max(1, round(wait)))
                return self._page(request, galat=text, status=429)
            try:
                change(store, akun, sidik, fields)
            except SkmError as error:
                if not error.kode.startswith(("sandi-", "kode-", "masuk-")):
                    raise
                if error.kode == "sandi-lama-salah":
                    self._rem.count_wrong(akun.nama, address, now)
                secret = fields.get("rahasia", "") if error.kode == "kode-salah" else ""
                return self._page(request, galat=str(error), status=422, secret=secret)
            return RedirectResponse("/masuk/akun?tersimpan", 303)

        async with self._turns:
            return await answer(work)

    def _page(
        self,
        request: Request,
        *,
        kabar: str = "",
        galat: str = "",
        status: int = 200,
        secret: str = "",
    ) -> Response:
        store, sidik = self.store_of(), digest_in(request.headers) or ""
        akun = store.login_of(sidik) if sidik else None
        if akun is None:
            return RedirectResponse("/masuk?ke=%2Fmasuk%2Fakun", 303)
        browsers = store.acting(akun.as_pelaku(sidik)).count_logins(akun.nama)
        # After a mistyped code the same picture: the app has it already.
        secret = secret or new_secret()
        address = secret_address(secret, akun.nama) if not akun.berkode else ""
        return account_page(
            akun,
            browsers,
            secret,
            address,
            luar=self._luar and bool(akun.luar),
            kabar=kabar,
            galat=galat,
            status=status,
        )


async def read_fields(request: Request) -> Fields | Response:
    """Return the fields of a form of ours, or the refusal."""
    refused = _foreign(request)
    if refused:
        return refused
    try:
        pairs = await read_pairs(request)
    except (BodyTooLargeError, WrongTypeError):
        return notice_page(message("masuk-bentuk"), 422)
    return {name: value.replace("\0", "") for name, value in pairs}


def _foreign(request: Request) -> Response | None:
    """Refuse a form on a foreign page: it could sign somebody in or out unseen."""
    if same_origin(request.headers):
        return None
    return notice_page(message("masuk-asal"), 403)
