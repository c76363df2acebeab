"""The program is killed while people send: no "Terima kasih" is ever untrue."""

import random
import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from pathlib import Path

import pytest

from skm.jawaban import Kanal
from skm.mulai import prepare
from skm.settings import read_settings
from skm.store import TautanBaru, open_store

from .running import ROOT, Server, serve, stop

SURVEI = "contoh-disdukcapil-bekasi-2024"
SENDERS, ENOUGH, KILLS = 4, 40, 20


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address of the thanks is the answer; it need not be opened."""

    def redirect_request(self, *_: object) -> None:
        return None


def send(server: Server, kode: str, id_kirim: str, **more: str) -> str | None:
    """Post one sheet; return the response code of a thank-you, None without an answer."""
    fields = {f"u{i}": "4" for i in range(1, 10)} | {"layanan": "kia", "id_kirim": id_kirim} | more
    body = urllib.parse.urlencode(fields).encode()
    opener = urllib.request.build_opener(NoRedirect)
    try:
        opener.open(f"{server.address}/isi/{kode}", body, timeout=5)
    except urllib.error.HTTPError as answer:
        if answer.code != 303:
            return None
        query = urllib.parse.urlsplit(answer.headers["Location"]).query
        return urllib.parse.parse_qs(query)["r"][0]
    except OSError:
        return None
    return None


def test_every_acknowledged_answer_is_there_once_after_a_kill(tmp_path: Path) -> None:
    server = serve(tmp_path)
    database = tmp_path / "data" / "skm.db"
    with open_store(f"sqlite:///{database}") as store:
        (tautan,) = store.add_tautan(SURVEI, [TautanBaru("dinas", None, Kanal.KIOS)])
    acknowledged: dict[str, str] = {}
    enough, over = threading.Event(), threading.Event()

    def citizen() -> None:
        while not over.is_set():
            id_kirim = uuid.uuid4().hex
            if receipt := send(server, tautan.kode, id_kirim):
                acknowledged[id_kirim] = receipt
            if len(acknowledged) >= ENOUGH:
                enough.set()

    senders = [threading.Thread(target=citizen) for _ in range(SENDERS)]
    for sender in senders:
        sender.start()
    try:
        assert enough.wait(60)
        server.process.kill()
        server.process.wait()
    finally:
        over.set()
        for sender in senders:
            sender.join()

    again = serve(tmp_path)
    try:
        for id_kirim, receipt in acknowledged.items():  # a phone that sends once more
            assert send(again, tautan.kode, id_kirim) == receipt
    finally:
        stop(again)
    with sqlite3.connect(database) as conn:
        rows = conn.execute(
            "SELECT id_kirim, count(*) FROM jawaban WHERE id_kirim IS NOT NULL GROUP BY 1"
        )
        stored = dict(rows.fetchall())
    conn.close()
    assert {stored.get(i) for i in acknowledged} == {1}
    assert set(stored.values()) == {1}
    with open_store(f"sqlite:///{database}") as store:
        assert store.check_recap() == ()


FORM = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from skm.settings import read_settings
from skm.store import open_store
from skm.web.isi.routes import form_routes
from skm.web.lapisan import layers

settings = read_settings()
store = open_store(settings.database_url)
alive = Route("/_stcore/health", lambda _: PlainTextResponse("ok"))
routes = [alive, *form_routes(lambda: store, store.shared_key("formulir"))]
app = Starlette(routes=routes, middleware=layers(settings, lambda: store))
uvicorn.run(app, port=settings.port, log_level="error")
"""
"""The form as it stands in the program, without the pages that make a start slow."""


def letters(id_kirim: str) -> str:
    """What a sheet says of itself: no digits, which could be taken for a number of somebody's."""
    return id_kirim.translate({ord(c): chr(ord("a") + int(c, 16)) for c in "0123456789abcdef"})


class Citizens:
    """Everybody who sends: new sheets, and again those that got no answer the last time."""

    def __init__(self, kode: str) -> None:
        self.kode = kode
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[str] = []

    def send_until_killed(self, server: Server, enough: int) -> None:
        """Send from several threads; kill the server once so many have been thanked."""
        again, self.unanswered = list(self.unanswered), []
        target = len(self.acknowledged) + enough
        reached, over = threading.Event(), threading.Event()

        def citizen() -> None:
            while not over.is_set():
                try:
                    id_kirim = again.pop()
                except IndexError:
                    id_kirim = uuid.uuid4().hex
                if receipt := send(server, self.kode, id_kirim, saran=letters(id_kirim)):
                    self.acknowledged[id_kirim] = receipt
                else:
                    self.unanswered.append(id_kirim)
                    reached.wait()  # one sheet each that a kill caught on its way
                    over.wait()
                if len(self.acknowledged) >= target:
                    reached.set()

        senders = [threading.Thread(target=citizen) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        try:
            assert reached.wait(60)
            server.process.kill()
            server.process.wait()
        finally:
            reached.set()
            over.set()
            for sender in senders:
                sender.join()
        self.unanswered += again


@pytest.mark.lambat
def test_twenty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    draw = random.Random(4)  # noqa: S311
    with prepare(read_settings({"SKM_DATA": str(tmp_path / "data")})) as store:
        server = serve(tmp_path, "-c", FORM, PYTHONPATH=str(ROOT))
        (tautan,) = store.add_tautan(SURVEI, [TautanBaru("dinas", None, Kanal.KIOS)])
        before = len(list(store.answers(SURVEI)))
        citizens = Citizens(tautan.kode)
        for _ in range(KILLS):
            citizens.send_until_killed(server, draw.randrange(1, ENOUGH))
            server = serve(tmp_path, "-c", FORM, PYTHONPATH=str(ROOT))
        try:
            for id_kirim in citizens.unanswered:
                receipt = send(server, tautan.kode, id_kirim, saran=letters(id_kirim))
                assert receipt, "a phone that was cut off is thanked at last"
                citizens.acknowledged[id_kirim] = receipt
            for id_kirim, receipt in citizens.acknowledged.items():
                assert send(server, tautan.kode, id_kirim, saran=letters(id_kirim)) == receipt
        finally:
            stop(server)
        stored = [answer.saran for answer in list(store.answers(SURVEI))[before:]]
        assert Counter(stored) == dict.fromkeys(map(letters, citizens.acknowledged), 1)
        assert store.check_recap() == ()
