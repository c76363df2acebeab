"""Answers whose time is over are deleted, and no figure moves by it."""

from datetime import date

import pytest
from survei_tutup import ANSWERS, S2, T3, T4, YEAR, add, answer, fill, ikm, save, toml

from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, Tanda
from skm.penutupan.berkas import read_archive, write_archive
from skm.penutupan.kumpulan import collect
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import addendum, close
from skm.penutupan.verifikasi import verify
from skm.pesan import SkmError
from skm.store import JenisPeristiwa, Store, Susut, TautanBaru
from skm.store.retention import limit_day
from skm.survei import parse_survei

NEW_YEAR = date(2027, 1, 1)
"""The first day on which the answers of 2024 have had their 24 months."""


def kode_of(call) -> str:
    with pytest.raises(SkmError) as caught:
        call()
    assert str(caught.value)
    return caught.value.kode


def shown(store: Store) -> tuple:
    """What pages, reports and lists of placements show of 2024."""
    resmi = open_official(store, "uji")
    per = ("layanan", "titik", "kanal")
    return (
        [str(p) for p in resmi.periods()],
        resmi.cells(None, per),
        resmi.scores(None, per),
        resmi.profil_counts(None),
        store.cells("uji", None, per),
        store.profil_counts("uji"),
        store.daily_counts("uji", date(2024, 1, 1), date(2025, 1, 1)),
        store.list_tautan("uji"),
        store.list_survei()[0].responden,
    )


@pytest.mark.parametrize(
    ("hari", "bulan", "limit"),
    [
        (date(2026, 11, 26), 24, date(2024, 11, 26)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), 13, date(2023, 12, 15)),
        (date(2025, 12, 31), 120, date(2015, 12, 31)),
    ],
)
def test_the_limit_is_so_many_months_ago(hari: date, bulan: int, limit: date) -> None:
    text = f"{toml()}\n[formulir]\nsimpan_bulan = {bulan}\n"
    assert limit_day(parse_survei(text, "uji.toml"), hari) == limit


def test_a_period_is_due_when_its_last_day_is_older(store: Store) -> None:
    fill(store)
    assert store.due_answers("uji", date(2026, 9, 30)) == ()
    assert store.due_answers("uji", date(2026, 10, 1)) == (Susut(T3, 2, False),)
    close(store, "uji", S2)
    both = (Susut(T3, 2, True), Susut(T4, 3, True))
    assert store.due_answers("uji", date(2026, 12, 31)) == both[:1]
    assert store.due_answers("uji", NEW_YEAR) == both


def test_open_periods_wait(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    before = shown(store)
    assert store.reduce_answers("uji", NEW_YEAR) == (Susut(T4, 3, True),)
    assert [a.periode for a in store.answers("uji")] == [T3, T3]
    assert store.due_answers("uji", NEW_YEAR) == (Susut(T3, 2, False),)
    assert shown(store) == before
    assert store.check_recap() == ()


@pytest.fixture
def reduced(store: Store) -> tuple[Store, tuple]:
    """Closed, with late answers and ones from the web, then reduced; and what was shown before."""
    fill(store)
    (tautan,) = store.add_tautan("uji", [TautanBaru("dinas", "ktp", Kanal.QR)])
    for number, nilai in enumerate(("44", "11", "12")):
        marks = frozenset([Tanda.LURUS]) if number == 1 else frozenset()
        sent = Jawaban(nilai, waktu=ANSWERS[-1].waktu, saran="Kursinya kurang")
        store.submit(tautan, Kiriman(f"kiriman-uji-{number:012}", sent, marks))
    store.exclude("uji", [d.id for d in store.flagged("uji")], "uji coba")
    close(store, "uji", S2)
    add(store, answer("11", T4), answer("12", T3))
    before, version = shown(store), store.data_version("uji")
    assert store.reduce_answers("uji", NEW_YEAR) == (Susut(T3, 3, True), Susut(T4, 7, True))
    assert store.data_version("uji") > version
    return store, before


def test_every_figure_stays(reduced: tuple[Store, tuple]) -> None:
    store, before = reduced
    assert list(store.answers("uji")) == []
    assert list(store.answers("uji", dikecualikan=True)) == []
    assert shown(store) == before
    assert store.check_recap() == ()
    later = addendum(open_official(store, "uji"), S2)
    assert (later.masuk, later.keluar, later.koreksi) == (2, 0, False)
    store.rebuild_recap("uji")
    assert shown(store) == before
    assert store.check_recap() == ()


def test_a_recap_that_is_wrong_is_still_found(reduced: tuple[Store, tuple]) -> None:
    store, before = reduced
    with store.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE rekap_tempat SET satu0 = satu0 + 1")
        conn.exec_driver_sql("UPDATE tautan SET dikirim = dikirim - 1")
    assert {fault.tabel for fault in store.check_recap()} == {"rekap_tempat", "tautan"}
    store.rebuild_recap()
    assert store.check_recap() == ()
    assert shown(store) == before


def test_the_archive_still_proves_the_figures_and_holds_no_remark(
    reduced: tuple[Store, tuple], tmp_path
) -> None:
    store, _ = reduced
    resmi = open_official(store, "uji")
    path = tmp_path / "arsip.zip"
    path.write_bytes(write_archive(store, resmi.frozen(S2)))
    files = read_archive(path)
    assert sorted(files) == ["arsip.json", "arsip.sha256", "jawaban.csv"]
    found = verify(files)
    assert found.sama
    assert found.jawaban == len(ANSWERS) + 2
    kept = collect(resmi, S2)
    assert (len(kept.baris), kept.saran) == (len(ANSWERS) + 2, ())


def test_what_needs_the_answers_is_refused(reduced: tuple[Store, tuple]) -> None:
    store, before = reduced
    assert kode_of(lambda: store.reopen_period("uji", S2, "salah")) == "periode-disusutkan"
    for batch in store.list_batches("uji"):
        assert kode_of(lambda b=batch: store.undo_batch(b.id)) == "batch-disusutkan"
    assert shown(store) == before


def test_what_comes_afterwards_is_an_addendum_as_ever(reduced: tuple[Store, tuple]) -> None:
    store, before = reduced
    late = add(store, answer("33", T4))
    assert addendum(open_official(store, "uji"), S2).masuk == 3
    assert store.check_recap() == ()
    store.undo_batch(late.id)
    assert shown(store) == before
    (tautan,) = store.list_tautan("uji")
    store.submit(tautan, Kiriman("kiriman-uji-susulan-1", Jawaban("44", T4)))
    assert store.reduce_answers("uji", NEW_YEAR) == (Susut(T4, 1, True),)
    assert store.list_tautan("uji")[0].dikirim == 4
    assert store.check_recap() == ()
    assert store.reduce_answers("uji", NEW_YEAR) == ()


def test_a_change_of_the_survey_counts_the_deleted_ones_too(reduced: tuple[Store, tuple]) -> None:
    store, before = reduced
    save(store, toml().replace('unit = "Dinas Uji"', 'unit = "Dinas Uji"\nzona_waktu = "WIT"'))
    assert store.check_recap() == ()
    save(store, toml().replace("sampai = 39", "sampai = 40").replace("dari = 40", "dari = 41"))
    assert store.check_recap() == ()
    assert store.profil_counts("uji") == before[5]


def test_a_longer_period_is_closed_over_deleted_answers(reduced: tuple[Store, tuple]) -> None:
    store, _ = reduced
    before = ikm(store, YEAR)
    assert close(store, "uji", YEAR).periode == YEAR
    assert ikm(store, YEAR) == before
    assert open_official(store, "uji").frozen(YEAR).arsip.hitungan.responden == len(ANSWERS) + 2


def test_each_deletion_leaves_a_line(reduced: tuple[Store, tuple]) -> None:
    store, _ = reduced
    found = [e for e in store.events("uji", S2) if e.jenis is JenisPeristiwa.DISUSUTKAN]
    assert [("3 jawaban" in e.keterangan, "7 jawaban" in e.keterangan) for e in found] == [
        (True, False),
        (False, True),
    ]


def test_a_survey_with_deleted_answers_can_be_deleted(reduced: tuple[Store, tuple]) -> None:
    store, _ = reduced
    store.delete_survei("uji")
    fill(store)
    assert store.check_recap() == ()
    assert store.group_counts("uji", None, "titik") == {"dinas": 4, None: 1}
