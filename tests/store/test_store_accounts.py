"""Accounts and sign-ins in both databases: times, races, the last admin, and what is not stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from akun_uji import DINAS, account, everything, execute, kode_of, refuses, signed_in
from survei_kecil import TOML, save

from skm.akun import Batas, Peran, hash_password
from skm.store import Store
from skm.store.account_model import AkunBaru
from skm.store.backup import write_backup
from skm.store.backup_file import open_backup
from skm.store.logins import add_login, digest_of, find_login
from skm.store.restore import restore_backup

ADMIN, OPERATOR = Peran.ADMIN, Peran.OPERATOR
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


class TestAccounts:
    @pytest.mark.parametrize(
        "nama", ["", "ab", "1budi", "sistem", "Terminal", "a b", "bu/di", "é" * 5]
    )
    def test_names_that_may_not_be(self, store: Store, nama: str) -> None:
        refuses("akun-nama-salah", lambda: account(store, nama, ADMIN))

    def test_a_name_is_one_however_it_is_written(self, store: Store) -> None:
        assert account(store, "  Loket1 ", ADMIN).nama == "loket1"
        refuses("akun-nama-terpakai", lambda: account(store, "LOKET1", ADMIN))

    def test_the_last_admin_stays(self, store: Store) -> None:
        account(store, "utama", ADMIN, OPERATOR)
        account(store, "loket", OPERATOR)
        for change in ({"aktif": False}, {"peran": frozenset({OPERATOR})}):
            refuses("akun-admin-terakhir", lambda c=change: store.change_account("utama", **c))
        account(store, "wakil", ADMIN)
        assert not store.change_account("utama", aktif=False).aktif
        refuses("akun-admin-terakhir", lambda: store.change_account("wakil", aktif=False))

    def test_two_admins_who_switch_each_other_off_at_once(self, store: Store) -> None:
        for _ in range(8):
            names = [a.nama for a in store.list_accounts()] or [
                account(store, n, ADMIN).nama for n in ("satu", "dua")
            ]
            for nama in names:
                store.change_account(nama, aktif=True, peran=frozenset({ADMIN}))
            with ThreadPoolExecutor(2) as pool:
                found = pool.map(
                    lambda n: kode_of(lambda: store.change_account(n, aktif=False)), names
                )
                assert sorted(found) == ["", "akun-admin-terakhir"]
            assert sum(a.aktif for a in store.list_accounts()) == 1

    def test_another_change_at_the_same_moment_gives_no_role_back(self, store: Store) -> None:
        account(store, "utama", ADMIN)
        account(store, "wakil", ADMIN)
        for number in range(8):
            store.change_account("wakil", peran=frozenset({ADMIN}))
            with ThreadPoolExecutor(2) as pool:
                pool.submit(store.change_account, "wakil", luar=f"luar-{number}")
                pool.submit(store.change_account, "wakil", peran=frozenset({OPERATOR}))
            assert store.find_account("wakil").peran == {OPERATOR}

    def test_limits_name_what_exists(self, store: Store) -> None:
        save(store)
        for batas, kode in (
            (Batas("kecil", frozenset({"tak-ada"})), "akun-batas-salah"),
            (Batas("kecil"), "akun-batas-salah"),
            (Batas("lain", frozenset({"dinas"})), "survei-tak-ada"),
        ):
            refuses(kode, lambda b=batas: account(store, "loket", OPERATOR, batas=(b,)))
        refuses("akun-batas-admin", lambda: account(store, "utama", ADMIN, batas=(DINAS,)))

    @pytest.mark.parametrize("gone", ["survei", "titik"])
    def test_whoever_is_limited_to_what_is_gone_can_still_be_switched_off(
        self, store: Store, gone: str
    ) -> None:
        save(store)
        akun = account(store, "loket", OPERATOR, batas=(DINAS,))
        if gone == "survei":
            store.delete_survei("kecil")
        else:
            save(store, TOML.replace('{ kode = "dinas", nama = "Dinas" }, ', ""))
        assert store.list_survei() == () or store.acting(akun.as_pelaku()).list_survei()
        changed = store.change_account("loket", aktif=False)
        assert (changed.aktif, changed.batas) == (False, (DINAS,))


class TestSignIns:
    @pytest.mark.parametrize(
        ("made", "seen", "good"),
        [
            (timedelta(0), timedelta(hours=7, minutes=59), True),
            (timedelta(0), timedelta(hours=8, minutes=1), False),
            (timedelta(days=6, hours=23), timedelta(hours=1), True),
            (timedelta(days=7, minutes=1), timedelta(hours=1), False),
            (timedelta(hours=-1), timedelta(hours=-1), True),  # the clock was set back a little
            (timedelta(hours=-9), timedelta(hours=-9), False),  # or a lot
        ],
    )
    def test_idle_and_absolute_time(
        self, store: Store, made: timedelta, seen: timedelta, good: bool
    ) -> None:
        account(store, "loket1", ADMIN)
        with store.engine.begin() as conn:
            sidik = digest_of(add_login(conn, "loket1", NOW))
        execute(
            store,
            "UPDATE sesi_masuk SET terakhir = :t, dibuat = :d",
            t=_stored(store, NOW - seen),
            d=_stored(store, NOW - max(made, seen)),
        )
        with store.engine.begin() as conn:
            assert (find_login(conn, sidik, NOW) is not None) == good

    def test_what_is_over_is_swept_out(self, store: Store) -> None:
        akun = account(store, "loket1", ADMIN)
        with store.engine.begin() as conn:
            add_login(conn, "loket1", datetime.now(UTC) - timedelta(days=1))
        store.add_login(akun)
        assert store.count_logins("loket1") == 1
        assert everything(store).count(akun.id) == 2  # the account and one sign-in

    def test_out_everywhere_else(self, store: Store) -> None:
        akun = account(store, "loket1", ADMIN)
        here, there = signed_in(store, akun), signed_in(store, akun)
        assert store.acting(here).end_logins("loket1", here.sesi) == 1
        assert store.login_of(here.sesi)
        assert store.login_of(there.sesi) is None

    @pytest.mark.parametrize("change", ["password", "code"])
    def test_another_password_or_code_signs_the_others_out(self, store: Store, change: str) -> None:
        akun = account(store, "loket1", OPERATOR)
        here, there = signed_in(store, akun), signed_in(store, akun)
        acting = store.acting(here)
        if change == "password":
            acting.set_password("loket1", "lain", here.sesi)
        else:
            acting.set_code("loket1", "A" * 32, 5, here.sesi)
        assert store.login_of(here.sesi)
        assert store.login_of(there.sesi) is None

    def test_switched_off_is_signed_out_for_good(self, store: Store) -> None:
        account(store, "utama", ADMIN)
        akun = account(store, "loket1", OPERATOR)
        pelaku = signed_in(store, akun)
        store.change_account("loket1", aktif=False)
        store.change_account("loket1", aktif=True)
        assert store.login_of(pelaku.sesi) is None

    @pytest.mark.parametrize("change", ["password", "off"])
    def test_a_sign_in_that_began_before_a_change_does_not_outlive_it(
        self, store: Store, change: str
    ) -> None:
        """The old password was compared, then somebody else changed it, then the token is made."""
        account(store, "utama", ADMIN)
        account(store, "loket1", OPERATOR)
        known = store.secrets_of("loket1")
        assert known is not None
        if change == "password":
            store.set_password("loket1", "lain")
        else:
            store.change_account("loket1", aktif=False)
        assert store.add_login(known.akun) is None
        assert store.count_logins("loket1") == 0

    def test_one_code_opens_one_browser(self, store: Store) -> None:
        akun = account(store, "loket1", ADMIN)
        store.set_code("loket1", "A" * 32, 10)
        with ThreadPoolExecutor(4) as pool:
            tokens = list(pool.map(lambda _: store.add_login(akun, langkah=11), range(4)))
        assert sum(token is not None for token in tokens) == 1

    def test_a_disk_that_takes_nothing_keeps_nobody_from_reading(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from skm.pesan import SkmError
        from skm.store import staff

        pelaku = signed_in(store, account(store, "loket1", ADMIN))
        execute(store, "UPDATE sesi_masuk SET terakhir = dibuat")

        def full(*_: object) -> None:
            raise SkmError("disk-penuh", tempat="x")

        monkeypatch.setattr(staff._logins, "is_due", lambda *_: True)
        monkeypatch.setattr(staff._logins, "touch_login", full)
        assert store.login_of(pelaku.sesi)


class TestFirst:
    def test_once_and_only_the_newest(self, store: Store) -> None:
        old, new = store.new_first_token(), store.new_first_token()
        assert old
        assert new
        assert not store.is_first_token(old)
        refuses("masuk-tautan", lambda: store.add_first_account(old, "loket1", "x"))
        assert kode_of(lambda: store.add_first_account(new, "1", "x")) == "akun-nama-salah"
        assert store.add_first_account(new, "loket1", "x").peran >= {ADMIN}
        assert store.new_first_token() is None
        refuses("masuk-tautan", lambda: store.add_first_account(new, "loket2", "x"))

    def test_of_two_at_once_one_wins(self, store: Store) -> None:
        token = store.new_first_token() or ""
        with ThreadPoolExecutor(2) as pool:
            found = pool.map(
                lambda n: kode_of(lambda: store.add_first_account(token, n, "x")), ("satu", "dua")
            )
            assert sorted(found) == ["", "masuk-tautan"]
        assert len(store.list_accounts()) == 1


def test_no_secret_is_stored_as_it_is(store: Store) -> None:
    first = store.new_first_token() or ""
    assert first not in everything(store)
    sandi = "kuda biru naik sepeda"
    akun = store.add_account(AkunBaru("loket1", frozenset({ADMIN}), hash_password(sandi)))
    token = store.add_login(akun) or ""
    stored = everything(store)
    assert token not in stored
    assert sandi not in stored
    assert digest_of(token) in stored  # the search above looks where it should


def test_a_restore_signs_everybody_out_and_names_the_trail_it_replaced(
    store: Store, tmp_path: Path
) -> None:
    save(store)
    pelaku = signed_in(store, account(store, "loket1", ADMIN))
    write_backup(store.engine, tmp_path / "a.zip")
    account(store, "loket2", ADMIN)
    end = store.examine_trail().ujung
    with open_backup(tmp_path / "a.zip") as cadangan:
        restore_backup(store.engine, cadangan, ganti=True)
    assert store.login_of(pelaku.sesi) is None
    assert [a.nama for a in store.list_accounts()] == ["loket1"]
    assert str(end) in store.trail(limit=1)[0].sebelum
    assert store.examine_trail().cacat is None


def _stored(store: Store, moment: datetime) -> object:
    """A moment as the database keeps it, for a statement written out."""
    if store.engine.dialect.name == "sqlite":
        return moment.replace(tzinfo=None).strftime("%Y-%m-%d %H:%M:%S.%f")
    return moment
