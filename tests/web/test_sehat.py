"""What a watcher is told, and what it is not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from masuk_uji import nobody
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from skm.pesan import SkmError, message
from skm.settings import read_settings
from skm.store import Store, open_store
from skm.web.lapisan import layers
from skm.web.sehat import health_routes


def client_of(store_of: Callable[[], Store]) -> TestClient:
    app = Starlette(routes=health_routes(store_of), middleware=layers(read_settings({}), nobody))
    return TestClient(app, base_url="http://127.0.0.1:8501")


def away() -> Store:
    raise SkmError("basis-data-terkunci", tempat="/srv/rahasia/skm.db")


def test_ready_with_the_step_that_the_tables_have_taken(store: Store) -> None:
    with store.engine.connect() as conn:
        step = conn.execute(text("SELECT max(nomor) FROM versi_skema")).scalar()
    answer = client_of(lambda: store).get("/sehat")
    assert answer.status_code == 200
    assert answer.json() == {"keadaan": "sehat", "skema": step, "versi": "0.1.0"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_person_may_look_too(store: Store) -> None:
    answer = client_of(lambda: store).get("/sehat", headers={"Accept": "text/html"})
    assert answer.json()["keadaan"] == "sehat"


def test_a_store_that_is_away_is_a_sentence_without_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client_of(away).get("/sehat")
    assert answer.status_code == 503
    assert answer.json() == {"keadaan": "gangguan", "pesan": message("sehat-gangguan")}
    assert answer.headers["cache-control"] == "no-store"
    assert "not ready: SkmError" in caplog.text
    assert "rahasia" not in caplog.text


def test_tables_that_are_gone_are_not_ready(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        with store.engine.begin() as conn:
            conn.execute(text("DROP TABLE versi_skema"))
        answer = client_of(lambda: store).get("/sehat")
    assert answer.status_code == 503


def test_alive_asks_no_store() -> None:
    answer = client_of(away).get("/sehat/hidup")
    assert (answer.status_code, answer.json()) == (200, {"keadaan": "hidup", "versi": "0.1.0"})
    assert answer.headers["cache-control"] == "no-store"


def test_only_reading(store: Store) -> None:
    assert client_of(lambda: store).post("/sehat").status_code == 405


def test_a_database_that_hangs_is_not_ready_and_holds_up_nobody() -> None:
    """More watchers than threads, and all of them get their answer while the store hangs."""
    answers = threading.Event()

    def hanging() -> Store:
        answers.wait(60)
        return away()

    app = Starlette(routes=health_routes(hanging, tunggu=0.05))
    with TestClient(app) as client:
        codes = [client.get("/sehat").status_code for _ in range(4)]
        assert client.get("/sehat/hidup").status_code == 200
        answers.set()
    assert codes == [503] * 4
