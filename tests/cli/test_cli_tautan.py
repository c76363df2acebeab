"""`tautan` and `qr`: placements from a terminal, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skm.cli.storing import opened

KEYS = ["kode", "alamat", "titik", "layanan", "kanal", "nama", "aktif", "dilihat", "dimulai",
        "dikirim"]  # fmt: skip


@pytest.fixture(autouse=True)
def _public(monkeypatch: pytest.MonkeyPatch, uji: Path) -> None:
    monkeypatch.setenv("SKM_URL_PUBLIK", "https://skm.contoh.go.id")


def listed(cli, *more: object) -> list[dict]:
    code, out, err = cli("tautan", "daftar", "--survei", "uji", "--json", *more)
    assert (code, err) == (0, "")
    return json.loads(out)


def test_made_for_every_titik_and_listed(cli) -> None:
    code, out, err = cli("tautan", "buat", "--survei", "uji")
    assert (code, err) == (0, "")
    assert "1 tautan dibuat." in out
    assert "Kantor Pusat" in out
    (made,) = listed(cli)
    assert list(made) == KEYS
    assert made["alamat"] == f"https://skm.contoh.go.id/isi/{made['kode']}"
    assert made["alamat"] in out
    assert (made["titik"], made["layanan"], made["kanal"], made["aktif"]) == (
        "pusat", None, "qr", True,
    )  # fmt: skip


def test_made_again_names_the_open_one(cli) -> None:
    first = json.loads(cli("tautan", "buat", "--survei", "uji", "--json").out)
    code, out, err = cli("tautan", "buat", "--survei", "uji", "--json")
    assert (code, json.loads(out)) == (0, first)
    assert "0 tautan dibuat." in err
    assert "1 tautan terbuka yang sama sudah ada" in err
    assert len(listed(cli)) == 1


def test_chosen_by_name_and_filtered(cli) -> None:
    argv = ("tautan", "buat", "--survei", "uji", "--titik", "kantor pusat")
    cli(*argv)
    cli(*argv, "--layanan", "Kartu Keluarga", "--kanal", "kios", "--nama", "Loket 3")
    (kios,) = listed(cli, "--kanal", "kios")
    assert (kios["layanan"], kios["nama"]) == ("kk", "Loket 3")
    assert listed(cli, "--layanan", "kk") == [kios]
    assert listed(cli, "--kode", kios["kode"].lower()) == [kios]
    assert len(listed(cli, "--titik", "pusat")) == 2


def test_closed_and_opened(cli) -> None:
    cli("tautan", "buat", "--survei", "uji")
    code, out, _ = cli("tautan", "tutup", "--survei", "uji", "--titik", "pusat", "--json")
    assert (code, [t["aktif"] for t in json.loads(out)]) == (0, [False])
    assert "0 tautan ditutup." in cli("tautan", "tutup", "--survei", "uji").out
    assert "1 tautan dibuka kembali." in cli("tautan", "buka", "--survei", "uji").out
    assert listed(cli)[0]["aktif"]


def test_counts_are_those_of_the_store(cli) -> None:
    cli("tautan", "buat", "--survei", "uji")
    with opened() as store:
        (made,) = store.list_tautan("uji")
        store.count_visits({(made.kode, "dilihat"): 8, (made.kode, "dimulai"): 3})
    (found,) = listed(cli)
    assert (found["dilihat"], found["dimulai"], found["dikirim"]) == (8, 3, 0)


def test_an_address_of_this_machine_alone_is_said(cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SKM_URL_PUBLIK")
    code, out, err = cli("tautan", "buat", "--survei", "uji", "--json")
    assert code == 0
    assert json.loads(out)[0]["alamat"].startswith("http://127.0.0.1:8501/isi/")
    assert "SKM_URL_PUBLIK=https://skm.kota.go.id" in err


def test_posters_and_codes_are_written(cli, tmp_path: Path) -> None:
    cli("tautan", "buat", "--survei", "uji")
    cli("tautan", "buat", "--survei", "uji", "--kanal", "kios")
    folder = tmp_path / "cetak" / "poster"
    argv = ("qr", "--survei", "uji", "--keluaran", folder)
    code, out, _ = cli(*argv, "--ukuran", "a5")
    assert code == 0
    assert "7 berkas untuk 2 tautan" in out
    starts = {path.name: path.read_bytes()[:5] for path in folder.iterdir()}
    kode = listed(cli, "--kanal", "kios")[0]["kode"]
    assert starts["semua-a5.pdf"] == starts[f"kantor-pusat_{kode}-a5.pdf"] == b"%PDF-"
    assert starts[f"kantor-pusat_{kode}.svg"].startswith(b"<svg")
    assert starts[f"kantor-pusat_{kode}.png"].startswith(b"\x89PNG")
    assert len(starts) == 7


def test_a_file_that_exists_is_kept(cli, tmp_path: Path) -> None:
    cli("tautan", "buat", "--survei", "uji")
    (made,) = listed(cli)
    kept = tmp_path / f"kantor-pusat_{made['kode']}.png"
    kept.write_bytes(b"punya orang")
    argv = ("qr", "--survei", "uji", "--titik", "pusat", "--keluaran", tmp_path)
    code, out, err = cli(*argv)
    assert (code, out) == (2, "")
    assert "--timpa" in err
    assert kept.read_bytes() == b"punya orang"
    assert not list(tmp_path.glob("*.pdf"))
    assert cli(*argv, "--timpa").code == 0
    assert kept.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("argv", "part"),
    [
        (("tautan", "buat", "--survei", "uji", "--kanal", "kertas"), "bukan kanal tautan"),
        (("tautan", "buat", "--survei", "uji", "--titik", "Kantor Pust"), "Kantor Pusat"),
        (("tautan", "tutup", "--survei", "uji", "--kode", "ABCDEFGH"), "ABCDEFGH tidak ada"),
        (("tautan", "buat", "--survei", "lain"), "lain"),
        (("tautan", "daftar"), "isian wajib"),
        (("tautan",), "isian wajib"),
        (("qr", "--survei", "uji", "--keluaran", "x"), "tautan buat --survei uji"),
        (("qr", "--survei", "uji", "--keluaran", "x", "--ukuran", "a3"), "pilih salah satu"),
    ],
)
def test_wrong_use_is_one_sentence(cli, argv: tuple[str, ...], part: str) -> None:
    code, out, err = cli(*argv)
    assert (code, out) == (2, "")
    assert part in err
    assert len(err.strip().splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_one_sentence(cli, tmp_path: Path) -> None:
    cli("tautan", "buat", "--survei", "uji")
    (tmp_path / "berkas").write_text("x")
    code, _, err = cli("qr", "--survei", "uji", "--keluaran", tmp_path / "berkas")
    assert code == 2
    assert "--keluaran" in err


def test_no_placement_is_said(cli) -> None:
    code, out, err = cli("tautan", "daftar", "--survei", "uji")
    assert (code, out) == (0, "")
    assert "tautan buat --survei uji" in err
