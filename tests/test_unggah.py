"""Taking files into the store: overlap, undo, and the sample of the first run."""

from pathlib import Path

import openpyxl
import pytest

from skm.hasil import available_periods, summarize
from skm.intake import Opsi
from skm.mulai import prepare
from skm.penutupan.resmi import open_official
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import Store
from skm.survei import Survei, parse_survei
from skm.unggah import Rencana, inspect, propose, read, take

OPTIONS = (
    "pilihan = [{nilai=1,teks='a1'},{nilai=2,teks='a2'},{nilai=3,teks='a3'},{nilai=4,teks='a4'}]"
)
TOML = f"""
id = "uji"
judul = "Uji"
instansi = "Kota"
unit = "Dinas"
[[unsur]]
kode = "U1"
nama = "Persyaratan"
[[unsur]]
kode = "U2"
nama = "Prosedur"
[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "u1"
unsur = "Persyaratan"
teks = "Bagaimana persyaratannya?"
{OPTIONS}
[[kuesioner.pertanyaan]]
kode = "u2"
unsur = "Prosedur"
teks = "Bagaimana prosedurnya?"
{OPTIONS}
"""
T4 = Opsi(periode=parse_period("2024-T4"))


@pytest.fixture
def survei(store: Store) -> Survei:
    made = parse_survei(TOML, "uji.toml")
    store.save_survei(made, TOML)
    return made


def plan(store: Store, survei: Survei, text: str, name: str = "uji.csv") -> Rencana:
    berkas = read(name, text.encode())
    return inspect(store, survei, berkas, propose(berkas, survei), T4)


def ikm(store: Store, survei: Survei) -> str:
    return str(summarize(open_official(store, survei.id), parse_period("2024-T4")).kini.hasil.ikm)


def test_take_and_undo(store: Store, survei: Survei) -> None:
    batch = take(store, plan(store, survei, "U1,U2\n4,4\n3,4\n2,9\n"))
    assert (batch.diterima, batch.ditolak) == (2, 1)
    assert ikm(store, survei) == "93.75"  # (3.5 + 4) / 2 x 25
    store.undo_batch(batch.id)
    assert available_periods(open_official(store, survei.id)) == []
    assert store.check_recap() == ()


def test_the_same_file_twice_adds_nothing(store: Store, survei: Survei) -> None:
    text = "U1,U2\n4,4\n3,4\n"
    first = take(store, plan(store, survei, text))
    again = plan(store, survei, text, "nama-lain.csv")
    assert again.sama.id == first.id
    with pytest.raises(SkmError) as caught:
        take(store, again, "ambil")
    assert caught.value.kode == "berkas-sudah-diunggah"
    assert store.list_survei()[0].responden == 2
    store.undo_batch(first.id)
    assert take(store, plan(store, survei, text)).diterima == 2


def test_rows_rejected_at_first_can_follow_from_the_same_file(store: Store, survei: Survei) -> None:
    berkas = read("uji.csv", b"U1;U2;Kecepatan\n4;4;4\n3;9;4\n")
    first = propose(berkas, survei)
    assert take(store, inspect(store, survei, berkas, first, T4)).diterima == 1
    # The operator sees that the second question stands in another column.
    other = first.with_column(1, "abaikan").with_column(2, "u2")
    again = inspect(store, survei, berkas, other, T4)
    assert (again.sama, again.dikenal, [a.nilai for a in again.baru]) == (None, 1, ["34"])
    assert take(store, again).diterima == 1
    assert inspect(store, survei, berkas, other, T4).sama is not None


def test_every_sheet_of_a_workbook_can_be_taken(
    store: Store, survei: Survei, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for name in ("Oktober", "November"):
        sheet = book.create_sheet(name)
        for row in (["U1", "U2"], [4, 4], [3, 3]):
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "dua.xlsx")
    berkas = read("dua.xlsx", (tmp_path / "dua.xlsx").read_bytes())
    for name in ("Oktober", "November"):
        pemetaan = propose(berkas, survei, name)
        batch = take(store, inspect(store, survei, berkas, pemetaan, T4), "ambil")
        assert batch.diterima == 2
    assert inspect(store, survei, berkas, pemetaan, T4).sama.id == batch.id


def test_rows_with_a_number_are_recognised_in_an_overlapping_file(
    store: Store, survei: Survei
) -> None:
    take(store, plan(store, survei, "No,U1,U2\nTW4-2024-0001,4,4\nTW4-2024-0002,4,4\n"))
    more = plan(
        store, survei, "No,U1,U2\nTW4-2024-0001,4,4\nTW4-2024-0002,4,4\nTW4-2024-0003,4,4\n"
    )
    assert (more.dikenal, len(more.baru), more.kembar) == (2, 1, ())
    assert take(store, more).diterima == 1


def test_a_running_number_tells_nobody_apart(store: Store, survei: Survei) -> None:
    """Two offices number their sheets from 1: equal rows are the operator's to decide."""
    take(store, plan(store, survei, "No,U1,U2\n1,4,4\n2,4,4\n"))
    other = plan(store, survei, "No,U1,U2\n1,4,4\n2,4,4\n3,3,4\n")
    assert (other.dikenal, len(other.kembar), len(other.baru)) == (0, 2, 1)
    assert take(store, other, "ambil").diterima == 3


def test_a_number_with_other_answers_is_another_row(store: Store, survei: Survei) -> None:
    take(store, plan(store, survei, "No,U1,U2\n1,4,4\n"))
    other = plan(store, survei, "No,U1,U2\n1,3,4\n")
    assert (other.dikenal, len(other.baru)) == (0, 1)


def test_rows_without_identity_are_the_operators_to_decide(store: Store, survei: Survei) -> None:
    take(store, plan(store, survei, "U1,U2\n4,4\n3,3\n"))
    text = "U1,U2\n4,4\n4,4\n2,2\n"
    rencana = plan(store, survei, text)
    # One of the two equal rows may be the stored one; the second cannot be.
    assert [(k.baris, k.tersimpan) for k in rencana.kembar] == [(2, 1)]
    assert [a.nilai for a in rencana.baru] == ["44", "22"]
    with pytest.raises(SkmError) as caught:
        take(store, rencana)
    assert caught.value.kode == "kembar-belum-diputuskan"
    skipped = take(store, rencana, "lewati")
    assert skipped.diterima == 2
    store.undo_batch(skipped.id)
    assert take(store, rencana, "ambil").diterima == 3


def test_equal_rows_in_one_file_are_different_people(store: Store, survei: Survei) -> None:
    assert take(store, plan(store, survei, "U1,U2\n4,4\n4,4\n4,4\n")).diterima == 3


def test_nothing_new_is_said(store: Store, survei: Survei) -> None:
    take(store, plan(store, survei, "No,U1,U2\nTW4-2024-0001,4,4\nTW4-2024-0002,3,3\n"))
    with pytest.raises(SkmError) as caught:
        take(store, plan(store, survei, "No,U1,U2\nTW4-2024-0002,3,3\n"))
    assert caught.value.kode == "tidak-ada-yang-baru"


@pytest.mark.lambat
class TestFirstRun:
    """The folder of surveys, loaded at every start; the sample only until it is removed."""

    def start(
        self, tmp_path: Path, folder: Path | None = None, faults: list | None = None
    ) -> Store:
        settings = read_settings({"SKM_DATA": str(tmp_path / "data")})
        report = (faults if faults is not None else []).append
        return prepare(settings, *([folder] if folder else []), report=report)

    def test_the_sample_comes_with_its_answers(self, tmp_path: Path) -> None:
        with self.start(tmp_path) as store:
            (info,) = store.list_survei()
            assert (info.contoh, info.responden) == (True, 2618 + 1407 + 1560)
            survei = store.load_survei(info.id)
            kept = [p.kode for p in available_periods(open_official(store, survei.id))]
            assert kept == ["2024-T4", "2024-T3", "2024-S2", "2024-S1", "2024"]
            summary = summarize(open_official(store, survei.id), parse_period("2024"))
            assert str(summary.kini.hasil.ikm) == "93.71"
        with self.start(tmp_path) as store:
            assert store.list_survei()[0].responden == info.responden

    def test_a_removed_sample_stays_away(self, tmp_path: Path) -> None:
        with self.start(tmp_path) as store:
            store.delete_survei(store.list_survei()[0].id)
        with self.start(tmp_path) as store:
            assert store.list_survei() == ()

    def test_a_first_start_that_was_cut_short_is_finished(self, tmp_path: Path) -> None:
        with self.start(tmp_path) as store:
            batches = store.list_batches(store.list_survei()[0].id)
            store.undo_batch(batches[0].id)
        with self.start(tmp_path) as store:
            assert store.list_survei()[0].responden == 5585

    def test_a_faulty_survey_file_does_not_stop_the_others(self, tmp_path: Path) -> None:
        folder = tmp_path / "surveys"
        folder.mkdir()
        (folder / "a.toml").write_text("id = 3\n", encoding="utf-8")
        (folder / "uji.toml").write_text(TOML, encoding="utf-8")
        faults: list[SkmError] = []
        with self.start(tmp_path, folder, faults) as store:
            assert [info.id for info in store.list_survei()] == ["uji"]
        assert [f.kode for f in faults] == ["survei-salah"]
