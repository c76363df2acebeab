"""Signed in for a test: without the guard, or through it with a real sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from skm.akun import Pelaku, Peran, hash_password
from skm.settings import Settings
from skm.store import Store, open_store
from skm.store.account_model import AkunBaru
from skm.web.lapisan import layers
from skm.web.masuk.cookie import COOKIE
from skm.web.masuk.guard import LoginGuard, let_in

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

SANDI = "kuda biru naik sepeda"
SEMUA = Pelaku("penguji", frozenset(Peran))


class SignedIn:
    """Pure ASGI middleware that lets everybody in as `pelaku`, where a test is not about that."""

    def __init__(self, app: ASGIApp, pelaku: Pelaku = SEMUA) -> None:
        self.app = app
        self.pelaku = pelaku

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = let_in(scope, self.pelaku)
        await self.app(scope, receive, send)


def nobody() -> Store:
    """For layers in front of what is public: nobody may be asked for."""
    raise AssertionError("a public page asks for a sign-in")


def open_layers(settings: Settings) -> list[Middleware]:
    """The program's layers with everybody signed in."""
    return [
        Middleware(SignedIn) if layer.cls is LoginGuard else layer
        for layer in layers(settings, nobody)
    ]


def sign_in(store: Store, nama: str = "penguji", peran: frozenset[Peran] = frozenset(Peran)) -> str:
    """An account of this name, made where it is missing, and the token of a new sign-in."""
    known = {akun.nama: akun for akun in store.list_accounts()}
    akun = known.get(nama) or store.add_account(AkunBaru(nama, peran, hash_password(SANDI)))
    token = store.add_login(akun)
    assert token is not None
    return token


def sign_in_browser(context: BrowserContext, address: str, database: str) -> None:
    """Give a browser a sign-in of the program that runs at `address`, in the way it is stored."""
    with open_store(database) as store:
        token = sign_in(store)
    context.add_cookies(
        [{"name": COOKIE, "value": token, "url": address, "httpOnly": True, "sameSite": "Lax"}]
    )
