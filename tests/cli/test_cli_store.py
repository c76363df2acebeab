"""The commands that keep answers: upload, undo, results, proof."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from skm.cli.storing import opened
from skm.store.schema import REKAP

ID = "contoh-disdukcapil-bekasi-2024"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def berkas(tmp_path: Path) -> Path:
    return write(
        tmp_path / "jawaban satu.csv",
        "Nomor,Tanggal,Jam,Jenis Layanan,U1,U2",
        "1,15/10/2024,08:10,KTP Elektronik,4,4",
        "2,16/10/2024,09:20,Kartu Keluarga,3,4",
        "3,07/10/2024,10:30,Kartu Keluarga,3,8",
    )


def stored(cli, *argv: str, code: int = 0) -> list[dict]:
    outcome = cli("ikm", "--survei", "uji", *argv, "--json")
    assert outcome.code == code
    return json.loads(outcome.out)["kelompok"]


def batch_of(out: str) -> str:
    return next(word.strip(".") for word in out.split() if word.startswith("B-"))


def test_upload_results_and_undo(cli, uji: Path, berkas: Path) -> None:
    code, out, err = cli("unggah", berkas, "--survei", "uji")
    assert code == 1
    assert "2 jawaban dari jawaban satu.csv tersimpan" in out
    assert "Baris 4, kolom U2" in err
    (group,) = stored(cli, "--periode", "2024-T4")
    assert (group["responden"], group["ikm"]) == (2, "93.75")
    per = stored(cli, "--periode", "2024", "--per", "layanan")
    assert [g["kunci"]["layanan"] for g in per] == ["Kartu Keluarga", "KTP Elektronik"]
    code, again, _ = cli("unggah", berkas, "--survei", "uji")
    assert "tidak ada yang ditambahkan" in again
    assert cli("batal-unggah", batch_of(out)).code == 0
    assert stored(cli, "--periode", "2024-T4", code=2)[0]["ikm"] is None
    assert cli("batal-unggah", batch_of(out)).code == 2


def test_check_only_stores_nothing(cli, uji: Path, berkas: Path) -> None:
    code, out, _ = cli("unggah", berkas, "--survei", "uji", "--periksa")
    assert code == 1
    assert "2 baris dapat diterima, 1 ditolak" in out
    assert stored(cli, "--periode", "2024-T4", code=2)[0]["responden"] == 0


def test_rejected_rows_can_be_corrected_and_uploaded(
    cli, uji: Path, berkas: Path, tmp_path: Path
) -> None:
    target = tmp_path / "tolakan.csv"
    assert cli("unggah", berkas, "--survei", "uji", "--tolakan", target).code == 1
    rejected = target.read_text(encoding="utf-8-sig")
    assert rejected.count("\n") == 2
    target.write_text(rejected.replace(";8;", ";2;"), encoding="utf-8")
    assert cli("unggah", target, "--survei", "uji").code == 0
    assert stored(cli, "--periode", "2024-T4")[0]["responden"] == 3
    again = cli("unggah", berkas, "--survei", "uji", "--tolakan", target)
    assert again.code == 2  # an existing file is not overwritten
    assert "--timpa" in again.err
    source = cli("unggah", berkas, "--survei", "uji", "--tolakan", berkas, "--timpa")
    assert source.code == 2  # nor the uploaded file itself, whatever is asked


def test_overlapping_file_brings_only_its_new_rows(
    cli, uji: Path, berkas: Path, tmp_path: Path
) -> None:
    cli("unggah", berkas, "--survei", "uji")
    lines = berkas.read_text(encoding="utf-8").splitlines()[:3]
    more = write(tmp_path / "b.csv", *lines, "9,28/10/2024,08:10,KTP Elektronik,1,1")
    code, out, _ = cli("unggah", more, "--survei", "uji")
    assert code == 0
    assert "2 baris dikenali" in out
    assert "1 jawaban dari b.csv tersimpan" in out


def test_a_running_number_alone_leaves_the_decision_to_the_operator(
    cli, uji: Path, tmp_path: Path
) -> None:
    first = write(tmp_path / "a.csv", "No,U1,U2", "1,4,4")
    second = write(tmp_path / "b.csv", "No,U1,U2", "1,4,4", "2,3,3")
    argv = ("--survei", "uji", "--periode", "2024-T4")
    assert cli("unggah", first, *argv).code == 0
    code, _, err = cli("unggah", second, *argv)
    assert code == 2
    assert "--kembar ambil" in err
    assert cli("unggah", second, *argv, "--kembar", "ambil").code == 0
    assert stored(cli, "--periode", "2024-T4")[0]["responden"] == 3


def test_dates_that_may_be_meant_either_way_are_settled_first(
    cli, uji: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.csv", "Timestamp,U1,U2", "10/1/2024 8:00:00,4,4")
    code, out, err = cli("unggah", path, "--survei", "uji")
    assert (code, out) == (2, "")
    assert "--tanggal bulan-dahulu (1 Oktober 2024)" in err
    assert cli("unggah", path, "--survei", "uji", "--periksa").code == 0
    assert cli("unggah", path, "--survei", "uji", "--tanggal", "bulan-dahulu").code == 0
    assert stored(cli, "--periode", "2024-T4")[0]["responden"] == 1


def test_a_near_miss_is_settled_before_anything_is_stored(cli, uji: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "Persyaratn,U2", "4,4", "3,3")
    argv = ("unggah", path, "--survei", "uji", "--periode", "2024-T4")
    code, out, err = cli(*argv)
    assert (code, out) == (2, "")
    assert '--kolom "Persyaratn=U1" atau --kolom "Persyaratn=abaikan"' in err
    code, _, err = cli(*argv, "--kolom", "Persyaratn=abaikan")
    assert code == 2
    assert "U1 (Persyaratan)" in err
    assert "--tanpa U1" in err
    assert cli(*argv, "--kolom", "Persyaratn=U1", "--periksa").code == 0
    assert cli(*argv, "--kolom", "Persyaratn=abaikan", "--tanpa", "U1").code == 0
    assert stored(cli, "--periode", "2024-T4")[0]["n"] == {"U1": 0, "U2": 2}


@pytest.mark.parametrize(("tanpa", "code"), [("u1", 0), ("Persyaratan,U2", 0), ("U2", 2), ("x", 2)])
def test_a_question_without_a_column_is_waived_by_name(
    cli, uji: Path, tmp_path: Path, tanpa: str, code: int
) -> None:
    path = write(tmp_path / "a.csv", "U2", "4")
    argv = ("unggah", path, "--survei", "uji", "--periode", "2024-T4", "--tanpa", tanpa)
    assert cli(*argv).code == code


def test_a_period_without_answers_is_a_sentence(cli, uji: Path) -> None:
    code, out, err = cli("ikm", "--survei", "uji", "--periode", "2024-T4")
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_twins_are_decided_by_the_operator(cli, uji: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", "U1,U2", "4,4", "3,3")
    second = write(tmp_path / "b.csv", "U1,U2", "4,4", "1,1")
    argv = ("--survei", "uji", "--periode", "2024-T4", "--layanan", "ktp elektronik")
    assert cli("unggah", first, *argv).code == 0
    code, _, err = cli("unggah", second, *argv)
    assert code == 2
    assert "Baris 2: jawaban 4 4" in err
    assert "--kembar ambil" in err
    assert cli("unggah", second, *argv, "--kembar", "lewati").code == 0
    assert stored(cli, "--periode", "2024-T4", "--per", "layanan,kanal")[0]["responden"] == 3


def test_nothing_is_stored_without_a_period(cli, uji: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "U1,U2", "4,4")
    code, out, err = cli("unggah", path, "--survei", "uji")
    assert (code, out) == (2, "")
    assert "Pilih periode" in err


def test_unknown_layanan_is_asked(cli, uji: Path, berkas: Path) -> None:
    code, _, err = cli("unggah", berkas, "--survei", "uji", "--layanan", "Kartu Kelurga")
    assert code == 2
    assert 'Maksud Anda "Kartu Keluarga"?' in err


def test_bare_u8_and_u9_are_confirmed_once(cli, tmp_path: Path) -> None:
    row = ",".join("444444443")
    path = write(tmp_path / "a.csv", ",".join(f"U{i}" for i in range(1, 10)), row)
    argv = ("unggah", path, "--survei", ID, "--periode", "2025-T1")
    code, _, err = cli(*argv)
    assert code == 2
    assert "U8 = Sarana dan prasarana" in err
    assert cli(*argv, "--u8-u9", "tukar").code == 0
    out = cli("ikm", "--survei", ID, "--periode", "2025-T1", "--json").out
    assert json.loads(out)["kelompok"][0]["nrr"]["U8"] == "3.000"
    # The sample of the first run, straight from the store.
    out = cli("ikm", "--survei", ID, "--periode", "2024", "--json").out
    assert json.loads(out)["kelompok"][0]["ikm"] == "93.71"
    out = cli("ikm", "--survei", ID, "--periode", "2024-S2", "--per", "triwulan", "--json").out
    assert [g["ikm"] for g in json.loads(out)["kelompok"]] == ["93.70", "93.86"]


def test_recap_is_proven_and_repaired(cli, uji: Path, berkas: Path) -> None:
    cli("unggah", berkas, "--survei", "uji")
    assert "2 responden" in cli("periksa").out
    with opened() as store, store.engine.begin() as conn:
        conn.execute(delete(REKAP[0]))
    code, out, err = cli("periksa", "--survei", "uji")
    assert (code, out) == (1, "")
    assert "--perbaiki" in err
    assert REKAP[0].name in err
    assert cli("periksa", "--perbaiki").code == 0
    assert cli("periksa").code == 0


def test_template_takes_answers_back(cli, uji: Path, tmp_path: Path) -> None:
    target = tmp_path / "isian.csv"
    assert cli("templat", "--survei", "uji", "--keluaran", target).code == 0
    assert cli("templat", "--survei", "uji", "--keluaran", target).code == 2
    assert cli("templat", "--survei", "uji", "--keluaran", target, "--timpa").code == 0
    assert cli("templat", "--survei", "uji", "--keluaran", tmp_path / "a.xlsx").code == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")
    assert not [p for p in tmp_path.iterdir() if p.name.endswith(".tmp")]
    for wrong in (tmp_path / "a.pdf", tmp_path / "tidak ada" / "a.csv", tmp_path):
        assert cli("templat", "--survei", "uji", "--keluaran", wrong).code == 2


def test_surveys_listed_and_checked(cli, uji: Path) -> None:
    assert "Dinas Uji" in cli("survei", "daftar").out
    assert cli("survei", "periksa", uji / "uji.toml").code == 0
    wrong = uji / "salah.toml"
    wrong.write_text('id = "salah"\njudull = "x"\n', encoding="utf-8")
    code, out, err = cli("survei", "periksa", wrong)
    assert (code, out) == (2, "")
    assert "judull" in err
    assert len(err.splitlines()) > 3  # all faults at once
    code, out, err = cli("survei", "daftar")
    assert code == 0
    assert "salah.toml" in err


@pytest.mark.parametrize(
    "argv",
    [
        ("ikm", "--survei", "tidak-ada", "--periode", "2024"),
        ("ikm", "--survei", "uji", "--periode", "2024-10"),
        ("unggah", "tidak-ada.csv", "--survei", "uji"),
        ("batal-unggah", "B-1"),
        ("periksa", "--survei", "tidak-ada"),
        ("survei", "periksa", "tidak-ada"),
    ],
)
def test_wrong_use_is_one_sentence(cli, uji: Path, argv: tuple[str, ...]) -> None:
    code, out, err = cli(*argv)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


def test_database_out_of_reach_is_one_sentence(
    cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = write(tmp_path / "bukan folder", "x")
    monkeypatch.setenv("SKM_DATA", str(blocker))
    code, _, err = cli("periksa")
    assert code == 2
    assert len(err.strip().splitlines()) == 1
