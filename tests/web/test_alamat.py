"""An address that nothing can stand at is a plain 404, and no question to the store."""

from __future__ import annotations

import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from masuk_uji import SignedIn
from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import Store
from skm.survei.model import Survei
from skm.web import unduh
from skm.web.alamat import is_survey_id
from skm.web.hasil.routes import result_routes
from skm.web.unduh import download_routes

TEMPAT = "server-dalam/nama-basis-data"


def client_of(store_of: object, folder: Path) -> TestClient:
    settings = read_settings({"SKM_DATA": str(folder)})
    routes = [
        *result_routes(store_of, lambda: settings),  # type: ignore[arg-type]
        *download_routes(store_of, lambda: settings),  # type: ignore[arg-type]
    ]
    return TestClient(
        Starlette(routes=routes, middleware=[Middleware(SignedIn)]), raise_server_exceptions=False
    )


@pytest.fixture
def no_store(tmp_path: Path) -> tuple[TestClient, list[str]]:
    """A client, and what was asked of the store."""
    asked: list[str] = []

    def store_of() -> Store:
        asked.append("store")
        raise RuntimeError(TEMPAT)

    return client_of(store_of, tmp_path), asked


ODD = ["a\0b", "\0", "Uji", "-uji", "uji_1", "uji\n", "a" * 61, "' OR 1=1 --", "ü"]
RESULTS = ["/hasil/{}", "/hasil/{}/2024-T4", "/hasil/{}/2024-T4/data.csv",
           "/hasil/{}/2024-T4/poster.pdf", "/hasil/api/v1/survei/{}"]  # fmt: skip
FILES = ["/unduh/{}/templat.csv", "/unduh/{}/2024-T4/laporan.pdf", "/unduh/{}/2024-T4/arsip.zip",
         "/unduh/{}/2024-T4/laporan/1.png", "/unduh/{}/tautan.csv"]  # fmt: skip


@pytest.mark.parametrize("survei", ODD)
@pytest.mark.parametrize("path", [*RESULTS, *FILES])
def test_what_is_no_survey_id(
    no_store: tuple[TestClient, list[str]], path: str, survei: str
) -> None:
    client, asked = no_store
    answer = client.get(path.format(quote(survei)))
    assert (answer.status_code, asked) == (404, [])
    assert TEMPAT not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/unduh/uji/2024-T4/%00.csv",
        "/unduh/uji/%00/arsip.zip",
        "/unduh/uji/qr/%00.svg",
        "/unduh/uji/poster-a4.pdf?kode=%00",
        "/unduh/uji/2024-T4/unsur.csv?kanal=a%0Ab",
    ],
)
def test_what_no_database_can_look_for(no_store: tuple[TestClient, list[str]], path: str) -> None:
    client, asked = no_store
    answer = client.get(path)
    assert (answer.status_code, asked) == (404, [])
    assert len(answer.text.splitlines()) == 1


@given(st.text(max_size=70) | st.from_regex(r"[a-z0-9-]{0,62}\n?", fullmatch=True))
@example("a" * 60)
@example("uji\n")
def test_an_id_is_what_a_survey_s_file_may_have(text: str) -> None:
    field = Survei.model_fields["id"]
    try:
        TypeAdapter(field.rebuild_annotation()).validate_python(text)
        allowed = True
    except ValidationError:
        allowed = False
    assert is_survey_id(text) is allowed


def test_years_that_no_period_can_be_of(store: Store, tmp_path: Path) -> None:
    client = client_of(lambda: store, tmp_path)
    for kode in ("9998", "9999-12", "1899"):
        assert client.get(f"/unduh/uji/{kode}/laporan.pdf").status_code == 404


STORE = Path(unduh.__file__).parents[1] / "pesan/store.toml"
REFUSALS = sorted(
    kode
    for kode, sentence in tomllib.loads(STORE.read_text("utf-8")).items()
    if any(part in sentence for part in ("{tempat}", "{folder}", "{alamat}"))
)


def test_there_are_sentences_that_name_the_database() -> None:
    assert {"basis-data-gagal", "disk-penuh", "skema-lebih-baru"} <= set(REFUSALS)


@pytest.mark.parametrize("path", ["/unduh/uji/2024-T4/unsur.csv", "/hasil/uji", "/hasil/uji/2024"])
@pytest.mark.parametrize("kode", REFUSALS)
def test_a_refusal_of_the_database_names_it_to_nobody(tmp_path: Path, kode: str, path: str) -> None:
    def store_of() -> Store:
        parts = ("tempat", "rincian", "folder", "alamat", "ada", "dikenal", "skema", "program")
        raise SkmError(kode, **dict.fromkeys(parts, TEMPAT))

    answer = client_of(store_of, tmp_path).get(path)
    assert answer.status_code == 503
    assert TEMPAT not in answer.text
