"""Who may do what in the store: each public method × each role, parts of a survey, stale pages."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from akun_uji import DINAS, account, execute, kode_of, refuses, signed_in
from kiriman_uji import sheet
from survei_kecil import KOSONG_SATU, PENUH, T4, TOML, UNGGAH, save, survei_of

from skm.akun import Batas, Hak, Pelaku, Peran
from skm.penutupan.tutup import close
from skm.store import Store, TautanBaru, TindakBaru
from skm.store.account_model import AkunBaru
from skm.store.remark_model import StatusSaran

ADMIN, OPERATOR, MANAJER, PEMERIKSA = "admin", "operator", "manajer", "pemeriksa"
ALL = {ADMIN, OPERATOR, MANAJER, PEMERIKSA}
DAY = date(2024, 12, 31)
PLAN = TindakBaru(T4, "U1", "Menambah loket", "2025", "Kepala")


@dataclass
class Known:
    """What is stored before each call."""

    batch: str
    kode: str
    kirim: str
    ids: list[int]


Call = Callable[[Store, Known], object]

CHANGING: dict[str, tuple[set[str], Call]] = {
    "save_survei": ({ADMIN}, lambda s, k: s.save_survei(survei_of(), TOML)),
    "delete_survei": ({ADMIN}, lambda s, k: s.delete_survei("kecil")),
    "add_batch": ({OPERATOR}, lambda s, k: s.add_batch("kecil", UNGGAH, [PENUH])),
    "undo_batch": ({OPERATOR}, lambda s, k: s.undo_batch(k.batch)),
    "rebuild_recap": ({ADMIN}, lambda s, k: s.rebuild_recap("kecil")),
    "add_tautan": (
        {ADMIN, OPERATOR},
        lambda s, k: s.add_tautan("kecil", [TautanBaru("dinas", None)]),
    ),
    "change_tautan": ({ADMIN, OPERATOR}, lambda s, k: s.change_tautan(k.kode, aktif=False)),
    "add_sheet": ({OPERATOR}, lambda s, k: s.add_sheet("kecil", "dinas", "ktp", sheet(), sesi="b")),
    "correct_sheet": ({OPERATOR}, lambda s, k: s.correct_sheet(k.kirim, sheet("111"))),
    "save_double_entry": ({OPERATOR}, lambda s, k: s.save_double_entry("kecil", "a", 1, 3, 0)),
    "exclude": ({OPERATOR, MANAJER}, lambda s, k: s.exclude("kecil", k.ids, "uji")),
    "include": ({OPERATOR, MANAJER}, lambda s, k: s.include(k.ids)),
    "set_population": (
        {OPERATOR, MANAJER},
        lambda s, k: s.set_population("kecil", T4, None, 500),
    ),
    "close_period": ({MANAJER}, lambda s, k: close(s, "kecil", T4)),
    "publish_period": ({MANAJER}, lambda s, k: s.publish_period("kecil", T4)),
    "withdraw_period": ({MANAJER}, lambda s, k: s.withdraw_period("kecil", T4, "uji")),
    "reopen_period": ({MANAJER}, lambda s, k: s.reopen_period("kecil", T4, "uji")),
    "reduce_answers": ({ADMIN}, lambda s, k: s.reduce_answers("kecil", DAY)),
    "set_published_figure": (
        {OPERATOR, MANAJER},
        lambda s, k: s.set_published_figure("kecil", T4, Decimal(80), "LKIP"),
    ),
    "set_report_text": (
        {OPERATOR, MANAJER},
        lambda s, k: s.set_report_text("kecil", T4, "penutup", "uji"),
    ),
    "add_follow_up": ({OPERATOR, MANAJER}, lambda s, k: s.add_follow_up("kecil", PLAN)),
    "add_follow_ups": ({OPERATOR, MANAJER}, lambda s, k: s.add_follow_ups("kecil", [PLAN])),
    "change_follow_up": ({OPERATOR, MANAJER}, lambda s, k: s.change_follow_up("kecil", 1, PLAN)),
    "delete_follow_up": ({OPERATOR, MANAJER}, lambda s, k: s.delete_follow_up("kecil", 1)),
    "add_account": (
        {ADMIN},
        lambda s, k: s.add_account(AkunBaru("baru", frozenset({Peran.OPERATOR}), "x")),
    ),
    "change_account": ({ADMIN}, lambda s, k: s.change_account("lain", aktif=False)),
    "set_password": ({ADMIN}, lambda s, k: s.set_password("lain", "y")),
    "set_code": ({ADMIN}, lambda s, k: s.set_code("lain", "")),
    "end_logins": ({ADMIN}, lambda s, k: s.end_logins("lain")),
}
CHANGING |= {
    "edit_survei": ({ADMIN}, lambda s, k: s.edit_survei(survei_of(), TOML, None, "uji")),
    "load_file": ({ADMIN}, lambda s, k: s.load_file(survei_of(), TOML + "\n# lain\n")),
    "pass_over_file": ({ADMIN}, lambda s, k: s.pass_over_file("kecil", TOML)),
    "respond": (
        {OPERATOR, MANAJER},
        lambda s, k: s.respond("kecil", k.ids, StatusSaran.PERLU, ""),
    ),
}
GUARDED: dict[str, tuple[set[str], Call]] = {
    "list_accounts": ({ADMIN}, lambda s, k: s.list_accounts()),
    "find_account": ({ADMIN}, lambda s, k: s.find_account("lain")),
    "count_logins": ({ADMIN}, lambda s, k: s.count_logins("lain")),
    "trail": ({ADMIN, PEMERIKSA}, lambda s, k: s.trail()),
    "trail_actors": ({ADMIN, PEMERIKSA}, lambda s, k: s.trail_actors()),
    "examine_trail": ({ADMIN, PEMERIKSA}, lambda s, k: s.examine_trail()),
    "list_sheets": ({OPERATOR}, lambda s, k: s.list_sheets("a")),
    "secrets_of": (set(), lambda s, k: s.secrets_of("lain")),
    "load_version": ({ADMIN}, lambda s, k: s.load_version("kecil", 1)),
    "survei_versions": ({ADMIN}, lambda s, k: s.survei_versions("kecil")),
    "add_login_outside": (set(), lambda s, k: s.add_login_outside(None)),
    "confirm": ({ADMIN}, lambda s, k: s.confirm(Hak.AKUN)),
}
SEEING: dict[str, Call] = {
    "load_survei": lambda s, k: s.load_survei("kecil"),
    "load_toml": lambda s, k: s.load_toml("kecil"),
    "questionnaires": lambda s, k: s.questionnaires("kecil"),
    "data_version": lambda s, k: s.data_version("kecil"),
    "list_batches": lambda s, k: s.list_batches("kecil"),
    "find_batch": lambda s, k: s.find_batch("kecil", "a" * 64),
    "has_file": lambda s, k: s.has_file("kecil", "a" * 64),
    "count_known": lambda s, k: s.count_known("kecil", ["x"]),
    "cells": lambda s, k: s.cells("kecil"),
    "nrr_table": lambda s, k: s.nrr_table("kecil"),
    "scores": lambda s, k: s.scores("kecil"),
    "profil_counts": lambda s, k: s.profil_counts("kecil"),
    "group_counts": lambda s, k: s.group_counts("kecil", T4, "titik"),
    "periods": lambda s, k: s.periods("kecil"),
    "answers": lambda s, k: list(s.answers("kecil")),
    "list_tautan": lambda s, k: s.list_tautan("kecil"),
    "double_entries": lambda s, k: s.double_entries("kecil"),
    "flagged": lambda s, k: s.flagged("kecil"),
    "flag_counts": lambda s, k: s.flag_counts("kecil"),
    "excluded_cells": lambda s, k: s.excluded_cells("kecil"),
    "daily_counts": lambda s, k: s.daily_counts("kecil", DAY, DAY),
    "populations": lambda s, k: s.populations("kecil", T4),
    "snapshot": lambda s, k: s.snapshot("kecil", T4),
    "closings": lambda s, k: s.closings("kecil"),
    "closing_file": lambda s, k: s.closing_file("kecil", "x", "isi"),
    "events": lambda s, k: s.events("kecil"),
    "due_answers": lambda s, k: s.due_answers("kecil", DAY),
    "published_figures": lambda s, k: s.published_figures("kecil"),
    "report_texts": lambda s, k: s.report_texts("kecil", T4),
    "report_text_sources": lambda s, k: s.report_text_sources("kecil", T4),
    "follow_ups": lambda s, k: s.follow_ups("kecil"),
    "dated_rows": lambda s, k: s.dated_rows("kecil", T4),
    "read_sheets": lambda s, k: s.read_sheets("kecil", T4),
    "remark_states": lambda s, k: s.remark_states("kecil"),
    "remarks": lambda s, k: s.remarks("kecil"),
    "responses": lambda s, k: s.responses("kecil"),
    "used_places": lambda s, k: s.used_places("kecil"),
}
INTERNAL = {
    # The program's own business, or public: its start, the form, the sign-in, the trail.
    "close", "schema_step", "list_survei", "was_deleted", "shared_key", "check_recap",
    "find_tautan", "find_form", "change_mark", "count_visits", "submit", "submit_soon",
    "has_accounts", "new_first_token", "is_first_token",
    "add_first_account", "add_login", "record_refused", "login_of", "end_login",
    "record", "acting", "find_reply", "judge_file", "refusals",
}  # fmt: skip


@pytest.fixture
def known(store: Store) -> Known:
    save(store)
    batch = store.add_batch("kecil", UNGGAH, [PENUH, KOSONG_SATU])
    (tautan,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
    kiriman = sheet()
    store.add_sheet("kecil", "mpp", "ktp", kiriman, sesi="a")
    account(store, "utama", Peran.ADMIN)
    account(store, "lain", Peran.OPERATOR)
    with store.engine.connect() as conn:
        ids = [row.id for row in conn.execute(_jawaban())]
    return Known(batch.id, tautan.kode, kiriman.id_kirim, ids)


def _jawaban() -> object:
    from skm.store.schema import jawaban

    return jawaban.select().order_by(jawaban.c.id)


def test_every_method_of_the_store_is_decided() -> None:
    """A new method stands in one of the tables above, or this fails."""
    names = {n for n, _ in inspect.getmembers(Store, inspect.isfunction) if not n.startswith("_")}
    tables = [set(CHANGING), set(GUARDED), set(SEEING), INTERNAL]
    assert names == set().union(*tables)
    assert sum(map(len, tables)) == len(names)


@pytest.mark.parametrize("name", [*CHANGING, *GUARDED])
def test_only_these_roles_may(store: Store, known: Known, name: str) -> None:
    allowed, call = {**CHANGING, **GUARDED}[name]
    for role in sorted(ALL - allowed):
        before = store.trail(limit=1), store.data_version("kecil")
        acting = store.acting(Pelaku("seseorang", frozenset({Peran(role)})))
        refuses("hak-kurang", lambda acting=acting: call(acting, known))
        assert (store.trail(limit=1), store.data_version("kecil")) == before, role
    for role in sorted(allowed):
        acting = store.acting(Pelaku("seseorang", frozenset({Peran(role)})))
        assert not kode_of(lambda acting=acting: call(acting, known)).startswith("hak-"), role


@pytest.mark.parametrize("name", [n for n in CHANGING if n not in ("save_survei", "include")])
def test_a_change_stands_in_the_trail_under_its_name(store: Store, known: Known, name: str) -> None:
    """What cannot be done now leaves no entry either."""
    end = store.examine_trail().ujung.nomor
    acting = store.acting(Pelaku("seseorang", frozenset(Peran)))
    failed = kode_of(lambda: CHANGING[name][1](acting, known))
    fresh = [e for e in store.trail() if e.nomor > end]
    nothing = failed or name in ("reduce_answers", "pass_over_file")
    assert [e.pelaku for e in fresh] == ([] if nothing else ["seseorang"])


@pytest.mark.parametrize("name", SEEING)
def test_a_survey_of_others_is_not_known(store: Store, known: Known, name: str) -> None:
    for stranger in (
        Pelaku("luar", frozenset(Peran), (Batas("lain", frozenset({"x"})),)),
        Pelaku("tanpa-peran"),
    ):
        acting = store.acting(stranger)
        refuses("survei-tak-ada", lambda acting=acting: SEEING[name](acting, known))
        assert acting.list_survei() == ()


class TestPart:
    """An account that is limited to the titik `dinas`."""

    @pytest.fixture
    def mine(self, store: Store, known: Known) -> Store:
        return store.acting(Pelaku("loket", frozenset({Peran.OPERATOR}), (DINAS,)))

    def test_it_sees_the_answers_given_there(self, store: Store, known: Known, mine: Store) -> None:
        store.exclude("kecil", known.ids, "uji")
        assert [a.titik for a in mine.answers("kecil", dikecualikan=True)] == ["dinas"]
        assert [a.titik for a in mine.flagged("kecil")] == ["dinas"]
        assert mine.list_sheets("a") == ()

    def test_no_way_around_to_the_others(self, mine: Store) -> None:
        refuses("hak-kurang", lambda: mine.snapshot("kecil", T4))
        for nama in ("jawaban", "saran"):
            refuses("hak-kurang", lambda nama=nama: mine.closing_file("kecil", "x", nama))

    def test_nothing_is_changed_outside(self, store: Store, known: Known, mine: Store) -> None:
        before = store.data_version("kecil")
        for work in (
            lambda: mine.add_batch("kecil", UNGGAH, [PENUH, KOSONG_SATU]),
            lambda: mine.undo_batch(known.batch),
            lambda: mine.add_sheet("kecil", "mpp", "ktp", sheet(), sesi="a"),
            lambda: mine.add_sheet("kecil", None, None, sheet(), sesi="a"),
            lambda: mine.correct_sheet(known.kirim, sheet("111", titik="dinas")),
            lambda: mine.exclude("kecil", known.ids, "uji"),
            lambda: mine.include(known.ids),
            lambda: mine.add_tautan("kecil", [TautanBaru("mpp", None)]),
            lambda: mine.add_tautan("kecil", [TautanBaru(None, None)]),
            lambda: mine.change_tautan(known.kode, aktif=False),
        ):
            refuses("di-luar-batas", work)
        assert store.data_version("kecil") == before
        assert len(list(store.answers("kecil"))) == 3

    def test_its_own_sheet_cannot_be_moved_outside(self, mine: Store) -> None:
        own = sheet()
        mine.add_sheet("kecil", "dinas", "ktp", own, sesi="b")
        refuses("di-luar-batas", lambda: mine.correct_sheet(own.id_kirim, sheet(titik="mpp")))
        assert mine.correct_sheet(own.id_kirim, sheet("111")).jawaban.nilai == "111"

    def test_of_two_places_both_count(self, store: Store, known: Known) -> None:
        part = Batas("kecil", frozenset({"dinas"}), frozenset({"kk"}))
        both = store.acting(Pelaku("loket", frozenset({Peran.OPERATOR}), (part,)))
        assert list(both.answers("kecil")) == []


class TestStalePage:
    """A page stands open for hours: each press asks again, in the transaction of the change."""

    def press(self, acting: Store) -> object:
        return acting.add_batch("kecil", UNGGAH, [PENUH])

    @pytest.fixture
    def acting(self, store: Store, known: Known) -> Store:
        akun = account(store, "loket", Peran.OPERATOR, Peran.MANAJER, batas=(DINAS,))
        return store.acting(signed_in(store, akun))

    @pytest.mark.parametrize(
        ("kode", "meanwhile"),
        [
            ("masuk-dahulu", lambda s, p: s.end_login(p.sesi)),
            ("masuk-dahulu", lambda s, p: s.end_logins("loket")),
            ("masuk-dahulu", lambda s, p: s.set_password("loket", "lain")),
            ("masuk-dahulu", lambda s, p: s.set_code("loket", "A" * 32)),
            ("masuk-dahulu", lambda s, p: s.change_account("loket", aktif=False)),
            ("hak-kurang", lambda s, p: s.change_account("loket", peran={Peran.MANAJER})),
            ("hak-berubah", lambda s, p: s.change_account("loket", batas=())),
            (
                "masuk-dahulu",
                lambda s, p: execute(s, "UPDATE sesi_masuk SET terakhir = '2020-01-01'"),
            ),
        ],
    )
    def test_what_has_changed_since_is_seen(
        self, store: Store, acting: Store, kode: str, meanwhile: Callable
    ) -> None:
        self.press(acting)
        meanwhile(store, acting.pelaku)
        before = store.data_version("kecil"), store.trail(limit=1)
        refuses(kode, lambda: self.press(acting))
        expected = "hak-kurang" if kode == "hak-berubah" else kode
        refuses(expected, lambda: acting.confirm(Hak.AKUN if expected != kode else Hak.MASUKKAN))
        assert (store.data_version("kecil"), store.trail(limit=1)) == before


class TestTogether:
    """The change and its entry: both, or neither."""

    def test_a_change_that_fails_leaves_no_entry(self, store: Store, known: Known) -> None:
        end = store.examine_trail().ujung
        strange = KOSONG_SATU.__class__("434", T4, titik="tak-ada")
        acting = store.acting(Pelaku("seseorang", frozenset({Peran.OPERATOR})))
        assert kode_of(lambda: acting.add_batch("kecil", UNGGAH, [PENUH, strange]))
        assert store.examine_trail().ujung == end

    def test_an_entry_that_fails_leaves_no_change(self, store: Store, known: Known) -> None:
        execute(store, "ALTER TABLE jejak RENAME TO jejak_lain")
        before = store.data_version("kecil")
        acting = store.acting(Pelaku("seseorang", frozenset({Peran.OPERATOR})))
        assert kode_of(lambda: acting.add_batch("kecil", UNGGAH, [PENUH])) == "basis-data-gagal"
        assert store.data_version("kecil") == before
        execute(store, "ALTER TABLE jejak_lain RENAME TO jejak")
        assert len(list(store.answers("kecil"))) == 3
