"""The part of the store for those who work with it: accounts, sign-ins, the audit trail."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from datetime import UTC, datetime

from skm.akun import Batas, Catatan, Hak, Pelaku, Peran, Tindakan
from skm.luar.nama import Orang
from skm.pesan import SkmError
from skm.store import accounts as _accounts
from skm.store import audit as _audit
from skm.store import keys as _keys
from skm.store import logins as _logins
from skm.store.account_model import Akun, AkunBaru, Rahasia
from skm.store.acting import ActingStore
from skm.store.audit import Pemeriksaan, SaringJejak, Ujung
from skm.store.engine import reading, writing

_FIRST = "akun-pertama"
_LUAR = "akun kantor"
_ADMIN = frozenset({Peran.ADMIN, Peran.OPERATOR, Peran.MANAJER})
"""The first account can do all of an office's work; it hands roles on as others come."""


class StaffStore(ActingStore):
    """Accounts and what they did. Each method is one transaction."""

    def has_accounts(self) -> bool:
        """Return whether any account was ever made."""
        with reading(self.engine) as conn:
            return _accounts.has_accounts(conn)

    def new_first_token(self) -> str | None:
        """Return a new secret that makes the first account, once; None where there is one.

        An earlier secret is void from then on; only the hash of this one is stored.
        """
        with writing(self.engine) as conn:
            if _accounts.has_accounts(conn):
                return None
            token = secrets.token_urlsafe(24)
            _keys.set_value(conn, _FIRST, _hash(token))
            return token

    def is_first_token(self, token: str) -> bool:
        """Return whether this secret makes the first account."""
        with reading(self.engine) as conn:
            known = None if _accounts.has_accounts(conn) else _keys.value_of(conn, _FIRST)
        return known is not None and secrets.compare_digest(known, _hash(token))

    def add_first_account(self, token: str, nama: str, sandi_sidik: str) -> Akun:
        """Make the first account, with the secret of `new_first_token`.

        Raises SkmError `masuk-tautan` for another secret or a second account, and as
        `add_account`.
        """
        with writing(self.engine) as conn:
            # The key row is taken first: of two who press at once, one finds it gone.
            known = _keys.take_value(conn, _FIRST)
            fits = known is not None and secrets.compare_digest(known, _hash(token))
            if not fits or _accounts.has_accounts(conn):
                raise SkmError("masuk-tautan")
            made = _accounts.add_account(conn, AkunBaru(nama, _ADMIN, sandi_sidik))
            after = _described(made)
            _audit.append(conn, made.as_pelaku(), Tindakan.AKUN_BUAT, "", made.nama, sesudah=after)
            return made

    def add_account(self, baru: AkunBaru) -> Akun:
        """Make an account.

        Raises SkmError `hak-kurang`, `akun-nama-salah`, `akun-nama-terpakai`, `luar-nama-terpakai`,
        `survei-tak-ada`, `akun-batas-salah`, `akun-batas-admin`.
        """
        with self._change(Hak.AKUN, Tindakan.AKUN_BUAT) as change:
            made = _accounts.add_account(change.conn, baru)
            change.objek, change.sesudah = made.nama, _described(made)
            return made

    def list_accounts(self) -> tuple[Akun, ...]:
        """Return all accounts by name, also those switched off. Raises `hak-kurang`."""
        self._need(Hak.AKUN)
        with reading(self.engine) as conn:
            return _accounts.list_accounts(conn)

    def find_account(self, nama: str) -> Akun:
        """Return an account, another's for who may. Raises `hak-kurang`, `akun-tak-ada`."""
        self._need_own(nama)
        with reading(self.engine) as conn:
            return _accounts.find_account(conn, nama)

    def change_account(
        self,
        nama: str,
        *,
        peran: frozenset[Peran] | None = None,
        batas: tuple[Batas, ...] | None = None,
        aktif: bool | None = None,
        luar: str | None = None,
    ) -> Akun:
        """Change an account; switched off, or another person's, its browsers are signed out.

        Raises SkmError `hak-kurang`, `akun-tak-ada`, `akun-admin-terakhir`, `peran-kosong`,
        `akun-batas-salah`, `akun-batas-admin`, `luar-nama-terpakai`.
        """
        with self._change(Hak.AKUN, Tindakan.AKUN_UBAH, objek=nama) as change:
            before = _accounts.find_account(change.conn, nama)
            change.sebelum = _described(before)
            changed = _accounts.change_account(
                change.conn, nama, peran=peran, batas=batas, aktif=aktif, luar=luar
            )
            relinked = changed.luar != before.luar
            if not changed.aktif:
                _logins.end_logins(change.conn, nama)
            elif relinked:  # its browsers may be the former person's
                _logins.end_logins(change.conn, nama, self.pelaku.sesi)
            change.sesudah = _described(changed) | ({"luar_diganti": True} if relinked else {})
            return changed

    def set_password(self, nama: str, sandi_sidik: str, sesi: str = "") -> None:
        """Give an account another password and sign out its browsers, but for the one of `sesi`.

        Everybody may for oneself. Raises SkmError `hak-kurang`, `akun-tak-ada`.
        """
        with self._change(self._own_or(nama), Tindakan.AKUN_SANDI, objek=nama) as change:
            _accounts.set_password(change.conn, nama, sandi_sidik)
            _logins.end_logins(change.conn, nama, sesi)

    def set_code(self, nama: str, rahasia: str, langkah: int = -1, sesi: str = "") -> None:
        """Keep the secret of an authenticator, '' for none; sign out all other browsers.

        Everybody may for oneself. Raises SkmError `hak-kurang`, `akun-tak-ada`.
        """
        with self._change(self._own_or(nama), Tindakan.AKUN_KODE, objek=nama) as change:
            change.sesudah = {"terpasang": bool(rahasia)}
            _accounts.set_code(change.conn, nama, rahasia, langkah)
            _logins.end_logins(change.conn, nama, sesi)

    def secrets_of(self, nama: str) -> Rahasia | None:
        """Return what a sign-in is compared with; None for nobody active. Raises `hak-kurang`."""
        if not self.pelaku.sistem:
            raise SkmError("hak-kurang")
        with reading(self.engine) as conn:
            return _accounts.secrets_of(conn, nama)

    def add_login_outside(self, orang: Orang) -> str | None:
        """Sign a browser in whose person the identity provider vouches for; return its token.

        None, with an entry in the trail, where nobody made that person an account, or it is
        switched off. A first sign-in binds the account to the person. Raises `hak-kurang`.
        """
        if not self.pelaku.sistem:
            raise SkmError("hak-kurang")
        with writing(self.engine) as conn:
            akun, bound = _accounts.account_outside(conn, orang)
            how = {"lewat": _LUAR}
            if akun is None or not akun.aktif:
                nama = akun.nama if akun else ""
                refused = Pelaku("sistem")
                _audit.append(conn, refused, Tindakan.MASUK_GAGAL, objek=nama, sesudah=how)
                return None
            token = _logins.add_login(conn, akun.nama, datetime.now(UTC))
            done = how | ({"akun": "dihubungkan"} if bound else {})
            _audit.append(conn, akun.as_pelaku(), Tindakan.MASUK, objek=akun.nama, sesudah=done)
            return token

    def add_login(
        self, akun: Akun, *, langkah: int | None = None, sidik_baru: str = ""
    ) -> str | None:
        """Sign a browser in; return its token, or None where `langkah` was just used elsewhere, or
        the account was switched off or given another password since `akun` was read.

        `sidik_baru` is the same password under today's parameters. Raises SkmError
        `akun-tak-ada`.
        """
        with writing(self.engine) as conn:
            if not _accounts.is_unchanged(conn, akun):
                return None
            if langkah is not None and not _accounts.use_code(conn, akun.id, langkah):
                return None
            if sidik_baru:
                _accounts.refresh_hash(conn, akun.nama, sidik_baru)
            token = _logins.add_login(conn, akun.nama, datetime.now(UTC))
            _audit.append(conn, akun.as_pelaku(), Tindakan.MASUK, objek=akun.nama)
            return token

    def record_refused(self, nama: str) -> None:
        """Write down that a sign-in under a known name was refused."""
        with writing(self.engine) as conn:
            _audit.append(conn, Pelaku("sistem"), Tindakan.MASUK_GAGAL, objek=nama)

    def login_of(self, sidik: str) -> Akun | None:
        """Return whose browser this is, by the digest of its token, and keep it signed in."""
        now = datetime.now(UTC)
        with reading(self.engine) as conn:
            found = _logins.find_login(conn, sidik, now)
        if found is None:
            return None
        akun, seen = found
        if _logins.is_due(seen, now):
            # A full or locked disk must not keep anybody from reading.
            with suppress(SkmError), writing(self.engine) as conn:
                _logins.touch_login(conn, sidik, now)
        return akun

    def end_login(self, sidik: str) -> None:
        """Sign a browser out."""
        with writing(self.engine) as conn:
            found = _logins.find_login(conn, sidik, datetime.now(UTC))
            _logins.end_login(conn, sidik)
            if found:
                akun = found[0]
                _audit.append(conn, akun.as_pelaku(), Tindakan.KELUAR, objek=akun.nama)

    def end_logins(self, nama: str, sesi: str = "") -> int:
        """Sign out all browsers of an account but the one of `sesi`; return how many.

        Everybody may for oneself. Raises SkmError `hak-kurang`, `akun-tak-ada`.
        """
        with self._change(self._own_or(nama), Tindakan.KELUAR_SEMUA, objek=nama) as change:
            gone = _logins.end_logins(change.conn, nama, sesi)
            change.sesudah = {"jumlah": gone}
            return gone

    def count_logins(self, nama: str) -> int:
        """Return how many browsers an account is signed in with. As `find_account`."""
        self._need_own(nama)
        with reading(self.engine) as conn:
            return _logins.count_logins(conn, nama)

    def trail(
        self, saring: SaringJejak | None = None, limit: int = 100, sebelum: int | None = None
    ) -> tuple[Catatan, ...]:
        """Return entries of the audit trail, newest first. Raises SkmError `hak-kurang`."""
        self._need(Hak.JEJAK)
        with reading(self.engine) as conn:
            return _audit.entries(conn, saring or SaringJejak(), limit, sebelum)

    def trail_actors(self) -> tuple[str, ...]:
        """Return who stands in the audit trail. Raises SkmError `hak-kurang`."""
        self._need(Hak.JEJAK)
        with reading(self.engine) as conn:
            return _audit.actors(conn)

    def examine_trail(self, ujung: Ujung | None = None) -> Pemeriksaan:
        """Prove the audit trail, also against an end that was noted. Raises `hak-kurang`."""
        self._need(Hak.JEJAK)
        with reading(self.engine) as conn:
            return _audit.examine(conn, ujung)

    def record(self, tindakan: Tindakan, survei_id: str = "", objek: str = "") -> None:
        """Write down what the one who acts has done elsewhere: taken a file with single answers,
        or changed one that lies beside the database.
        """
        self._record(tindakan, survei_id, objek)

    def _own_or(self, nama: str) -> Hak:
        """Return the right that changing this account takes: one's own takes none but to be."""
        return Hak.LIHAT if nama == self.pelaku.nama else Hak.AKUN

    def _need_own(self, nama: str) -> None:
        if nama != self.pelaku.nama:
            self._need(Hak.AKUN)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _described(akun: Akun) -> dict[str, object]:
    """Return what the trail says of an account: nothing that opens it."""
    return {
        "peran": sorted(akun.peran),
        "batas": [
            {"survei": b.survei_id, "titik": sorted(b.titik), "layanan": sorted(b.layanan)}
            for b in akun.batas
        ],
        "aktif": akun.aktif,
        "luar": bool(akun.luar),
    }
