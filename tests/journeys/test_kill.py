"""The program is killed while people send: no "Terima kasih" is ever untrue."""

import sqlite3
import threading
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

from skm.jawaban import Kanal
from skm.store import TautanBaru, open_store

from .running import Server, serve, stop

SURVEI = "contoh-disdukcapil-bekasi-2024"
SENDERS, ENOUGH = 4, 40


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The address of the thanks is the answer; it need not be opened."""

    def redirect_request(self, *_: object) -> None:
        return None


def send(server: Server, kode: str, id_kirim: str) -> str | None:
    """Post one sheet; return the response code of a thank-you, None without an answer."""
    fields = {f"u{i}": "4" for i in range(1, 10)} | {"layanan": "kia", "id_kirim": id_kirim}
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
