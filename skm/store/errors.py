"""Database failures as sentences that a person can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from skm.pesan import SkmError

_SQLITE = {
    "SQLITE_BUSY": "basis-data-terkunci",
    "SQLITE_LOCKED": "basis-data-terkunci",
    "SQLITE_READONLY": "basis-data-hanya-baca",
    "SQLITE_PERM": "basis-data-hanya-baca",
    "SQLITE_FULL": "disk-penuh",
    "SQLITE_NOTADB": "bukan-basis-data",
    "SQLITE_CORRUPT": "bukan-basis-data",
    "SQLITE_CANTOPEN": "basis-data-tak-terbuka",
}
"""Primary result codes (https://www.sqlite.org/rescode.html); extended ones begin with these."""

_POSTGRES = {
    "25006": "basis-data-hanya-baca",
    "42501": "basis-data-hanya-baca",
    "40001": "basis-data-terkunci",
    "40P01": "basis-data-terkunci",
    "55P03": "basis-data-terkunci",
    "53100": "disk-penuh",
    "57014": "basis-data-lama",
    "53300": "basis-data-sibuk",
}
"""SQLSTATE codes (PostgreSQL manual, appendix A)."""

_POSTGRES_GONE = ("08", "28", "3D", "57P")
"""SQLSTATE classes of a connection that is refused or lost."""


def place_of(url: URL) -> str:
    """Return what a person calls the database: its file, or server and name, never a password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return f"{url.host or 'localhost'}/{url.database or ''}"


@contextmanager
def translate_errors(url: URL) -> Iterator[None]:
    """Raise SkmError for whatever the database of `url` refuses inside the block."""
    try:
        yield
    except PoolTimeoutError as error:
        raise SkmError("basis-data-sibuk", tempat=place_of(url)) from error
    except DBAPIError as error:
        raise _as_skm_error(error, url) from error


def _as_skm_error(error: DBAPIError, url: URL) -> SkmError:
    kode = _kode_of(error)
    if kode == "basis-data-gagal":
        # The first line only: later ones may quote a row, and a row is somebody's answers.
        detail = str(error.orig).partition("\n")[0].rstrip(".")
        return SkmError(kode, tempat=place_of(url), rincian=detail)
    return SkmError(kode, tempat=place_of(url))


def _kode_of(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name is not None:
        primary = "_".join(str(name).split("_")[:2])
        return _SQLITE.get(primary, "basis-data-gagal")
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        gone = "basis-data-tak-terhubung" if state.startswith(_POSTGRES_GONE) else None
        return _POSTGRES.get(state) or gone or "basis-data-gagal"
    # psycopg has no SQLSTATE where the server was never reached or hung up.
    lost = isinstance(error, OperationalError) or error.connection_invalidated
    return "basis-data-tak-terhubung" if lost else "basis-data-gagal"
