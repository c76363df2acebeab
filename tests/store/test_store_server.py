"""On a PostgreSQL server of the test's own: it goes away, comes back, and hangs."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from kiriman_uji import sheet
from peladen import Peladen, own_server
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient
from survei_kecil import CONTOH, UNGGAH, save

from skm.pesan import SkmError
from skm.store import Store, TautanBaru, make_engine, open_store
from skm.store.engine import patient, reading, writing
from skm.web.sehat import health_routes

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[Peladen]:
    pytest.importorskip("psycopg")
    with own_server() as running:
        with open_store(running.url) as store:
            save(store)
        yield running


@pytest.fixture
def opened(server: Peladen) -> Iterator[Store]:
    with open_store(server.url) as store:
        yield store


def watch(store: Store) -> tuple[int, dict]:
    answer = TestClient(Starlette(routes=health_routes(lambda: store))).get("/sehat")
    return answer.status_code, answer.json()


def test_a_restart_of_the_server_costs_nobody_an_error(server: Peladen, opened: Store) -> None:
    (tautan,) = opened.add_tautan("kecil", [TautanBaru("dinas", "ktp")])
    gate = threading.Barrier(4)

    def look() -> None:
        with reading(opened.engine):  # four connections wait in the pool
            gate.wait(30)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.restart()
    assert opened.submit(tautan, sheet()).baru
    opened.add_batch("kecil", UNGGAH, CONTOH)
    assert watch(opened)[0] == 200
    assert opened.check_recap() == ()


def test_away_is_a_sentence_and_not_ready_and_back_is_ready(server: Peladen, opened: Store) -> None:
    assert watch(opened)[0] == 200
    server.stop()
    try:
        with pytest.raises(SkmError) as caught:
            opened.add_batch("kecil", UNGGAH, CONTOH)
        assert caught.value.kode == "basis-data-tak-terhubung"
        status, told = watch(opened)
        assert (status, told["keadaan"]) == (503, "gangguan")
    finally:
        server.start()
    assert watch(opened)[0] == 200


def test_what_was_under_way_is_undone_and_said(server: Peladen, opened: Store) -> None:
    before = len(list(opened.answers("kecil")))

    def cut(_: int) -> None:
        server.restart()

    with pytest.raises(SkmError) as caught:
        opened.add_batch("kecil", UNGGAH, CONTOH, cut)
    assert caught.value.kode == "basis-data-tak-terhubung"
    assert len(list(opened.answers("kecil"))) == before
    assert opened.check_recap() == ()


def settings_of(store: Store, *names: str) -> list[str]:
    with reading(store.engine) as conn:
        return [conn.exec_driver_sql(f"SHOW {name}").scalar() for name in names]


def test_limits_of_every_connection(opened: Store) -> None:
    limits = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
    assert settings_of(opened, *limits) == ["30s", "5min", "15min"]
    assert settings_of(opened, "tcp_keepalives_idle", "application_name") == ["30", "skm"]
    with writing(opened.engine) as conn:
        patient(conn)
        assert conn.exec_driver_sql("SHOW statement_timeout").scalar() == "0"
    assert settings_of(opened, "statement_timeout") == ["5min"], "for that transaction only"


def test_the_address_may_set_its_own_keepalive(server: Peladen) -> None:
    engine = make_engine(f"{server.url}?application_name=loket&keepalives_idle=5")
    with engine.connect() as conn:
        assert conn.exec_driver_sql("SHOW application_name").scalar() == "loket"
    engine.dispose()


def test_a_command_without_end_is_ended_with_a_sentence(opened: Store) -> None:
    with pytest.raises(SkmError) as caught, writing(opened.engine) as conn:
        conn.exec_driver_sql("SET LOCAL statement_timeout = 50")
        conn.execute(text("SELECT pg_sleep(60)"))
    assert caught.value.kode == "basis-data-lama"
