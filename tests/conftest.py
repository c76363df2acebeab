"""Database fixtures: every test that asks for a store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from skm.akun import sandi
from skm.store import Store, open_store

POSTGRES_URL = os.environ.get(
    "SKM_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/test"
)


@pytest.fixture(scope="session", autouse=True)
def _light_passwords() -> Iterator[None]:
    """Hashes that cost nothing, in the tests' own process: a real one takes 0.3 s of a processor.

    What real ones are like is tested in a process of its own (tests/akun/test_akun.py).
    """
    light = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandi, "PasswordHasher", light)
        yield


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the tables and nothing in them, to be copied: one takes 30 ms."""
    path = tmp_path_factory.mktemp("kosong") / "skm.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'skm.db'}"
    else:
        yield from _fresh_schema()


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    """The address of a database on PostgreSQL that a module's tests have to themselves."""
    yield from _fresh_schema()


@pytest.fixture
def store(store_url: str, _empty_database: Path) -> Iterator[Store]:
    """An open, empty store."""
    path = make_url(store_url).database
    if store_url.startswith("sqlite") and path:
        shutil.copyfile(_empty_database, path)
    with open_store(store_url) as opened:
        yield opened


def _fresh_schema() -> Iterator[str]:
    """A schema of its own for one test, dropped afterwards."""
    if importlib.util.find_spec("psycopg") is None:
        _absent("psycopg is not installed")
    name = f"skm_uji_{secrets.token_hex(6)}"
    url = make_url(POSTGRES_URL).set(drivername="postgresql+psycopg")
    admin = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 3})
    try:
        with admin.begin() as conn:
            conn.execute(text(f"CREATE SCHEMA {name}"))
    except OperationalError as error:
        _absent(f"no PostgreSQL at {url.render_as_string()}: {error.orig}")
    own = url.update_query_dict({"options": f"-csearch_path={name}"})
    try:
        yield own.render_as_string(hide_password=False)
    finally:
        with admin.begin() as conn:
            conn.execute(text(f"DROP SCHEMA {name} CASCADE"))


def _absent(reason: str) -> None:
    """On a person's machine a missing server skips these tests; in CI it may not."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
