"""The office's own paragraphs: the latest up to a period, and which period that was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from survei_kecil import T3, T4, TOML, save

from skm.periode import parse_period
from skm.pesan import SkmError
from skm.store import StatusTindak, Store, TindakBaru
from skm.survei import parse_survei

S2, YEAR, NEXT = (parse_period(kode) for kode in ("2024-S2", "2024", "2025-T1"))


@pytest.fixture
def written(store: Store) -> Store:
    save(store)
    for periode, bagian, teks in (
        (T3, "waktu", "Juli sampai September"),
        (T3, "lokasi", "Kantor dinas"),
        (T4, "waktu", "Oktober sampai Desember"),
        (T4.next, "lokasi", "Juga kelurahan"),
    ):
        store.set_report_text("kecil", periode, bagian, teks)
    return store


def test_each_text_names_the_period_that_it_was_written_for(written: Store) -> None:
    assert written.report_texts("kecil", T4) == {
        "waktu": "Oktober sampai Desember", "lokasi": "Kantor dinas",
    }  # fmt: skip
    assert written.report_text_sources("kecil", T4) == {"waktu": T4, "lokasi": T3}


def test_an_emptied_text_has_no_source(written: Store) -> None:
    written.set_report_text("kecil", T4, "waktu", " ")
    assert written.report_text_sources("kecil", T4) == {"lokasi": T3}
    assert written.report_text_sources("kecil", T3.previous) == {}


def test_an_unknown_survey(store: Store) -> None:
    with pytest.raises(SkmError) as caught:
        store.report_text_sources("tidak-ada", T4)
    assert caught.value.kode == "survei-tak-ada"


class TestPeriodsThatEndTogether:
    def test_a_period_has_its_own_text(self, store: Store) -> None:
        save(store)
        for periode in (S2, YEAR, T4, T3):
            store.set_report_text("kecil", periode, "kesimpulan", f"Tentang {periode}")
        for periode in (T3, T4, S2, YEAR):
            assert store.report_text_sources("kecil", periode) == {"kesimpulan": periode}
            assert store.report_texts("kecil", periode) == {"kesimpulan": f"Tentang {periode}"}

    def test_without_one_the_latest_and_of_those_the_longest(self, store: Store) -> None:
        save(store)
        for periode in (S2, T4, T3):
            store.set_report_text("kecil", periode, "kesimpulan", f"Tentang {periode}")
        assert store.report_text_sources("kecil", YEAR) == {"kesimpulan": S2}
        assert store.report_text_sources("kecil", NEXT) == {"kesimpulan": S2}

    def test_its_own_emptied_text_lets_no_other_one_in(self, store: Store) -> None:
        save(store)
        store.set_report_text("kecil", T4, "kesimpulan", "Tentang T4")
        store.set_report_text("kecil", S2, "kesimpulan", "")
        assert store.report_texts("kecil", S2) == {}
        assert store.report_texts("kecil", YEAR) == {}
        assert store.report_texts("kecil", T4) == {"kesimpulan": "Tentang T4"}


class TestPlanOfWhatHasLeftTheSurvey:
    PLAN = TindakBaru(T3, "U1", "Menambah loket", "Mei", "Kepala Seksi", layanan="kk")

    def leave(self, store: Store) -> None:
        text = TOML.replace(', { kode = "kk", nama = "Kartu Keluarga" }', "")
        assert text != TOML
        store.save_survei(parse_survei(text, "kecil"), text)

    def test_it_can_be_finished_but_not_made_anew(self, store: Store) -> None:
        save(store)
        made = store.add_follow_up("kecil", self.PLAN)
        self.leave(store)
        done = replace(self.PLAN, status=StatusTindak.SELESAI)
        assert store.change_follow_up("kecil", made.id, done).isi == done
        with pytest.raises(SkmError) as caught:
            store.add_follow_up("kecil", self.PLAN)
        assert caught.value.kode == "tindak-layanan-asing"

    @pytest.mark.parametrize(
        ("change", "kode"),
        [({"layanan": "akta"}, "tindak-layanan-asing"), ({"unsur": "U9"}, "tindak-unsur-asing")],
    )
    def test_another_unknown_one_is_refused(
        self, store: Store, change: dict[str, str], kode: str
    ) -> None:
        save(store)
        made = store.add_follow_up("kecil", self.PLAN)
        self.leave(store)
        with pytest.raises(SkmError) as caught:
            store.change_follow_up("kecil", made.id, replace(self.PLAN, **change))
        assert caught.value.kode == kode
        assert store.follow_ups("kecil") == (made,)


def test_several_follow_ups_or_none(store: Store) -> None:
    save(store)
    good = TindakBaru(T3, "U1", "Menambah loket", "Mei", "Kepala Seksi")
    with pytest.raises(SkmError) as caught:
        store.add_follow_ups("kecil", [good, replace(good, unsur="U9")])
    assert caught.value.kode == "tindak-unsur-asing"
    assert store.follow_ups("kecil") == ()
    rows = [good, replace(good, unsur="U2")]
    assert [made.isi for made in store.add_follow_ups("kecil", rows)] == rows
    assert [known.isi for known in store.follow_ups("kecil", T3)] == rows
