"""Accounts in the database: made, changed, switched off; never deleted, because the trail names
them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from skm.akun import Batas, Peran
from skm.luar.nama import Orang
from skm.pesan import SkmError
from skm.store import surveys
from skm.store.account_model import Akun, AkunBaru, Rahasia, dump_batas, load_batas
from skm.store.schema import akun, sesi_masuk

_NAMA = re.compile(r"[a-z][a-z0-9.-]{2,39}")


def has_accounts(conn: Connection) -> bool:
    """Return whether any account was ever made."""
    return conn.execute(select(akun.c.id).limit(1)).first() is not None


def add_account(conn: Connection, baru: AkunBaru) -> Akun:
    """Make an account.

    Raises SkmError `akun-nama-salah`, `akun-nama-terpakai`, `luar-nama-terpakai`,
    `akun-batas-salah`, `survei-tak-ada`, `akun-batas-admin`.
    """
    nama = clean_name(baru.nama)
    if _rows(conn, akun.c.nama == nama):
        raise SkmError("akun-nama-terpakai", nama=nama)
    _check_luar(conn, nama, baru.luar)
    _check_batas(conn, baru.peran, baru.batas)
    now = datetime.now(UTC)
    made = {
        "id": secrets.token_hex(8),
        "nama": nama,
        "sandi": baru.sandi_sidik,
        "peran": _join(baru.peran),
        "batas": dump_batas(baru.batas),
        "aktif": True,
        "kode_rahasia": "",
        "kode_terakhir": -1,
        "luar": baru.luar,
        "dibuat": now,
        "sandi_diganti": now,
    }
    conn.execute(insert(akun), made)
    return find_account(conn, nama)


def clean_name(nama: str) -> str:
    """Return the name of an account as it is stored. Raises SkmError `akun-nama-salah`."""
    found = nama.strip().lower()
    if not _NAMA.fullmatch(found) or found in ("sistem", "terminal"):
        raise SkmError("akun-nama-salah", nama=nama.strip()[:60])
    return found


def is_unchanged(conn: Connection, seen: Akun) -> bool:
    """Return whether an account is active and has the password it had when it was `seen`.

    It stays so until the transaction ends. Raises SkmError `akun-tak-ada`.
    """
    conn.execute(select(akun.c.id).where(akun.c.id == seen.id).with_for_update()).all()
    now = find_account(conn, seen.nama)
    return now.aktif and now.sandi_diganti == seen.sandi_diganti


def list_accounts(conn: Connection) -> tuple[Akun, ...]:
    """Return all accounts by name, also those that are switched off, with their last sign-in."""
    seen = (
        select(sesi_masuk.c.akun_id, func.max(sesi_masuk.c.terakhir).label("terakhir"))
        .group_by(sesi_masuk.c.akun_id)
        .subquery()
    )
    query = select(akun, seen.c.terakhir).outerjoin(seen, seen.c.akun_id == akun.c.id)
    rows = conn.execute(query.order_by(akun.c.nama))
    return tuple(_account(row, row.terakhir) for row in rows)


def find_account(conn: Connection, nama: str) -> Akun:
    """Return an account by its name. Raises SkmError `akun-tak-ada`."""
    rows = _rows(conn, akun.c.nama == nama)
    if not rows:
        raise SkmError("akun-tak-ada", nama=nama[:60])
    return _account(rows[0])


def secrets_of(conn: Connection, nama: str) -> Rahasia | None:
    """Return what a sign-in under this name is compared with; None for nobody active."""
    rows = _rows(conn, (akun.c.nama == nama) & akun.c.aktif)
    if not rows:
        return None
    row = rows[0]
    return Rahasia(_account(row), row.sandi, row.kode_rahasia, row.kode_terakhir)


def account_outside(conn: Connection, orang: Orang) -> tuple[Akun | None, bool]:
    """Return the account of a person of the identity provider, and whether it is now bound.

    A bound account is found by what never changes; one that waits for its person by the name, and
    is bound then. Also one that is switched off is found: it is that person's, and not to be used.
    """
    tetap, nama = str(orang.tetap), str(orang.nama)
    known = _rows(conn, akun.c.luar == tetap)
    bound = False
    if not known and tetap != nama:
        waiting = update(akun).where(akun.c.luar == nama, akun.c.aktif)
        bound = conn.execute(waiting.values(luar=tetap)).rowcount == 1
        # Without a change another browser of the same person may have been faster, or it is off.
        known = _rows(conn, akun.c.luar == tetap) or _rows(conn, akun.c.luar == nama)
    return (_account(known[0]) if known else None), bound


def change_account(
    conn: Connection,
    nama: str,
    *,
    peran: frozenset[Peran] | None = None,
    batas: tuple[Batas, ...] | None = None,
    aktif: bool | None = None,
    luar: str | None = None,
) -> Akun:
    """Change what an account is; None leaves that as it is.

    Raises SkmError `akun-tak-ada`, `akun-admin-terakhir`, `peran-kosong`, `akun-batas-salah`,
    `akun-batas-admin`, `luar-nama-terpakai`.
    """
    # All are locked first: two admins who change accounts at the same moment must see each other.
    conn.execute(select(akun.c.id).order_by(akun.c.id).with_for_update()).all()
    before = find_account(conn, nama)
    peran = before.peran if peran is None else peran
    batas = before.batas if batas is None else batas
    if not peran:
        raise SkmError("peran-kosong")
    # What stands already may name a place, or a survey, that is gone: it still limits, to nothing.
    _check_batas(conn, peran, batas, known=before.batas)
    stays_admin = Peran.ADMIN in peran and (before.aktif if aktif is None else aktif)
    if not stays_admin and _is_last_admin(conn, before):
        raise SkmError("akun-admin-terakhir")
    _check_luar(conn, nama, luar)
    changed: dict[str, object] = {"peran": _join(peran), "batas": dump_batas(batas)}
    changed |= {} if aktif is None else {"aktif": aktif}
    changed |= {} if luar is None else {"luar": luar}
    _update(conn, before.id, changed)
    return find_account(conn, nama)


def set_password(conn: Connection, nama: str, sidik: str) -> None:
    """Give an account another password, by its hash. Raises SkmError `akun-tak-ada`."""
    known = find_account(conn, nama)
    _update(conn, known.id, {"sandi": sidik, "sandi_diganti": datetime.now(UTC)})


def refresh_hash(conn: Connection, nama: str, sidik: str) -> None:
    """Keep the same password under today's parameters. Raises SkmError `akun-tak-ada`."""
    _update(conn, find_account(conn, nama).id, {"sandi": sidik})


def set_code(conn: Connection, nama: str, rahasia: str, terakhir: int = -1) -> None:
    """Keep the secret of an authenticator, '' for none. Raises SkmError `akun-tak-ada`."""
    values = {"kode_rahasia": rahasia, "kode_terakhir": terakhir}
    _update(conn, find_account(conn, nama).id, values)


def use_code(conn: Connection, akun_id: str, langkah: int) -> bool:
    """Mark a step of the authenticator as used; False where another sign-in was faster."""
    query = update(akun).where(akun.c.id == akun_id, akun.c.kode_terakhir < langkah)
    return conn.execute(query.values(kode_terakhir=langkah)).rowcount == 1


def _update(conn: Connection, akun_id: str, values: Mapping[str, object]) -> None:
    conn.execute(update(akun).where(akun.c.id == akun_id).values(**values))


def _rows(conn: Connection, condition: ColumnElement[bool]) -> list[Row[Any]]:
    return list(conn.execute(select(akun).where(condition)))


def _is_last_admin(conn: Connection, known: Akun) -> bool:
    active = [_account(row) for row in _rows(conn, akun.c.aktif.is_(True))]
    admins = {a.nama for a in active if Peran.ADMIN in a.peran}
    return admins == {known.nama}


def _check_batas(
    conn: Connection,
    peran: frozenset[Peran],
    batas: tuple[Batas, ...],
    known: tuple[Batas, ...] = (),
) -> None:
    if batas and Peran.ADMIN in peran:
        raise SkmError("akun-batas-admin")
    for part in (b for b in batas if b not in known):
        survei = surveys.load_survei(conn, part.survei_id)
        strange = sorted(
            (part.titik - {t.kode for t in survei.titik})
            | (part.layanan - {x.kode for x in survei.layanan})
        )
        if strange or not (part.titik or part.layanan):
            raise SkmError("akun-batas-salah", nama=", ".join(strange), survei=part.survei_id)


def _check_luar(conn: Connection, nama: str, luar: str | None) -> None:
    if luar and any(row.nama != nama for row in _rows(conn, akun.c.luar == luar)):
        raise SkmError("luar-nama-terpakai")


def _join(peran: frozenset[Peran]) -> str:
    return ",".join(p.value for p in Peran if p in peran)


def _account(row: Row[Any], terakhir: datetime | None = None) -> Akun:
    return Akun(
        row.id,
        row.nama,
        frozenset(Peran(name) for name in row.peran.split(",")),
        load_batas(row.batas),
        row.aktif,
        bool(row.kode_rahasia),
        bool(row.sandi),
        row.luar,
        row.dibuat,
        row.sandi_diganti,
        terakhir,
    )
