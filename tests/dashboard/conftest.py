"""The dashboard as its script sees it: AppTest on a copy of a store that holds the sample."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from masuk_uji import SEMUA
from streamlit.testing.v1 import AppTest

from skm.dashboard import identity, source
from skm.mulai import prepare
from skm.settings import read_settings
from skm.store import Store, open_store

ROOT = Path(__file__).parents[2]
MAIN = ROOT / "skm" / "dashboard" / "main.py"
CONTOH = "contoh-disdukcapil-bekasi-2024"
PAGES = (
    "ringkasan", "kekuatan", "prioritas", "kepastian", "responden", "kelola-saran", "tindak-lanjut",
    "laporan", "unggah", "tautan", "pengumpulan", "pengaturan",
)  # fmt: skip

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample loaded, made once."""
    folder = tmp_path_factory.mktemp("contoh")
    prepare(read_settings({"SKM_DATA": str(folder)})).close()
    return folder


@pytest.fixture
def store(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store of this test alone, the very one that the dashboard opens."""
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    monkeypatch.setenv("SKM_DATA", str(data))
    monkeypatch.delenv("SKM_DATABASE_URL", raising=False)
    # The copy is prepared already; reading the sample's files again would only take time.
    monkeypatch.setattr(source, "prepare", lambda settings, **_: open_store(settings.database_url))
    monkeypatch.setattr(identity, "current_actor", lambda _: SEMUA)
    st.cache_data.clear()
    st.cache_resource.clear()
    opened = source.open_store()
    yield opened
    opened.close()


@pytest.fixture
def dasbor(store: Store) -> Open:
    """Open a page at an address: dasbor("responden", periode="2024-T4")."""

    def open_page(alamat: str = "ringkasan", **query: str) -> AppTest:
        at = AppTest.from_file(MAIN, default_timeout=30)
        at.query_params = dict(query)
        at.run()
        return at if alamat == "ringkasan" else switch(at, alamat)

    return open_page


def switch(at: AppTest, alamat: str) -> AppTest:
    """Go to another page as its link does: AppTest itself only knows pages that are files."""
    path = "" if alamat == "ringkasan" else alamat
    pages = at._registered_pages
    at._page_hash = next(h for h, info in pages.items() if info["url_pathname"] == path)
    return at.run()


def press(at: AppTest, key: str) -> AppTest:
    """Press a button, and yes in the question that it asks."""
    at.button(key=key).click().run()
    return at.button(key="tanya-ya").click().run()


def buttons(at: AppTest) -> set[str]:
    """Return the keys of the buttons in view."""
    return {b.key for b in at.button}


def html(at: AppTest) -> str:
    """Return everything the page shows through st.html, the style sheet left out."""
    return "\n".join(e.value for e in at.get("html") if not e.value.startswith("<style"))


def words(at: AppTest) -> str:
    """Return the messages of the page."""
    return "\n".join(
        e.value for kind in ("error", "warning", "info", "success") for e in at.get(kind)
    )
