"""`survei ekspor` and `survei impor`: out of the store and back, with what changes in words."""

from __future__ import annotations

from pathlib import Path


def test_out_and_back(cli, uji: Path, tmp_path: Path) -> None:
    target = tmp_path / "ekspor.toml"
    assert cli("survei", "ekspor", "uji", "--keluaran", target).code == 0
    assert target.read_bytes() == (uji / "uji.toml").read_bytes()
    assert "Tidak ada yang berubah" in cli("survei", "impor", target).out
    text = target.read_text(encoding="utf-8")
    target.write_text(text.replace("Kartu Keluarga", "KK"), encoding="utf-8")
    words = "1 layanan diganti nama: Kartu Keluarga → KK."
    assert words in cli("survei", "impor", target, "--periksa").out
    assert words in cli("survei", "impor", target).out
    assert "Tidak ada yang berubah" in cli("survei", "impor", target).out
    code, _, err = cli("survei", "ekspor", "uji", "--keluaran", target)
    assert code == 2
    assert "--timpa" in err
    assert cli("survei", "ekspor", "uji", "--keluaran", target, "--timpa", "--nomor", 1).code == 0
    assert target.read_text(encoding="utf-8") == text


def test_a_new_survey(cli, uji: Path, tmp_path: Path) -> None:
    path = tmp_path / "baru.toml"
    text = (uji / "uji.toml").read_text(encoding="utf-8").replace('id = "uji"', 'id = "baru"')
    path.write_text(text, encoding="utf-8")
    assert "akan menjadi survei baru" in cli("survei", "impor", path, "--periksa").out
    assert "baru" not in cli("survei", "daftar").out
    assert "dibuat" in cli("survei", "impor", path).out
    assert "baru" in cli("survei", "daftar").out


def test_what_has_answers_stays(cli, uji: Path, tmp_path: Path) -> None:
    answers = tmp_path / "jawaban.csv"
    answers.write_text(
        "Tanggal,Layanan,Titik,Persyaratan,Prosedur\n2024-11-05,KTP Elektronik,Kantor Pusat,4,3\n",
        encoding="utf-8",
    )
    assert cli("unggah", answers, "--survei", "uji").code == 0
    path = tmp_path / "kurang.toml"
    text = (uji / "uji.toml").read_text(encoding="utf-8")
    path.write_text(
        text.replace('[[layanan]]\nkode = "ktp"\nnama = "KTP Elektronik"\n', ""), encoding="utf-8"
    )
    code, _, err = cli("survei", "impor", path)
    assert code == 2
    assert "Layanan berkode ktp sudah memiliki jawaban" in err


def test_every_fault_at_once(cli, uji: Path, tmp_path: Path) -> None:
    path = tmp_path / "salah.toml"
    text = (uji / "uji.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('"KTP Elektronik"', '""').replace('"1"', '"?"'), encoding="utf-8")
    code, _, err = cli("survei", "impor", path)
    assert code == 2
    assert "layanan[2].nama" in err
    assert "kuesioner.versi" in err
