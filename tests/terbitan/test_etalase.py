"""What is public: the published figures, of archives alone, and no trace of anything else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from arsip_uji import survey_text
from kantor_uji import SAMPLE, UNIT, codes, collect, publish, save, showcase

from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store import StatusTindak, Store, TindakBaru
from skm.survei import parse_survei
from skm.terbitan.etalase import open_showcase
from skm.terbitan.terbitan import Terbitan

pytestmark = pytest.mark.lambat

T1, T2, S1, YEAR = (parse_period(k) for k in ("2025-T1", "2025-T2", "2025-S1", "2025"))


def published(sample: Store, kode: str) -> Terbitan:
    return open_showcase(sample, SAMPLE).terbitan(parse_period(kode))


class TestSample:
    def test_figures_as_published(self, sample: Store) -> None:
        """LKIP 2024 Disdukcapil Kota Bekasi, 3.2.2; the newest and longest period first."""
        rows = [
            (row.periode.kode, str(row.angka.ikm), row.angka.mutu)
            for row in open_showcase(sample, SAMPLE).periode
            if row.angka
        ]
        assert rows == [
            ("2024", "93.71", "A"),
            ("2024-S2", "93.78", "A"),
            ("2024-T4", "93.86", "A"),
            ("2024-T3", "93.70", "A"),
            ("2024-S1", "93.64", "A"),
        ]

    def test_layanan_of_triwulan_4(self, sample: Store) -> None:
        """LKIP 2024: 303, 297, …; the two with one answer, and the next one, are 15 together."""
        layanan = published(sample, "2024-T4").layanan
        assert [g.responden for g in layanan.golongan] == [
            303, 297, 199, 181, 158, 139, 99, 74, 54, 21, 20,
        ]  # fmt: skip
        hidden = {kode for kode, _ in layanan.disembunyikan}
        assert hidden == {"ktp-el-oa", "akta-kawin-oa", "akta-cerai"}
        assert (layanan.responden_disembunyikan, layanan.jumlah) == (15, 1560)

    def test_the_same_groups_are_hidden_in_every_period(self, sample: Store) -> None:
        periods = ("2024", "2024-S1", "2024-S2", "2024-T3", "2024-T4")
        shown = [published(sample, kode) for kode in periods]
        assert len({t.layanan.disembunyikan for t in shown}) == 1
        assert len({t.titik.disembunyikan for t in shown}) == 1
        assert all(g.responden >= 5 for t in shown for g in t.titik.golongan)

    def test_strongest_and_weakest(self, sample: Store) -> None:
        """LKIP 2024, triwulan IV: U4, U9, U5 and U3, U7, U6."""
        found = published(sample, "2024-T4")
        assert [u.kode for u in found.terkuat] == ["U4", "U9", "U5"]
        assert [u.kode for u in found.terlemah] == ["U3", "U7", "U6"]

    def test_how_it_came_about(self, sample: Store) -> None:
        found = published(sample, "2024-S2")
        assert found.angka is not None
        assert found.angka.catatan == "rata-rata Triwulan III 2024 dan Triwulan IV 2024"
        assert (found.metode.label, found.agregasi.value) == ("penuh · bobot 1/k", "rata-rata")
        assert list(found.kuesioner) == ["2024-1"]
        assert found.perubahan is not None
        assert (found.perubahan.sebelum.kode, str(found.perubahan.selisih)) == ("2024-S1", "0.14")


def test_only_what_is_published_and_not_withdrawn(store: Store) -> None:
    save(store)
    collect(store, "2025-T1", akta=20, ktp=30)
    assert codes(store) == []
    close(store, UNIT, T1)
    assert codes(store) == []
    store.publish_period(UNIT, T1)
    assert codes(store) == ["2025-T1"]
    store.withdraw_period(UNIT, T1, "salah")
    assert codes(store) == []
    store.publish_period(UNIT, T1)
    store.reopen_period(UNIT, T1, "salah")
    assert codes(store) == []
    with pytest.raises(KeyError):
        showcase(store).terbitan(T1)


def test_an_unknown_survey(store: Store) -> None:
    with pytest.raises(SkmError) as caught:
        open_showcase(store, "tidak-ada")
    assert caught.value.kode == "survei-tak-ada"


def test_answers_after_closing_move_nothing(store: Store) -> None:
    save(store)
    collect(store, "2025-T1", akta=20, ktp=30)
    publish(store, "2025-T1")
    before = showcase(store)
    collect(store, "2025-T1", nilai="11111", akta=20, ktp=30)
    after = showcase(store)
    assert after.sidik == before.sidik
    assert after.terbitan(T1) == before.terbitan(T1)
    assert str(after.periode[0].angka and after.periode[0].angka.ikm) == "100.00"


def test_a_group_that_is_small_later_is_hidden_earlier_too(store: Store) -> None:
    """Semester I less triwulan I would be the three of triwulan II."""
    save(store)
    collect(store, "2025-T1", akta=20, ktp=30, kk=40)
    publish(store, "2025-T1")
    assert showcase(store).terbitan(T1).layanan.disembunyikan == ()
    collect(store, "2025-T2", akta=3, ktp=30, kk=40)
    publish(store, "2025-T2")
    publish(store, "2025-S1")
    for periode, behind in ((T1, 50), (T2, 33), (S1, 83)):
        layanan = showcase(store).terbitan(periode).layanan
        assert [kode for kode, _ in layanan.disembunyikan] == ["akta", "ktp"]
        assert layanan.responden_disembunyikan == behind


def test_what_was_public_once_counts_after_it_is_withdrawn(store: Store) -> None:
    save(store)
    collect(store, "2025-T1", akta=3, ktp=30, kk=40)
    collect(store, "2025-T2", akta=20, ktp=30, kk=40)
    publish(store, "2025-T1")
    publish(store, "2025-T2")
    store.withdraw_period(UNIT, T1, "salah")
    layanan = showcase(store).terbitan(T2).layanan
    assert [kode for kode, _ in layanan.disembunyikan] == ["akta", "ktp"]


def test_a_period_of_four_answers_shows_no_figure(store: Store) -> None:
    save(store)
    collect(store, "2025-T1", akta=4)
    publish(store, "2025-T1")
    found = showcase(store).terbitan(T1)
    assert (found.angka, found.jumlah, found.profil, found.terkuat) == (None, None, (), ())
    assert (found.layanan.golongan, found.layanan.disembunyikan) == ((), ())
    assert showcase(store).periode[0].angka is None


class TestComparison:
    def test_typed_years_with_their_source_but_not_the_current_one(self, store: Store) -> None:
        save(store)
        collect(store, "2025-T1", akta=20, ktp=30)
        publish(store, "2025-T1")
        store.set_published_figure(UNIT, parse_period("2024"), Decimal("86.88"), "LKIP 2024")
        store.set_published_figure(UNIT, parse_period("2024-T4"), Decimal("90.00"), "LKIP 2024")
        store.set_published_figure(UNIT, YEAR, Decimal("99.99"), "konsep")
        found = showcase(store).terbitan(T1)
        years = [(r.periode.kode, str(r.ikm), r.keterangan, r.terbit) for r in found.tahun]
        assert years == [("2024", "86.88", "LKIP 2024", True)]
        assert found.perubahan is not None
        assert str(found.perubahan.selisih) == "10.00"

    def test_an_unpublished_period_is_not_compared_with(self, store: Store) -> None:
        save(store)
        collect(store, "2025-T1", nilai="33333", akta=20, ktp=30)
        collect(store, "2025-T2", akta=20, ktp=30)
        close(store, UNIT, T1)
        publish(store, "2025-T2")
        assert showcase(store).terbitan(T2).perubahan is None
        store.publish_period(UNIT, T1)
        change = showcase(store).terbitan(T2).perubahan
        assert change is not None
        assert (change.sebelum, str(change.selisih)) == (T1, "25.00")

    def test_a_typed_figure_of_the_same_year_is_not_compared_with(self, store: Store) -> None:
        """It may be one that the office has yet to publish."""
        save(store)
        collect(store, "2025-T2", akta=20, ktp=30)
        publish(store, "2025-T2")
        store.set_published_figure(UNIT, T1, Decimal("71.11"), "konsep")
        assert showcase(store).terbitan(T2).perubahan is None


def test_a_plan_that_was_carried_over_stands_once(store: Store) -> None:
    save(store)
    for kode in ("2025-T1", "2025-T2"):
        collect(store, kode, akta=20, ktp=30)
    plan = TindakBaru(T1, "U1", "Menambah loket", "Juni 2025", "Kepala Bidang")
    store.add_follow_up(UNIT, plan)
    store.add_follow_up(UNIT, replace(plan, periode=T2, status=StatusTindak.SELESAI))
    publish(store, "2025-S1")
    assert [r.status for r in showcase(store).terbitan(S1).rencana] == [StatusTindak.SELESAI]


def test_the_plan_of_the_period_alone_without_its_progress(store: Store) -> None:
    save(store)
    for kode in ("2025-T1", "2025-T2"):
        collect(store, kode, akta=20, ktp=30)
    publish(store, "2025-T1")
    plan = TindakBaru(T1, "U1", "Menambah loket", "Juni 2025", "Kepala Bidang", layanan="akta")
    store.add_follow_up(UNIT, replace(plan, status=StatusTindak.BERJALAN, hambatan="rahasia"))
    before = showcase(store).sidik
    store.add_follow_up(UNIT, replace(plan, periode=T2, kegiatan="Belum terbit"))
    (row,) = showcase(store).terbitan(T1).rencana
    assert (row.kode_unsur, row.unsur, row.layanan) == ("U1", "Waktu", "akta")
    assert (row.kegiatan, row.waktu, row.penanggung_jawab, row.status) == (
        "Menambah loket", "Juni 2025", "Kepala Bidang", StatusTindak.BERJALAN,
    )  # fmt: skip
    assert showcase(store).sidik == before


def test_a_group_under_thirty_has_no_letter_unless_the_office_wants_one(store: Store) -> None:
    """l0 of 29 and l1 of 30: all answers 4, so each IKM is 100,00."""
    save(store)
    layanan = [item.kode for item in store.load_survei(UNIT).layanan[:2]]
    collect(store, "2025-T1", **dict(zip(layanan, (29, 30), strict=True)))
    publish(store, "2025-T1")
    terbitan = showcase(store).terbitan(parse_period("2025-T1"))
    shown = [g.angka for g in terbitan.layanan.golongan if g.angka]
    assert [(str(a.ikm), a.mutu, a.kinerja) for a in shown] == [
        ("100.00", None, None),
        ("100.00", "A", "Sangat Baik"),
    ]
    assert {u.mutu for u in shown[0].unsur} == {None}
    assert terbitan.angka is not None
    assert terbitan.angka.mutu == "A"


def test_the_office_may_show_letters_from_fewer_respondents(store: Store) -> None:
    text = f"{survey_text()}\n[publikasi]\nhuruf_mulai = 29\n"
    store.save_survei(parse_survei(text, UNIT), text)
    layanan = [item.kode for item in store.load_survei(UNIT).layanan[:2]]
    collect(store, "2025-T1", **dict(zip(layanan, (29, 30), strict=True)))
    publish(store, "2025-T1")
    found = showcase(store).terbitan(parse_period("2025-T1")).layanan.golongan
    assert [g.angka.mutu for g in found if g.angka] == ["A", "A"]
