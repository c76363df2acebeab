"""Routes that are imported later answer as if they had been there from the start."""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from skm.web.isi.first import FormFirst
from skm.web.menyusul import LoadFirst, Menyusul, every_route, load_soon


def say(text: str):
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{text} {dict(request.path_params)}")

    return answer


class Groups:
    """Two groups that count how often they are made, before a page that takes every address."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.threads: set[int] = set()
        self.routes = [
            Menyusul("isi", lambda: self.make("isi", Route("/isi/{kode}", say("form")))),
            Menyusul(
                "hasil",
                lambda: self.make(
                    "hasil",
                    Route("/hasil", say("all")),
                    Route("/hasil/{id}", say("one")),
                    Route("/hasil/{id}", say("posted"), methods=["POST"]),
                ),
            ),
            Route("/{path:path}", say("rest")),
        ]

    def make(self, kata: str, *routes: Route) -> list[Route]:
        self.made.append(kata)
        self.threads.add(threading.get_ident())
        return list(routes)

    def client(self, *middleware: Middleware) -> TestClient:
        return TestClient(Starlette(routes=self.routes, middleware=list(middleware)))


@pytest.mark.parametrize("loaded", [False, True])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/hasil", "all {}"),
        ("GET", "/hasil/7", "one {'id': '7'}"),
        ("POST", "/hasil/7", "posted {'id': '7'}"),
        ("GET", "/hasil/7/lain", "rest {'path': 'hasil/7/lain'}"),
        ("GET", "/hasilx", "rest {'path': 'hasilx'}"),
        ("GET", "/", "rest {'path': ''}"),
    ],
)
def test_an_address_finds_its_route(loaded: bool, method: str, path: str, body: str):
    groups = Groups()
    if loaded:
        list(every_route(groups.routes))
    assert groups.client().request(method, path).text == body


def test_a_wrong_method_is_said_where_nothing_else_matches():
    groups = Groups()
    del groups.routes[-1]
    answer = groups.client().put("/hasil/7")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_only_what_is_asked_for_is_imported_and_once():
    groups = Groups()
    client = groups.client()
    client.get("/lain")
    assert groups.made == []
    for _ in range(2):
        client.get("/hasil/7")
    assert groups.made == ["hasil"]


@pytest.mark.parametrize(
    ("middleware", "path"), [(LoadFirst, "/hasil/7"), (FormFirst, "/isi/ABC234")]
)
def test_a_visitor_never_makes_the_event_loop_import(middleware, path: str):
    groups = Groups()
    loop: list[int] = []

    class Outermost:
        def __init__(self, app):
            self.app = app

        async def __call__(self, scope, receive, send):
            loop.append(threading.get_ident())
            await self.app(scope, receive, send)

    client = groups.client(Middleware(Outermost), Middleware(middleware, routes=groups.routes))
    assert client.get(path).status_code == 200
    assert groups.made == [path.split("/")[1]]
    assert not groups.threads & set(loop)


def test_two_who_come_at_once_wait_for_one_import():
    begun, go, made = threading.Event(), threading.Event(), []

    def make() -> list[Route]:
        begun.set()
        assert go.wait(10)
        made.append(1)
        return [Route("/a", say("a"))]

    group = Menyusul("a", make)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(group.routes)
        assert begun.wait(10)
        second = threads.submit(group.routes)
        go.set()
        assert first.result(10) is second.result(10)
    assert len(made) == 1


def test_what_is_wanted_soon_comes_by_itself_and_a_broken_part_is_said(
    caplog: pytest.LogCaptureFixture,
):
    groups = Groups()

    def broken() -> list[Route]:
        raise ImportError("no such thing")

    groups.routes.insert(0, Menyusul("rusak", broken))
    # A journey may have left its event loop in this thread.
    with caplog.at_level(logging.ERROR, "skm.web"), ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, load_soon(groups.routes, {"rusak", "hasil"}, 0)).result()
    assert groups.made == ["hasil"]
    assert "/rusak" in caplog.text
    assert "no such thing" in caplog.text
    with pytest.raises(ImportError, match="no such thing"):
        groups.client().get("/rusak/1")
