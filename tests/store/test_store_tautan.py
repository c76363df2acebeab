"""Placements: made in bulk, renamed, closed, counted, and when the last answer was given."""

from datetime import UTC, datetime, timedelta

import pytest
from kiriman_uji import place, sheet
from sqlalchemy import text, update
from survei_kecil import WAKTU, save

from skm.jawaban import Kanal
from skm.kiriman import is_code
from skm.pesan import SkmError
from skm.store import Store, TautanBaru, schema

ODD = ["", "x", "a" * 5_000, "K7Q4\x002M9", "\ud800" * 8, "' OR 1=1 --", "K7Q42M9P"]


def test_placements_are_made_in_bulk_and_come_back_in_order(store: Store):
    save(store)
    wanted = [TautanBaru(t, None, nama=f"Loket {i}") for i in range(40) for t in ("mpp", "dinas")]
    wanted.append(TautanBaru(None, "ktp", Kanal.KIOS))
    made = store.add_tautan("kecil", wanted)
    assert store.list_tautan("kecil") == made
    assert [(t.titik, t.layanan, t.kanal, t.nama) for t in made] == [
        (t.titik, t.layanan, t.kanal, t.nama) for t in wanted
    ]
    assert len({t.kode for t in made}) == 81
    first = made[0]
    assert is_code(first.kode)
    assert first.aktif
    assert (first.dilihat, first.dimulai, first.dikirim, first.tertutup) == (0, 0, 0, 0)
    assert store.find_tautan(first.kode) == first
    assert store.add_tautan("kecil", []) == ()


def test_one_unknown_code_refuses_all(store: Store):
    save(store)
    for bad, kode in (
        (TautanBaru("x", None), "tautan-titik-asing"),
        (TautanBaru("mpp", "sim"), "tautan-layanan-asing"),
        (TautanBaru("", None), "tautan-titik-asing"),
    ):
        with pytest.raises(SkmError) as caught:
            store.add_tautan("kecil", [TautanBaru("mpp", None), bad])
        assert caught.value.kode == kode
    assert store.list_tautan("kecil") == ()


def test_a_code_that_is_taken_is_drawn_again(store: Store, monkeypatch):
    drawn = iter(["AAAAAAAA", "AAAAAAAA", "BBBBBBBB"])
    save(store)
    monkeypatch.setattr("skm.store.placements.new_code", lambda: next(drawn))
    made = store.add_tautan("kecil", [TautanBaru("mpp", None)] * 2)
    assert [t.kode for t in made] == ["AAAAAAAA", "BBBBBBBB"]


def test_rename_close_and_reopen(store: Store):
    kode = place(store).kode
    assert store.change_tautan(kode, nama="Loket 3\x00").nama == "Loket 3"
    closed = store.change_tautan(kode, aktif=False)
    assert (closed.nama, closed.aktif) == ("Loket 3", False)
    assert store.find_tautan(kode) == closed
    assert store.change_tautan(kode, aktif=True).aktif
    assert store.change_tautan(kode).nama == "Loket 3"


def test_an_odd_code_is_nobodys(store: Store):
    place(store)
    for kode in ODD:
        assert store.find_tautan(kode) is None
        store.count_visits({(kode, "dilihat"): 1})
        with pytest.raises(SkmError) as caught:
            store.change_tautan(kode, nama="x")
        assert caught.value.kode == "tautan-tak-ada"


def test_visits_add_up(store: Store):
    tautan = place(store)
    (other,) = store.add_tautan("kecil", [TautanBaru("mpp", None)])
    before = store.data_version("kecil")
    for _ in range(2):
        store.count_visits(
            {(tautan.kode, "dilihat"): 3, (tautan.kode, "dimulai"): 2, (other.kode, "tertutup"): 1}
        )
    store.count_visits({})
    found = {t.kode: t for t in store.list_tautan("kecil")}
    assert (found[tautan.kode].dilihat, found[tautan.kode].dimulai) == (6, 4)
    assert found[other.kode].tertutup == 2
    assert store.data_version("kecil") == before, "a visit is no answer"
    with pytest.raises(ValueError, match="dikirim"):
        store.count_visits({(tautan.kode, "dikirim"): 1})


DAY = timedelta(days=1)


def test_the_last_answer_of_a_placement_is_the_latest_one(store: Store):
    tautan = place(store)
    (other,) = store.add_tautan("kecil", [TautanBaru("dinas", "ktp")])
    assert tautan.terakhir is None
    for waktu, last in ((WAKTU, WAKTU), (WAKTU - DAY, WAKTU), (WAKTU + DAY, WAKTU + DAY)):
        store.submit(tautan, sheet(waktu=waktu))
        assert store.find_tautan(tautan.kode).terakhir == last
    assert store.find_tautan(other.kode).terakhir is None, "alike, and yet another one"
    assert store.check_recap() == ()


def test_an_answer_without_a_time_was_given_when_it_arrived(store: Store):
    tautan, before = place(store), datetime.now(UTC)
    store.submit(tautan, sheet(waktu=None))
    assert before <= store.find_tautan(tautan.kode).terakhir <= datetime.now(UTC)
    assert store.check_recap() == ()


def test_sent_again_it_changes_no_moment(store: Store):
    tautan = place(store)
    for waktu in (WAKTU, WAKTU + DAY):
        store.submit(tautan, sheet(id_kirim="a" * 16, waktu=waktu))
    assert store.find_tautan(tautan.kode).terakhir == WAKTU


class Tomorrow(datetime):
    """The clock of a day later: its answers come into a batch of their own."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) + DAY


def test_what_is_undone_was_no_last_answer(store: Store, monkeypatch: pytest.MonkeyPatch):
    tautan = place(store)
    store.submit(tautan, sheet(waktu=WAKTU))
    (first,) = store.list_batches("kecil")
    with monkeypatch.context() as patch:
        patch.setattr("skm.store.submissions.datetime", Tomorrow)
        store.submit(tautan, sheet(waktu=WAKTU + DAY))
    (second,) = {b.id for b in store.list_batches("kecil")} - {first.id}
    for batch, last in ((second, WAKTU), (first.id, None)):
        store.undo_batch(batch)
        assert store.find_tautan(tautan.kode).terakhir == last
        assert store.check_recap() == ()


def test_an_excluded_answer_was_given_all_the_same(store: Store):
    tautan = place(store)
    store.submit(tautan, sheet(waktu=WAKTU))
    assert store.exclude("kecil", [1], "uji") == 1
    assert store.find_tautan(tautan.kode).terakhir == WAKTU
    store.rebuild_recap("kecil")
    assert store.find_tautan(tautan.kode).terakhir == WAKTU


ITS_MICROSECOND = 1_735_614_245_000_678
"""31 December 2024, 03:04:05.000678 UTC, since 1970."""


@pytest.mark.parametrize(
    ("wrong", "held"),
    [(None, 0), (WAKTU + timedelta(microseconds=1), ITS_MICROSECOND + 1)],
)
def test_a_wrong_last_moment_is_found_and_repaired(store: Store, wrong: datetime | None, held: int):
    kode = place(store).kode
    store.submit(store.find_tautan(kode), sheet(waktu=WAKTU))
    with store.engine.begin() as conn:
        conn.execute(update(schema.tautan).values(terakhir=wrong))
    (fault,) = store.check_recap("kecil")
    assert (fault.tabel, dict(fault.kunci)) == ("tautan", {"kode": kode, "hitungan": "terakhir"})
    assert (fault.tersimpan, fault.seharusnya) == ((held,), (ITS_MICROSECOND,))
    store.rebuild_recap("kecil")
    assert store.find_tautan(kode).terakhir == WAKTU
    assert store.check_recap() == ()


def test_a_wrong_count_of_sent_answers_is_found_and_repaired(store: Store):
    tautan = place(store)
    store.submit(tautan, sheet())
    with store.engine.begin() as conn:
        conn.execute(text("UPDATE tautan SET dikirim = 9"))
    (fault,) = store.check_recap("kecil")
    assert (fault.tabel, fault.tersimpan, fault.seharusnya) == ("tautan", (9,), (1,))
    store.rebuild_recap("kecil")
    assert store.check_recap() == ()
    assert store.find_tautan(tautan.kode).dikirim == 1
