"""Browsers that are signed in: a random token in the browser, only its SHA-256 here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from skm.store.account_model import Akun
from skm.store.accounts import find_account
from skm.store.schema import akun, sesi_masuk

DIAM = timedelta(hours=8)
"""A browser that does nothing for so long has to sign in again."""

PALING_LAMA = timedelta(days=7)
"""So long a sign-in lasts, whatever the browser does."""

_SEEN = timedelta(minutes=1)
"""So often the time of the last visit is written, not at every click."""


def digest_of(token: str) -> str:
    """Return how the database and the pages know a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def add_login(conn: Connection, nama: str, now: datetime) -> str:
    """Sign a browser in; return its token. What has ended meanwhile is swept out."""
    conn.execute(delete(sesi_masuk).where(_ended(now)))
    token = secrets.token_urlsafe(32)
    known = find_account(conn, nama)
    values = {"sidik": digest_of(token), "akun_id": known.id, "dibuat": now, "terakhir": now}
    conn.execute(insert(sesi_masuk), values)
    return token


def find_login(conn: Connection, sidik: str, now: datetime) -> tuple[Akun, datetime] | None:
    """Return whose browser this is and when it was seen last; None for nobody's."""
    query = (
        select(akun.c.nama, sesi_masuk.c.terakhir)
        .join(akun, akun.c.id == sesi_masuk.c.akun_id)
        .where(sesi_masuk.c.sidik == sidik, ~_ended(now), akun.c.aktif)
    )
    row = conn.execute(query).first()
    return (find_account(conn, row.nama), row.terakhir) if row else None


def is_due(terakhir: datetime, now: datetime) -> bool:
    """Return whether a visit is worth writing down."""
    return not terakhir <= now < terakhir + _SEEN


def touch_login(conn: Connection, sidik: str, now: datetime) -> None:
    """Keep a browser's sign-in alive."""
    conn.execute(update(sesi_masuk).where(sesi_masuk.c.sidik == sidik).values(terakhir=now))


def end_login(conn: Connection, sidik: str) -> None:
    """Sign a browser out."""
    conn.execute(delete(sesi_masuk).where(sesi_masuk.c.sidik == sidik))


def end_logins(conn: Connection, nama: str, kecuali: str = "") -> int:
    """Sign out all browsers of an account but one; return how many. Raises `akun-tak-ada`."""
    known = find_account(conn, nama)
    gone = and_(sesi_masuk.c.akun_id == known.id, sesi_masuk.c.sidik != kecuali)
    return conn.execute(delete(sesi_masuk).where(gone)).rowcount


def count_logins(conn: Connection, nama: str, now: datetime | None = None) -> int:
    """Return how many browsers an account is signed in with. Raises SkmError `akun-tak-ada`."""
    known = find_account(conn, nama)
    found = and_(sesi_masuk.c.akun_id == known.id, ~_ended(now or datetime.now(UTC)))
    return len(conn.execute(select(sesi_masuk.c.sidik).where(found)).all())


def _ended(now: datetime) -> ColumnElement[bool]:
    """Return the condition of sign-ins that are over, or that a wrong clock put in the future."""
    return or_(
        sesi_masuk.c.terakhir < now - DIAM,
        sesi_masuk.c.dibuat < now - PALING_LAMA,
        sesi_masuk.c.dibuat > now + DIAM,
    )
