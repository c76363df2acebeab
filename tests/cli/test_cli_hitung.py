"""`hitung` against the published figures, typed in from LKIP 2024, tables 3.11-3.14."""

import json
from pathlib import Path
from typing import Any

import pytest

from skm.pesan import catalogue

ID = "contoh-disdukcapil-bekasi-2024"
SURVEYS = Path(__file__).parents[2] / "surveys"
S1, T3, T4 = (SURVEYS / f"{ID}-{p}.csv" for p in ("s1", "t3", "t4"))
NRR_T4 = ["3.742", "3.749", "3.614", "3.867", "3.810", "3.711", "3.668", "3.785", "3.841"]
IKM_UNSUR_T4 = ["93.55", "93.73", "90.35", "96.68", "95.25", "92.78", "91.70", "94.63", "96.03"]
CODES = [f"U{i}" for i in range(1, 10)]


def computed(cli, *argv: object, code: int = 0) -> dict[str, Any]:
    outcome = cli("hitung", *argv, "--json")
    assert outcome.code == code, outcome.err
    return json.loads(outcome.out)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def bare(path: Path, unsur: int, *rows: str) -> Path:
    return write(path, ",".join(f"U{i}" for i in range(1, unsur + 1)), *map(",".join, rows))


class TestPublishedFigures:
    def test_quarter_at_full_precision(self, cli) -> None:
        found = computed(cli, T4, "--survei", ID)
        assert (found["diterima"], found["ditolak"]) == (1560, [])
        (group,) = found["kelompok"]
        assert (group["ikm"], group["mutu"], group["kinerja"]) == ("93.86", "A", "Sangat Baik")
        assert group["responden"] == 1560
        assert list(group["nrr"].items()) == list(zip(CODES, NRR_T4, strict=True))

    def test_quarter_as_the_table_prints_it(self, cli) -> None:
        found = computed(cli, T4, "--survei", ID, "--metode", "bertahap")
        (group,) = found["kelompok"]
        assert group["ikm_unsur"] == dict(zip(CODES, IKM_UNSUR_T4, strict=True))
        assert (group["jumlah_ikm_unsur"], group["unsur_terisi"]) == ("844.70", 9)
        assert group["ikm"] == "93.86"
        assert found["metode"]["tahap"]["nrr"] == 3
        assert found["metode"]["tahap"]["indeks"] is None

    def test_respondents_per_layanan(self, cli) -> None:
        groups = computed(cli, T4, "--survei", ID, "--per", "layanan")["kelompok"]
        assert len(groups) == 14
        assert [(g["kunci"]["layanan"], g["responden"]) for g in groups][:4] == [
            ("Pencatatan Kelahiran WNI dalam Wilayah NKRI", 303),
            ("Penerbitan Kartu Keluarga Karena Pisah KK dalam Satu Alamat", 297),
            ("Penerbitan Kartu Keluarga Karena Hilang/Rusak", 199),
            ("Identitas Kependudukan Digital", 181),
        ]
        assert sum(g["responden"] for g in groups) == 1560

    def test_year_and_semesters_from_all_files(self, cli) -> None:
        files = (S1, T3, T4, "--survei", ID)
        (year,) = computed(cli, *files, "--per", "tahun")["kelompok"]
        assert (year["kunci"], year["ikm"], year["cara"]) == (
            {"tahun": "2024"},
            "93.71",
            "rata-rata",
        )
        halves = computed(cli, *files, "--per", "semester")["kelompok"]
        assert [(g["kunci"]["semester"], g["ikm"]) for g in halves] == [
            ("2024-S1", "93.64"),
            ("2024-S2", "93.78"),
        ]

    def test_one_quarter_out_of_a_year(self, cli) -> None:
        found = computed(cli, S1, T3, T4, "--survei", ID, "--periode", "2024-T3")
        assert found["diterima"] == 5585
        assert (found["kelompok"][0]["ikm"], found["kelompok"][0]["responden"]) == ("93.70", 1407)

    def test_missing_quarter_is_named(self, cli) -> None:
        (half,) = computed(cli, T4, "--survei", ID, "--periode", "2024-S2")["kelompok"]
        assert half["hilang"] == ["Triwulan III 2024"]
        assert "Triwulan IV 2024" in half["catatan"]

    def test_pooled_and_weight_are_named_on_the_result(self, cli) -> None:
        argv = (T4, "--survei", ID, "--bobot", "0,111", "--agregasi", "gabungan")
        found = computed(cli, *argv)
        assert found["metode"]["bobot"] == "0.111"
        assert found["metode"]["agregasi"] == "gabungan"
        assert found["kelompok"][0]["ikm"] == "93.76"


class TestBareFiles:
    def test_rejected_row_has_its_place_and_exit_1(self, cli, tmp_path: Path) -> None:
        path = bare(tmp_path / "a b.csv", 9, "444444443", "333339333")
        found = computed(cli, path, code=1)
        assert found["diterima"] == 1
        (fault,) = found["ditolak"]
        assert list(fault) == ["berkas", "lembar", "baris", "kolom", "nilai", "kode", "pesan"]
        assert (fault["baris"], fault["kolom"], fault["nilai"]) == (3, "U6", "9")
        assert fault["kode"] in catalogue()

    @pytest.mark.parametrize("unsur", [4, 8, 9, 14])
    def test_number_of_unsur_comes_from_the_columns(self, cli, tmp_path: Path, unsur: int) -> None:
        path = bare(tmp_path / "a.csv", unsur, "3" * unsur, "4" * unsur)
        (group,) = computed(cli, path)["kelompok"]
        assert (group["unsur_terisi"], group["ikm"]) == (unsur, "87.50")

    def test_more_unsur_than_a_survey_can_have(self, cli, tmp_path: Path) -> None:
        code, _, err = cli("hitung", bare(tmp_path / "a.csv", 31, "3" * 31))
        assert code == 2
        assert "U31" in err

    def test_order_of_u8_and_u9(self, cli, tmp_path: Path) -> None:
        path = bare(tmp_path / "a.csv", 9, "444444443")
        assert "Pengaduan" in cli("hitung", path).err
        assert "--urutan kuesioner" not in cli("hitung", path, "--urutan", "kuesioner").err
        lines = cli("hitung", path, "--urutan", "kuesioner").out.splitlines()
        assert "Sarana" in next(line for line in lines if line.startswith("U8"))

    def test_nobody_answered_is_null(self, cli, tmp_path: Path) -> None:
        path = bare(tmp_path / "a.csv", 9, "44444444-")
        (group,) = computed(cli, path)["kelompok"]
        assert (group["nrr"]["U9"], group["n"]["U9"], group["unsur_terisi"]) == (None, 0, 8)
        assert group["ikm"] == "100.00"

    def test_files_pool_and_the_same_file_twice_is_refused(self, cli, tmp_path: Path) -> None:
        one = bare(tmp_path / "1.csv", 9, "333333333")
        two = bare(tmp_path / "2.csv", 9, "444444444")
        assert computed(cli, one, two)["kelompok"][0]["ikm"] == "87.50"
        assert computed(cli, tmp_path / "*.csv")["diterima"] == 2
        again = bare(tmp_path / "3.csv", 9, "444444444")
        assert cli("hitung", two, again).code == 2
        four = bare(tmp_path / "4.csv", 4, "4444")
        assert cli("hitung", one, four).code == 2

    def test_printed_figures_under_the_rows(self, cli, tmp_path: Path) -> None:
        rows = ["No;U1;U2;U3", "1;3;4;4", "2;4;4;3", "Jumlah;7;8;7", "NRR;3,5;4;3,5"]
        right = write(tmp_path / "a.csv", *rows, "IKM;91,67;;")
        outcome = cli("hitung", right)
        assert outcome.code == 0
        assert "cocok dengan metode: penuh" in outcome.out
        wrong = write(tmp_path / "b.csv", *rows, "IKM;91,70;;")
        assert "91,70, dihitung 91,67" in cli("hitung", wrong).out


class TestForAPerson:
    def test_table_fits_80_columns_and_says_the_method(self, cli) -> None:
        for argv in ((), ("--per", "layanan", "semester"), ("--per", "titik,triwulan")):
            outcome = cli("hitung", S1, T3, T4, "--survei", ID, *argv)
            table = outcome.out.split("\n5.585 jawaban")[0]
            assert max(map(len, table.splitlines())) <= 80
            assert "Metode penuh · bobot 1/k." in outcome.out

    def test_at_most_twenty_rejected_rows_are_listed(self, cli, tmp_path: Path) -> None:
        path = bare(tmp_path / "a.csv", 9, "444444444", *["444444447"] * 30)
        lines = cli("hitung", path).err.splitlines()
        assert sum("Baris" in line for line in lines) == 20
        assert lines[-1].strip() == "Dan 10 lagi."

    def test_file_between_and_after_options(self, cli, tmp_path: Path) -> None:
        one = bare(tmp_path / "1.csv", 9, "333333333")
        two = bare(tmp_path / "2.csv", 9, "444444444")
        assert cli("hitung", "--per", "layanan", one).code == 0
        assert computed(cli, one, "--metode", "penuh", two)["diterima"] == 2

    def test_near_miss_of_a_layanan_is_asked_and_can_be_answered(
        self, cli, uji: Path, tmp_path: Path
    ) -> None:
        path = write(tmp_path / "a.csv", "Jenis Layanan,U1,U2", "KTP Elektronk,3,4")
        outcome = cli("hitung", path, "--survei", "uji")
        assert outcome.code == 1
        assert 'maksud Anda "KTP Elektronik"?' in outcome.err
        padanan = "KTP Elektronk=KTP Elektronik"
        argv = (path, "--survei", "uji", "--padanan", padanan, "--per", "layanan")
        (group,) = computed(cli, *argv)["kelompok"]
        assert group["kunci"] == {"layanan": "KTP Elektronik"}
        assert group["kode"] == {"layanan": "ktp"}

    def test_a_weak_likeness_is_no_ready_made_option(self, cli, uji: Path, tmp_path: Path) -> None:
        path = write(tmp_path / "a.csv", "Jenis Layanan,U1,U2", "Kartu Identitas Anak,3,4")
        err = cli("hitung", path, "--survei", "uji").err
        assert '--padanan "Kartu Identitas Anak=nama pada survei"' in err

    def test_an_unsur_without_a_column_is_said_beside_the_result(
        self, cli, uji: Path, tmp_path: Path
    ) -> None:
        path = write(tmp_path / "a.csv", "U2", "4")
        lines = cli("hitung", path, "--survei", "uji").out.splitlines()
        assert lines[1] == "Dihitung dari 1 unsur; U1 tidak terbaca."
        assert computed(cli, path, "--survei", "uji")["tanpa_kolom"] == ["U1"]
        other = write(tmp_path / "b.csv", "U1,U2", "4,4")
        assert computed(cli, path, other, "--survei", "uji")["tanpa_kolom"] == []

    def test_dates_that_may_be_meant_either_way_are_a_note(self, cli, tmp_path: Path) -> None:
        path = write(tmp_path / "a.csv", "Timestamp,U1,U2", "10/1/2024 8:00:00,4,4")
        outcome = cli("hitung", path)
        assert outcome.code == 0
        assert "--tanggal bulan-dahulu" in outcome.err
        argv = (path, "--tanggal", "bulan-dahulu", "--per", "triwulan")
        assert computed(cli, *argv)["kelompok"][0]["kode"] == {"triwulan": "2024-T4"}
        assert "--tanggal" not in cli("hitung", *argv).err

    def test_no_answers_are_a_sentence_and_no_table(self, cli, tmp_path: Path) -> None:
        path = write(tmp_path / "a.csv", "U1,U2,U3")
        code, out, err = cli("hitung", path)
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 1
        assert computed(cli, path, code=2)["kelompok"][0]["ikm"] is None
        dated = write(tmp_path / "b.csv", "Tanggal,U1,U2", "31/12/2024,4,4")
        assert cli("hitung", dated, "--periode", "2024-T1").code == 2

    def test_column_can_be_named(self, cli, uji: Path, tmp_path: Path) -> None:
        path = write(tmp_path / "a.csv", "Kecepatan,U2", "3,4")
        argv = (path, "--survei", "uji", "--kolom", "kecepatan=U1")
        assert computed(cli, *argv)["kelompok"][0]["nrr"] == {"U1": "3.000", "U2": "4.000"}


@pytest.mark.parametrize(
    "argv",
    [
        ("--metode", "cepat"),
        ("--bobot", "0.2"),
        ("--per", "layana"),
        ("--per", "tahun", "semester"),
        ("--periode", "2024-T9"),
        ("--periode", "2024-12"),
        ("--survei", "tidak-ada"),
        ("--survei", "tidak/ada.toml"),
        ("--survei", ID, "--urutan", "kuesioner"),
        ("--lembar", "Lembar 9"),
        ("--kolom", "U1"),
        ("--kolom", "Entah=U1"),
        ("--kolom", "U1=entah"),
        ("--padanan", "KTP"),
        ("--agregasi", "median"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(cli, tmp_path: Path, argv: tuple[str, ...]) -> None:
    path = bare(tmp_path / "a.csv", 9, "444444444")
    code, out, err = cli("hitung", path, *argv)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.strip().endswith(".")
