"""Sheets stored together are as good as each alone: none harms another, none is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import lingkar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kiriman_uji import counted, place, sheet
from sqlalchemy import delete, event, select
from survei_kecil import TOML, WAKTU, save

from skm.pesan import SkmError
from skm.store import StaleError, Store, Tautan, TautanBaru, open_store
from skm.store.schema import jawaban, tautan
from skm.store.submissions import Masuk, from_form


def together(store: Store, *sent: Masuk) -> list:
    """What one group answers, without waiting for one to gather."""
    return store._shared.writer._store(sent)


def ids(store: Store) -> list[str]:
    with store.engine.connect() as conn:
        return list(conn.execute(select(jawaban.c.id_kirim).order_by(jawaban.c.id)).scalars())


def codes(results: list) -> list[str]:
    return [r.kode if isinstance(r, SkmError) else type(r).__name__ for r in results]


@contextmanager
def commits(store: Store) -> Iterator[list[int]]:
    """How many transactions were committed."""
    seen: list[int] = []

    def count(_: object) -> None:
        seen.append(1)

    event.listen(store.engine, "commit", count)
    yield seen
    event.remove(store.engine, "commit", count)


def test_a_group_is_one_transaction_and_keeps_the_order(store: Store):
    di = place(store)
    sent = [from_form(di, sheet(id_kirim=f"{i:020}")) for i in (5, 1, 4, 2, 3)]
    with commits(store) as seen:
        receipts = together(store, *sent)
    assert len(seen) == 1
    assert [(r.baru, r.waktu) for r in receipts] == [(True, masuk.waktu) for masuk in sent]
    assert len({r.tanggapan for r in receipts}) == 5
    assert ids(store) == [f"{i:020}" for i in (5, 1, 4, 2, 3)]
    assert store.find_tautan(di.kode).dikirim == 5
    assert store.check_recap() == ()


@pytest.mark.parametrize(
    ("bad", "kode"),
    [
        (sheet("435"), "jawaban-nilai"),
        (sheet("4" * 9), "jawaban-panjang"),
        (sheet(profil=(("jk", "\ud800"),)), "jawaban-profil-asing"),
    ],
)
def test_one_that_does_not_fit_between_good_ones(store: Store, bad, kode):
    di = place(store)
    before = store.data_version("kecil")
    sent = [sheet(id_kirim="a" * 16), bad, sheet(id_kirim="b" * 16)]
    results = together(store, *(from_form(di, each) for each in sent))
    assert codes(results) == ["Resi", kode, "Resi"]
    assert ids(store) == ["a" * 16, "b" * 16]
    assert store.data_version("kecil") == before + 1
    assert store.check_recap() == ()
    assert together(store, from_form(di, sheet(id_kirim=bad.id_kirim)))[0].baru


def test_one_that_the_database_refuses_between_good_ones(store: Store):
    di = place(store)
    bad = replace(sheet(id_kirim="c" * 16), detik=10**30)  # more than any column holds
    sent = [sheet(id_kirim="a" * 16), bad, sheet(id_kirim="b" * 16)]
    results = together(store, *(from_form(di, each) for each in sent))
    assert [isinstance(r, Exception) for r in results] == [False, True, False]
    assert ids(store) == ["a" * 16, "b" * 16]
    assert store.check_recap() == ()


def test_the_same_sheet_twice_in_one_group_and_again_later(store: Store):
    di = place(store)
    (other,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
    first = from_form(di, sheet("434", id_kirim="a" * 16))
    again = from_form(other, sheet("111", id_kirim="a" * 16))
    receipts = together(store, first, again, from_form(di, sheet(id_kirim="b" * 16)))
    assert (receipts[0].baru, receipts[0].waktu) == (True, first.waktu)
    assert receipts[1] == replace(receipts[0], baru=False)
    late = together(store, again, from_form(di, sheet(id_kirim="c" * 16)), first)
    assert late[0] == late[2] == receipts[1]
    assert late[1].baru
    assert ids(store) == ["a" * 16, "b" * 16, "c" * 16]
    assert [a.nilai for a in store.answers("kecil")] == ["434", "434", "434"]
    assert store.check_recap() == ()


def test_where_the_first_of_two_does_not_fit_the_second_is_stored(store: Store):
    di = place(store)
    sent = [sheet("9", id_kirim="a" * 16), sheet("434", id_kirim="a" * 16)]
    results = together(store, *(from_form(di, each) for each in sent))
    assert codes(results) == ["jawaban-panjang", "Resi"]
    assert results[1].baru
    assert ids(store) == ["a" * 16]


def test_a_group_of_known_sheets_changes_nothing(store: Store):
    di = place(store)
    sent = [from_form(di, sheet(id_kirim=f"{i:020}")) for i in range(3)]
    first = together(store, *sent)
    version = store.data_version("kecil")
    assert together(store, *sent) == [replace(resi, baru=False) for resi in first]
    assert store.data_version("kecil") == version


def test_each_remark_of_a_group_has_its_own_code_also_when_sent_again(store: Store):
    di = place(store)
    save(store, TOML.replace('id = "kecil"', 'id = "lain"'))
    (there,) = store.add_tautan("lain", [TautanBaru("dinas", "ktp")])
    texts = [("a", "Kursi"), ("b", None), ("c", "Jam"), ("d", " ")]
    remarks = [*((di, i, text) for i, text in texts[:3]), (there, "a", "Toilet"), (di, *texts[3])]
    sent = [from_form(at, sheet(id_kirim=i * 16, saran=saran)) for at, i, saran in remarks]
    given = [r.kode_saran for r in together(store, *sent, sent[2])]
    assert [kode is not None for kode in given] == [True, False, True, True, False, True]
    assert given[5] == given[2]
    assert len(set(given[:5]) - {None}) == 3
    held = [store.find_reply(kode) for kode in (given[0], given[2], given[3])]
    assert [reply.survei_id for reply in held] == ["kecil", "kecil", "lain"]
    assert [(r.teks, r.berkode) for r in store.remarks("kecil")] == [("Kursi", True), ("Jam", True)]
    more = from_form(di, sheet(id_kirim="e" * 16, saran="Baru"))
    late = [r.kode_saran for r in together(store, more, *sent)]
    assert late[1:] == given[:5]
    assert store.find_reply(late[0]) is not None
    assert store.check_recap() == ()


def test_a_commit_that_fails_is_the_same_fault_for_all_and_keeps_nothing(store: Store):
    di = place(store)
    start = counted(store)

    def refuse(_: object) -> None:
        raise SkmError("disk-penuh", tempat="uji")

    sent = [from_form(di, sheet(id_kirim=f"{i:020}")) for i in range(4)]
    event.listen(store.engine, "commit", refuse)
    results = together(store, *sent)
    event.remove(store.engine, "commit", refuse)
    assert codes(results) == ["disk-penuh"] * 4
    assert len({id(r) for r in results}) == 1
    assert ids(store) == []
    assert counted(store) == start
    assert all(r.baru for r in together(store, *sent)), "nothing stands in their way"


def test_a_group_that_was_stored_although_nobody_was_told(store: Store):
    """The connection broke after the commit: the very same sheets go to the store once more."""
    di = place(store)
    sent = [from_form(di, sheet(id_kirim=f"{i:020}")) for i in range(3)]
    together(store, *sent[:2])
    assert [r.baru for r in together(store, *sent)] == [False, False, True]
    assert ids(store) == [f"{i:020}" for i in range(3)]
    assert store.check_recap() == ()


def test_what_is_gone_harms_only_its_own(store: Store):
    di = place(store)
    (gone,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
    with store.engine.begin() as conn:
        conn.execute(delete(tautan).where(tautan.c.kode == gone.kode))
    other = replace(di, survei_id="lenyap")
    sent = [from_form(t, sheet()) for t in (di, gone, other, di)]
    assert codes(together(store, *sent)) == ["Resi", "tautan-tak-ada", "survei-tak-ada", "Resi"]
    assert store.check_recap() == ()


def test_two_surveys_in_one_group(store: Store):
    di = place(store)
    save(store, TOML.replace('id = "kecil"', 'id = "lain"'))
    (there,) = store.add_tautan("lain", [TautanBaru("dinas", "ktp")])
    versions = store.data_version("kecil"), store.data_version("lain")
    sent = [from_form(t, sheet(id_kirim="a" * 16)) for t in (there, di)]
    assert [r.baru for r in together(store, *sent)] == [True, True], "an id counts per survey"
    assert (store.data_version("kecil"), store.data_version("lain")) == (
        versions[0] + 1, versions[1] + 1,
    )  # fmt: skip
    assert store.check_recap() == ()


class TestJudgedFromMemory:
    def send(self, store: Store, di: Tautan, survei) -> object:
        async def one() -> object:
            return await store.submit_soon(di, sheet(), survei.kuesioner.versi, survei)

        try:
            return lingkar.run(one())
        except (StaleError, SkmError) as error:
            return error

    def test_it_is_stored_while_nothing_has_changed(self, store: Store):
        di = place(store)
        survei = store.load_survei("kecil")
        assert self.send(store, di, survei).baru
        renamed = store.change_tautan(di.kode, nama="Loket 2")
        assert self.send(store, di, survei).baru
        assert self.send(store, renamed, survei).baru

    @pytest.mark.parametrize("change", ["close", "survey", "gone"])
    def test_after_a_change_elsewhere_it_is_to_be_judged_again(
        self, store: Store, store_url: str, change: str
    ):
        di = place(store)
        survei = store.load_survei("kecil")
        with open_store(store_url) as elsewhere:
            if change == "close":
                elsewhere.change_tautan(di.kode, aktif=False)
            elif change == "survey":
                save(
                    elsewhere,
                    TOML.replace("sampai = 39", "sampai = 40").replace("= 40\n", "= 41\n"),
                )
            else:
                elsewhere.delete_survei("kecil")
        assert isinstance(self.send(store, di, survei), StaleError)
        assert ids(store) == []

    def test_the_mark_of_sqlite_changes_with_every_commit_of_anybody(
        self, store: Store, store_url: str
    ):
        di = place(store)
        if store.engine.dialect.name != "sqlite":
            assert store.change_mark() is None
            return
        seen = [store.change_mark()]
        assert store.change_mark() == seen[0]
        store.submit(di, sheet())
        seen.append(store.change_mark())
        with open_store(store_url) as elsewhere:
            elsewhere.change_tautan(di.kode, aktif=False)
        seen.append(store.change_mark())
        assert len(set(seen)) == 3
        assert store.change_mark() == seen[2]


KINDS = st.lists(
    st.tuples(
        st.sampled_from(["434", "---", "1-2", "222", "9"]),  # the last fits nowhere
        st.integers(0, 2),
        st.integers(0, 5),  # few ids: many are sent again
        st.sampled_from([None, "kk"]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(kinds=KINDS, cuts=st.sets(st.integers(1, 13)))
def test_any_grouping_counts_as_one_at_a_time_does(store: Store, kinds, cuts):
    save(store)
    wanted = [TautanBaru("dinas", "ktp"), TautanBaru("mpp", None), TautanBaru(None, None)]
    places = store.add_tautan("kecil", wanted)
    sent = [
        from_form(
            places[at],
            sheet(nilai, id_kirim=f"{number:020}", layanan=layanan, waktu=WAKTU - timedelta(day)),
        )
        for nilai, at, number, layanan, day in kinds
    ]
    alone = [together(store, masuk)[0] for masuk in sent]
    once = counted(store), sorted(ids(store))
    assert store.check_recap() == ()
    store.delete_survei("kecil")
    save(store)
    again = store.add_tautan("kecil", wanted)
    moved = {old.kode: new for old, new in zip(places, again, strict=True)}
    sent = [from_form(moved[m.asal.tautan], m.kiriman) for m in sent]
    edges = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    grouped = [
        result for start, end in pairwise(edges) for result in together(store, *sent[start:end])
    ]
    assert [(type(r), getattr(r, "baru", None)) for r in grouped] == [
        (type(r), getattr(r, "baru", None)) for r in alone
    ]
    assert (counted(store), sorted(ids(store))) == once
    assert store.check_recap() == ()
    store.delete_survei("kecil")
