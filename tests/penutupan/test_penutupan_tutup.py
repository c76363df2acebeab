"""What is closed stays, whatever comes later; on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from survei_tutup import ANSWERS, S2, T3, T4, YEAR, add, answer, direct_toml, fill, ikm, save, toml

from skm.agregasi import compute_period
from skm.analysis.groups import Per
from skm.hasil import available_periods, respondents, strengths, summarize
from skm.penutupan.kumpulan import collect
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import addendum, close
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store import JenisPeristiwa, Keadaan, Store, TutupanBaru
from skm.store.schema import jawaban, rekap_responden


def code(action) -> str:
    with pytest.raises(SkmError) as caught:
        action()
    return caught.value.kode


def test_the_figures_before_anything_is_closed(store: Store) -> None:
    fill(store)
    assert [ikm(store, p) for p in (T3, T4, S2)] == ["81.25", "79.17", "80.21"]


def test_later_answers_move_no_closed_figure_and_stand_in_the_addendum(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    add(store, answer("11", T4), answer("11", T4, layanan="kk"))
    assert ikm(store, T4) == "79.17"
    later = addendum(open_official(store, "uji"), T4)
    assert later is not None
    assert (later.masuk, later.keluar, later.koreksi) == (2, 0, False)
    # U1 (4+4+2+1+1)/5 = 2,4; U2 (4+2+1+1)/4 = 2,0; their mean x 25 = 55,00
    assert str(later.hasil.hasil.ikm) == "55.00"


def test_every_view_of_a_closed_period_is_frozen(store: Store) -> None:
    fill(store)
    before = open_official(store, "uji")
    seen = (
        before.cells(T4, ("layanan", "titik", "kanal")),
        before.scores(T4, ("layanan",)),
        before.profil_counts(T4),
        before.group_counts(T4, "layanan"),
        collect(before, T4).baris,
        collect(before, T4).saran,
    )
    close(store, "uji", T4)
    add(store, answer("11", T4, profil=(("jk", "L"),), saran="baru"))
    after = open_official(store, "uji")
    assert after.cells(T4, ("layanan", "titik", "kanal")) == seen[0]
    assert after.scores(T4, ("layanan",)) == seen[1]
    assert after.profil_counts(T4) == seen[2]
    assert after.group_counts(T4, "layanan") == seen[3]
    assert collect(after, T4).baris == seen[4]
    assert collect(after, T4).saran == seen[5]


@pytest.mark.parametrize("kanal", [None, "unggah", "qr"])
def test_one_channel_of_a_closed_period(store: Store, kanal: str | None) -> None:
    fill(store)
    before = open_official(store, "uji")
    close(store, "uji", T4)
    after = open_official(store, "uji")
    assert after.cells(T4, ("layanan",), kanal) == before.cells(T4, ("layanan",), kanal)
    assert after.profil_counts(T4, kanal) == before.profil_counts(T4, kanal)


def test_an_undone_upload_and_an_exclusion_do_not_reach_a_closed_period(store: Store) -> None:
    batch = fill(store)
    close(store, "uji", S2)
    store.undo_batch(batch.id)
    assert [ikm(store, p) for p in (T3, T4, S2)] == ["81.25", "79.17", "80.21"]
    later = addendum(open_official(store, "uji"), S2)
    assert later is not None
    assert (later.masuk, later.keluar) == (0, len(ANSWERS))
    assert available_periods(open_official(store, "uji")) != []


def test_a_correction_in_place_is_told_as_one(store: Store) -> None:
    batch = fill(store)
    close(store, "uji", T3)
    store.undo_batch(batch.id)
    add(store, answer("42", T3), *ANSWERS[1:])
    later = addendum(open_official(store, "uji"), T3)
    assert later is not None
    assert (later.masuk, later.keluar, later.koreksi) == (0, 0, True)
    assert ikm(store, T3) == "81.25"


def test_nothing_later_is_no_addendum(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    assert addendum(open_official(store, "uji"), T4) is None
    assert code(lambda: addendum(open_official(store, "uji"), T3)) == "periode-tak-ditutup"


def test_another_method_counts_from_the_next_period_on(store: Store) -> None:
    """nrr2-rata2: T3 NRR 3,50 and 3,00; T4 3,33 and 3,00, mean 3,17, x 25 = 79,25."""
    fill(store)
    close(store, "uji", T3)
    save(store, toml("nrr2-rata2"))
    resmi = open_official(store, "uji")
    assert resmi.aturan.of(T3).metode.nama == "penuh"
    assert resmi.aturan.of(T4).metode.nama == "nrr2-rata2"
    assert [ikm(store, p) for p in (T3, T4)] == ["81.25", "79.25"]


def test_a_semester_closed_over_two_methods_keeps_both(store: Store) -> None:
    fill(store)
    close(store, "uji", T3)
    save(store, toml("nrr2-rata2"))
    expected = ikm(store, S2)
    close(store, "uji", S2)
    save(store, toml("bertahap"))
    resmi = open_official(store, "uji")
    assert [resmi.aturan.of(p).metode.nama for p in (T3, T4)] == ["penuh", "nrr2-rata2"]
    assert [ikm(store, p) for p in (T3, T4, S2)] == ["81.25", "79.25", expected]


def test_a_semester_takes_its_closed_quarter_as_it_was_closed(store: Store) -> None:
    fill(store)
    close(store, "uji", T3)
    add(store, answer("11", T3), answer("11", T4))
    close(store, "uji", S2)
    rows = collect(open_official(store, "uji"), S2).baris
    assert sorted(row.periode for row in rows) == ["2024-T3"] * 2 + ["2024-T4"] * 4
    assert ikm(store, T3) == "81.25"
    # T4 with one more 1,1: U1 (4+4+2+1)/4 = 2,75; U2 (4+2+1)/3 = 7/3; mean x 25 = 63,54
    assert ikm(store, T4) == "63.54"
    assert ikm(store, S2) == "72.40"  # (81,25 + 63,541667) / 2


def test_names_and_targets_are_those_of_the_closing(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    save(store, toml().replace('nama = "KTP"', 'nama = "KTP baru"').replace("80.00", "90.00"))
    resmi = open_official(store, "uji")
    assert strengths(resmi, T4, Per.LAYANAN).nama["ktp"] == "KTP"
    assert strengths(resmi, T3, Per.LAYANAN).nama["ktp"] == "KTP baru"
    assert respondents(resmi, T4)["layanan"].tabel.baris[0][0] == "KTP"
    capaian = summarize(resmi, T4).capaian
    assert capaian is not None
    assert str(capaian.target) == "80.00"


def test_the_year_mixes_closed_and_running_periods(store: Store) -> None:
    fill(store)
    close(store, "uji", S2)
    early = parse_period("2024-T1")
    add(store, answer("44", early, waktu=None))
    assert ikm(store, YEAR) == "90.10"  # (100 + 80,208333) / 2
    assert [p.kode for p in open_official(store, "uji").periods()] == [
        "2024-T1", "2024-T3", "2024-T4",
    ]  # fmt: skip


def test_what_cannot_be_closed(store: Store) -> None:
    save(store)
    assert code(lambda: close(store, "uji", T4)) == "penutupan-kosong"
    fill(store)
    assert code(lambda: close(store, "uji", parse_period("2024-12"))) == "penutupan-bulan"
    close(store, "uji", T4)
    assert code(lambda: close(store, "uji", T4)) == "periode-sudah-ditutup"
    close(store, "uji", S2)
    assert code(lambda: close(store, "uji", T3)) == "penutupan-ikut"
    assert code(lambda: close(store, "tak-ada", T3)) == "survei-tak-ada"


def test_a_part_of_a_directly_measured_semester_has_no_figure_to_close(store: Store) -> None:
    save(
        store,
        toml().replace('unit = "Dinas Uji"', 'unit = "Dinas Uji"\ndinilai_langsung = ["2024-S2"]'),
    )
    add(store, *ANSWERS)
    assert code(lambda: close(store, "uji", T4)) == "penutupan-di-dalam"
    close(store, "uji", S2)
    # pooled: U1 (4+3+4+4+2)/5 = 3,4; U2 (3+3+4+2)/4 = 3,0; mean x 25 = 80,00
    assert ikm(store, S2) == "80.00"


def test_other_unsur_are_refused_while_a_period_is_closed(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    other = toml().replace('kode = "U2", nama = "Sarana"', 'kode = "U3", nama = "Sarana"')
    assert code(lambda: save(store, other)) == "survei-unsur-beku"
    store.reopen_period("uji", T4, "Unsur keliru")
    save(store, other)


def test_reopening_needs_a_reason_and_leaves_a_trace(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    close(store, "uji", S2)
    assert code(lambda: store.reopen_period("uji", T4, "x")) == "periode-di-dalam-tutupan"
    assert code(lambda: store.reopen_period("uji", S2, "  ")) == "alasan-penutupan-kosong"
    store.reopen_period("uji", S2, "Ada berkas titik yang tertinggal")
    store.reopen_period("uji", T4, "Ada berkas titik yang tertinggal")
    add(store, answer("11", T4))
    assert ikm(store, T4) == "63.54"
    second = close(store, "uji", T4)
    assert second.ke == 2
    told = [(e.jenis, e.keterangan != "") for e in store.events("uji", T4)]
    assert told == [
        (JenisPeristiwa.DITUTUP, False),
        (JenisPeristiwa.DIBUKA, True),
        (JenisPeristiwa.DITUTUP, False),
    ]
    hashes = {e.sha256 for e in store.events("uji", T4)}
    assert len(hashes) == 2


def test_publishing_and_withdrawing(store: Store) -> None:
    fill(store)
    assert code(lambda: store.publish_period("uji", T4)) == "periode-tak-ditutup"
    assert close(store, "uji", T4).keadaan is Keadaan.DITUTUP
    assert code(lambda: store.withdraw_period("uji", T4, "x")) == "periode-tak-terbit"
    first = store.publish_period("uji", T4)
    assert first.keadaan is Keadaan.DITERBITKAN
    assert store.publish_period("uji", T4) == first
    assert code(lambda: store.withdraw_period("uji", T4, "")) == "alasan-penutupan-kosong"
    store.withdraw_period("uji", T4, "Salah layanan")
    store.publish_period("uji", T4)
    store.reopen_period("uji", T4, "Salah layanan")
    assert [e.jenis.value for e in store.events("uji")] == [
        "ditutup", "diterbitkan", "ditarik", "diterbitkan", "ditarik", "dibuka",
    ]  # fmt: skip
    assert store.closings("uji") == ()


def test_each_step_changes_the_data_version(store: Store) -> None:
    fill(store)
    seen = [store.data_version("uji")]
    for step in (
        lambda: close(store, "uji", T4),
        lambda: store.publish_period("uji", T4),
        lambda: store.withdraw_period("uji", T4, "x"),
        lambda: store.reopen_period("uji", T4, "x"),
    ):
        step()
        seen.append(store.data_version("uji"))
    assert seen == sorted(set(seen))


def test_two_people_close_the_same_period_at_once(store: Store) -> None:
    fill(store)

    def attempt(_: int) -> str:
        try:
            close(store, "uji", T4)
        except SkmError as error:
            return error.kode
        return "ditutup"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    assert outcomes == ["ditutup"] + ["periode-sudah-ditutup"] * 3
    assert len(store.closings("uji")) == 1


def test_a_quarter_closed_meanwhile_is_noticed(store: Store) -> None:
    fill(store)
    first = close(store, "uji", T4)
    baru = TutupanBaru(S2, first.batas, "f" * 64, b"", b"", b"", frozenset())
    assert code(lambda: store.close_period("uji", baru)) == "penutupan-berubah"
    store.close_period("uji", replace(baru, dasar=frozenset({first.sha256})))


def test_the_same_answers_give_the_same_hash_but_for_the_moment(store: Store) -> None:
    fill(store)
    first = close(store, "uji", T4)
    store.reopen_period("uji", T4, "x")
    again = close(store, "uji", T4)
    assert (first.sha256 == again.sha256) is (first.batas == again.batas)


def test_amounts_received_used_marked_and_left_out(store: Store) -> None:
    fill(store)
    ids = _ids(store)[:1]
    store.exclude("uji", ids, "Uji petugas")
    resmi = open_official(store, "uji")
    amounts = collect(resmi, S2).jumlah
    assert amounts is not None
    assert (amounts.diterima, amounts.dipakai, amounts.dikecualikan) == (5, 4, 1)
    close(store, "uji", S2)
    store.include(ids)
    frozen = collect(open_official(store, "uji"), S2).jumlah
    assert frozen == amounts


def _ids(store: Store) -> list[int]:
    with store.engine.connect() as conn:
        return list(conn.execute(select(jawaban.c.id).order_by(jawaban.c.id)).scalars())


def test_a_recap_that_differs_is_never_frozen(store: Store) -> None:
    fill(store)
    with store.engine.begin() as conn:
        conn.execute(update(rekap_responden).values(responden=rekap_responden.c.responden + 1))
    assert code(lambda: close(store, "uji", T4)) == "penutupan-rekap-berbeda"


def test_a_deleted_survey_takes_its_closings_along(store: Store) -> None:
    fill(store)
    close(store, "uji", T4)
    store.delete_survei("uji")
    save(store)
    assert store.closings("uji") == ()
    assert store.events("uji") == ()


@pytest.mark.parametrize(
    "order", [("penuh", "nrr2-rata2", "penuh"), ("nrr2-rata2", "penuh", "bertahap")]
)
def test_nested_closings_under_changing_rules_agree_with_their_archives(
    store: Store, order: tuple[str, str, str]
) -> None:
    """A quarter under one method, its semester under another, the year under a third."""
    fill(store)
    for periode, metode in zip((T3, S2, YEAR), order, strict=True):
        save(store, toml(metode))
        close(store, "uji", periode)
    resmi = open_official(store, "uji")
    assert resmi.aturan.of(T3).metode.nama == order[0]
    assert resmi.aturan.of(T4).metode.nama == order[1]
    for beku in resmi.beku:
        periode = beku.tutupan.periode
        assert beku.arsip.hasil == compute_period(resmi.cells(periode), periode, resmi.aturan)


def test_a_direct_measurement_stays_as_it_was_declared_at_closing(store: Store) -> None:
    save(store, direct_toml())
    add(store, *ANSWERS)
    close(store, "uji", S2)
    before = available_periods(open_official(store, "uji"))
    save(store, toml())
    resmi = open_official(store, "uji")
    assert ikm(store, S2) == "80.00"
    assert available_periods(resmi) == before
    assert S2 in resmi.aturan.dinilai_langsung


def test_a_closed_quarter_is_not_swallowed_by_a_later_declaration(store: Store) -> None:
    fill(store)
    close(store, "uji", T3)
    assert code(lambda: save(store, direct_toml())) == "survei-langsung-beku"
    store.reopen_period("uji", T3, "Semester dinilai langsung")
    save(store, direct_toml())


def test_the_people_served_are_those_known_at_closing(store: Store) -> None:
    fill(store)
    store.set_population("uji", T4, None, 60)
    store.set_population("uji", S2, "ktp", 90)
    close(store, "uji", S2)
    store.set_population("uji", T4, None, 600)
    resmi = open_official(store, "uji")
    assert resmi.populations(T4) == {None: 60}
    assert resmi.populations(S2) == {"ktp": 90}
    assert resmi.populations(T3) == {}


def test_a_published_figure_of_an_earlier_year_stays_until_that_year_is_closed(
    store: Store,
) -> None:
    fill(store)
    last = parse_period("2023")
    store.set_published_figure("uji", last, Decimal("91.55"), "LKIP 2023")
    add(store, answer("11", parse_period("2023-T4"), waktu=None))
    change = summarize(open_official(store, "uji"), YEAR).perubahan
    assert change is not None
    assert (change.sebelum, str(change.ikm_sebelum)) == (last, "91.55")
    close(store, "uji", last)
    change = summarize(open_official(store, "uji"), YEAR).perubahan
    assert change is not None
    assert str(change.ikm_sebelum) == "25.00"
