"""Remarks: codes for their writers, what the office made of each, and nobody else's reply."""

import secrets
from datetime import date

import pytest
from kiriman_uji import counted, place, sheet
from sqlalchemy import select
from survei_kecil import PENUH, T3, T4, TOML, UNGGAH, save

from skm.akun import Batas, Pelaku, Peran
from skm.kiriman import read_remark_code, remark_code, remark_code_hash
from skm.penutupan.tutup import close
from skm.pesan import SkmError
from skm.store import StatusSaran, Store, Tanggapan, TautanBaru
from skm.store.schema import metadata, tanggapan_saran

HERE = "kecil"


def send(store: Store, saran: str | None = "Kursi kurang", **more) -> str | None:
    known = store.list_survei() and store.list_tautan(HERE)
    tautan = known[0] if known else place(store)
    return store.submit(tautan, sheet(saran=saran, **more)).kode_saran


def test_a_code_is_given_for_a_remark_and_for_nothing_else(store: Store):
    assert send(store, None) is None
    assert send(store, "  ") is None
    kode = send(store)
    assert kode is not None
    assert read_remark_code(kode) == kode
    found = store.find_reply(kode)
    assert found is not None
    assert (found.survei_id, found.tanggapan) == (HERE, Tanggapan(StatusSaran.BARU))
    assert store.find_reply("AAAA-BBBB-CCCC") is None


def test_a_sheet_sent_again_is_given_the_same_code(store: Store):
    one = secrets.token_urlsafe(16)
    assert send(store, id_kirim=one) == send(store, id_kirim=one) == send(store, id_kirim=one)
    assert len(store.remarks(HERE)) == 1
    other = secrets.token_urlsafe(16)
    assert send(store, None, id_kirim=other) is send(store, None, id_kirim=other) is None


def test_only_the_hash_of_a_code_is_stored(store: Store):
    kode = send(store)
    with store.engine.connect() as conn:
        text = repr([conn.execute(select(table)).all() for table in metadata.sorted_tables])
    assert remark_code_hash(kode) in text
    assert kode not in text
    assert kode.replace("-", "") not in text


def test_a_code_follows_from_sheet_survey_and_key():
    kode = remark_code(b"k" * 32, "kecil", "a" * 22)
    assert kode == remark_code(b"k" * 32, "kecil", "a" * 22)
    assert kode != remark_code(b"k" * 32, "lain", "a" * 22)
    assert kode != remark_code(b"l" * 32, "kecil", "a" * 22)
    many = {remark_code(b"k" * 32, "kecil", f"{n:022}") for n in range(2_000)}
    assert len(many) == 2_000
    assert len({letter for kode in many for letter in kode} - {"-"}) == 30


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("k7q4-2m9p-wx5c", "K7Q4-2M9P-WX5C"),
        (" K7Q42M9PWX5C ", "K7Q4-2M9P-WX5C"),
        ("K7Q4 2M9P–WX5C", "K7Q4-2M9P-WX5C"),
        ("K7Q4-2M9P", None),
        ("K7Q4-2M9P-WX5O", None),
        ("K7Q4-2M9P-WX5C2", None),
        ("ｋ7Q4-2M9P-WX5C", None),
        ("", None),
    ],
)
def test_how_a_code_may_be_typed(typed: str, read: str | None):
    assert read_remark_code(typed) == read


def test_status_and_reply_change_nothing_that_is_counted(store: Store):
    kode, before, version = send(store), counted(store), store.data_version(HERE)
    (remark,) = store.remarks(HERE)
    assert (remark.teks, remark.periode, remark.berkode) == ("Kursi kurang", T4, True)
    assert store.responses(HERE) == {}
    assert store.respond(HERE, [remark.id], StatusSaran.SELESAI, " Sudah\nditambah ") == 1
    state = store.find_reply(kode).tanggapan
    assert (state.status, state.balasan) == (StatusSaran.SELESAI, "Sudah\nditambah")
    assert state.dibalas is not None
    assert store.responses(HERE) == {remark.id: state}
    assert counted(store) == before
    assert store.check_recap() == ()
    assert store.data_version(HERE) > version


def test_the_day_of_a_reply_stays_while_its_words_stay(store: Store):
    kode = send(store)
    ids = [r.id for r in store.remarks(HERE)]
    store.respond(HERE, ids, StatusSaran.DITINDAK, "Akan ditambah")
    first = store.find_reply(kode).tanggapan.dibalas
    store.respond(HERE, ids, StatusSaran.SELESAI, "Akan ditambah")
    assert store.find_reply(kode).tanggapan.dibalas == first
    store.respond(HERE, ids, StatusSaran.SELESAI, "Sudah ditambah")
    assert store.find_reply(kode).tanggapan.dibalas > first
    store.respond(HERE, ids, StatusSaran.PERLU, "")
    assert store.find_reply(kode).tanggapan == Tanggapan(StatusSaran.PERLU)


def test_what_is_refused_changes_nothing(store: Store):
    send(store)
    (remark,) = store.remarks(HERE)
    for status, teks, kode in (
        (StatusSaran.SELESAI, "a" * 1_001, "balasan-panjang"),
        (StatusSaran.BARU, "Sudah", "balasan-status"),
    ):
        with pytest.raises(SkmError) as caught:
            store.respond(HERE, [remark.id], status, teks)
        assert caught.value.kode == kode
    assert store.responses(HERE) == {}
    assert store.respond(HERE, [remark.id], StatusSaran.SELESAI, "a" * 1_000) == 1


def test_a_reply_reaches_no_answer_without_remark_and_no_other_survey(store: Store):
    send(store, None)
    save(store, TOML.replace('id = "kecil"', 'id = "lain"'))
    store.add_batch("lain", UNGGAH, [PENUH])
    (other,) = store.remarks("lain")
    assert store.respond(HERE, range(-2, 100), StatusSaran.SELESAI, "Sudah") == 0
    assert store.responses("lain") == {}
    assert store.respond("lain", [other.id, 2**70], StatusSaran.SELESAI, "Sudah") == 1
    with pytest.raises(SkmError) as caught:
        store.responses("tak-ada")
    assert caught.value.kode == "survei-tak-ada"


def test_an_answer_taken_out_keeps_its_code_but_is_not_listed(store: Store):
    kode = send(store)
    (remark,) = store.remarks(HERE)
    store.respond(HERE, [remark.id], StatusSaran.SELESAI, "Sudah")
    store.exclude(HERE, [remark.id], "uji coba")
    assert store.remarks(HERE) == ()
    assert store.remark_states(HERE) == dict.fromkeys(StatusSaran, 0)
    assert store.find_reply(kode).tanggapan.balasan == "Sudah"
    store.include([remark.id])
    assert store.remark_states(HERE, T4)[StatusSaran.SELESAI] == 1
    assert store.remark_states(HERE, T3)[StatusSaran.SELESAI] == 0


def test_undoing_a_batch_takes_the_replies_with_it(store: Store):
    """SQLite gives the number of a deleted answer to the next one: it must not inherit a reply."""
    place(store)
    batch = store.add_batch(HERE, UNGGAH, [PENUH])
    (old,) = store.remarks(HERE)
    store.respond(HERE, [old.id], StatusSaran.SELESAI, "Untuk yang lama")
    store.undo_batch(batch.id)
    assert (store.remarks(HERE), store.responses(HERE)) == ((), {})
    store.add_batch(HERE, UNGGAH, [PENUH])
    (new,) = store.remarks(HERE)
    assert store.responses(HERE) == {}
    assert not new.berkode
    assert rows(store) == 0


def test_an_undone_web_answer_loses_its_code(store: Store):
    one = secrets.token_urlsafe(16)
    kode = send(store, id_kirim=one)
    (batch,) = store.list_batches(HERE)
    store.undo_batch(batch.id)
    assert store.find_reply(kode) is None
    assert send(store, id_kirim=one) is None  # thanked once more, but nothing is there to read


def test_when_their_time_is_over_answers_take_replies_and_codes_along(store: Store):
    kode = send(store)
    store.respond(HERE, [r.id for r in store.remarks(HERE)], StatusSaran.SELESAI, "Sudah")
    close(store, HERE, T4)
    assert store.respond(HERE, [r.id for r in store.remarks(HERE)], StatusSaran.DITINDAK, "") == 1
    store.reduce_answers(HERE, date(2027, 12, 31))
    assert store.find_reply(kode) is None
    assert (store.remarks(HERE), rows(store)) == ((), 0)
    assert store.check_recap() == ()


def test_deleting_a_survey_deletes_its_replies(store: Store):
    kode = send(store)
    store.delete_survei(HERE)
    assert store.find_reply(kode) is None
    assert rows(store) == 0


def test_the_newest_remark_is_last_and_a_period_holds_its_own(store: Store):
    tautan = place(store)
    for text in ("satu", "dua", "tiga"):
        store.submit(tautan, sheet(saran=text))
    assert [r.teks for r in store.remarks(HERE)] == ["satu", "dua", "tiga"]
    assert store.remarks(HERE, T3) == ()
    (other,) = store.add_tautan(HERE, [TautanBaru("mpp", None)])
    store.submit(other, sheet(saran="empat"))
    assert [(r.teks, r.titik) for r in store.remarks(HERE, T4)][-1] == ("empat", "mpp")


def staff(*peran: Peran, batas: tuple[Batas, ...] = ()) -> Pelaku:
    return Pelaku("uji", frozenset(peran), batas)


@pytest.mark.parametrize("peran", list(Peran))
def test_who_may_answer_and_who_may_only_read(store: Store, peran: Peran):
    send(store)
    (remark,) = store.remarks(HERE)
    acting = store.acting(staff(peran))
    assert acting.remarks(HERE) == (remark,)
    if peran in (Peran.OPERATOR, Peran.MANAJER):
        assert acting.respond(HERE, [remark.id], StatusSaran.SELESAI, "Sudah") == 1
        return
    with pytest.raises(SkmError) as caught:
        acting.respond(HERE, [remark.id], StatusSaran.SELESAI, "Sudah")
    assert caught.value.kode == "hak-kurang"
    assert store.responses(HERE) == {}


def test_who_is_limited_to_a_place_reads_and_answers_only_there(store: Store):
    here = place(store, "dinas")
    (there,) = store.add_tautan(HERE, [TautanBaru("mpp", None)])
    store.submit(here, sheet(saran="satu"))
    store.submit(there, sheet(saran="dua"))
    ids = [r.id for r in store.remarks(HERE)]
    limited = staff(Peran.OPERATOR, batas=(Batas(HERE, frozenset({"mpp"})),))
    assert [r.teks for r in store.acting(limited).remarks(HERE)] == ["dua"]
    with pytest.raises(SkmError) as caught:
        store.acting(limited).respond(HERE, ids, StatusSaran.SELESAI, "Sudah")
    assert caught.value.kode == "di-luar-batas"
    assert store.responses(HERE) == {}
    elsewhere = staff(Peran.OPERATOR, batas=(Batas("lain"),))
    for read in (store.acting(elsewhere).remarks, store.acting(elsewhere).responses):
        with pytest.raises(SkmError) as caught:
            read(HERE)
        assert caught.value.kode == "survei-tak-ada"


def test_the_trail_names_who_answered_and_never_the_words(store: Store):
    send(store, "Kursi kurang")
    (remark,) = store.remarks(HERE)
    acting = store.acting(staff(Peran.OPERATOR))
    acting.respond(HERE, [remark.id], StatusSaran.SELESAI, "Sudah ditambah")
    entry = store.trail(limit=1)[0]
    assert (entry.pelaku, entry.tindakan) == ("uji", "saran-tanggap")
    assert str(remark.id) in entry.sesudah
    assert "selesai" in entry.sesudah
    assert not any(word in repr(entry) for word in ("ditambah", "Kursi"))


def rows(store: Store) -> int:
    with store.engine.connect() as conn:
        return len(conn.execute(select(tanggapan_saran)).all())
