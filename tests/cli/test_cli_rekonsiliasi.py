"""`rekonsiliasi` finds the method of real reports from their printed figures."""

import json
import tomllib
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[1] / "contoh" / "laporan").glob("*.toml"))
REPORTS = {p.stem: tomllib.loads(p.read_text(encoding="utf-8")) for p in FILES}
LKIP = (
    "--nrr",
    "3.742,3.749,3.614,3.867,3.810,3.711,3.668,3.785,3.841",
    "--ikm",
    "93.86",
)


def options(report: dict) -> list[str]:
    cetak = report["cetak"]
    found = ["--ikm", cetak["ikm"], "--responden", str(report["responden"])]
    names = {"nrr": "--nrr", "tertimbang": "--tertimbang", "ikm_unsur": "--ikm-unsur"}
    for key, name in names.items():
        if key in cetak:
            found.append(f"{name}=" + ",".join(cetak[key].get(k, "-") for k in report["unsur"]))
    return found


def fitting(out: str) -> set[tuple[str, str]]:
    rows = json.loads(out)["metode"]
    return {(m["metode"]["nama"], m["metode"]["bobot"]) for m in rows if m["cocok"]}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_method_of_a_report(cli, report: dict) -> None:
    code, out, _ = cli("rekonsiliasi", *options(report), "--json")
    fits = {
        (m["metode"]["nama"], m["metode"]["bobot"]) for m in json.loads(out)["metode"] if m["cocok"]
    }
    assert (report["metode"], report["bobot"]) in fits
    assert code == 0


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("report", list(REPORTS.values())[:2], ids=list(REPORTS)[:2])
def test_method_from_a_file(cli, tmp_path: Path, report: dict, delimiter: str) -> None:
    cetak = report["cetak"]
    keys = [k for k in ("nrr", "tertimbang", "ikm_unsur") if k in cetak]
    titles = ["unsur", *(k.replace("tertimbang", "nrr_tertimbang") for k in keys)]
    rows = [titles, *([k, *(cetak[n].get(k, "") for n in keys)] for k in report["unsur"])]
    rows.append(["IKM", cetak["ikm"]])
    path = tmp_path / "terbit.csv"
    text = "\n".join(delimiter.join(r) for r in rows)
    path.write_text(text if delimiter == "," else text.replace(".", ","), encoding="utf-8")
    code, out, err = cli("rekonsiliasi", path, "--json")
    assert code == 0, err
    fits = {
        (m["metode"]["nama"], m["metode"]["bobot"]) for m in json.loads(out)["metode"] if m["cocok"]
    }
    assert (report["metode"], report["bobot"]) in fits


def test_lkip_is_proven_for_bertahap_and_possible_for_penuh(cli) -> None:
    _, out, _ = cli("rekonsiliasi", *LKIP, "--json")
    found = json.loads(out)
    results = {m["hasil"]: m["metode"]["nama"] for m in found["metode"] if m["cocok"]}
    assert results == {"terbukti": "bertahap", "mungkin": "penuh"}
    (nrr3,) = [
        m for m in found["metode"] if (m["metode"]["nama"], m["metode"]["bobot"]) == ("nrr3", "1/k")
    ]
    assert (nrr3["selisih"], nrr3["beda"][0]["dihitung"]) == ("0.01", "93.85")


def test_decimal_commas_with_semicolons_mean_the_same(cli) -> None:
    name, nrr, _, ikm = LKIP
    with_commas = nrr.replace(",", ";").replace(".", ",")
    spaced = nrr.replace(",", "  ")
    expected = cli("rekonsiliasi", *LKIP)
    assert cli("rekonsiliasi", f"{name}={with_commas}", "--ikm", ikm.replace(".", ",")) == expected
    assert cli("rekonsiliasi", name, spaced, "--ikm", ikm) == expected


def test_no_method_is_exit_1_and_says_how_near(cli) -> None:
    code, out, err = cli("rekonsiliasi", *LKIP[:3], "88.88")
    assert (code, err) == (1, "")
    assert "Tidak ada metode" in out.splitlines()[0]


def test_sums_with_respondents_are_exact(cli) -> None:
    jumlah = "5838,5849,5638,6033,5944,5789,5722,5905,5992"
    argv = ("--jumlah", jumlah, "--responden", "1.560", "--ikm", "93.86", "--json")
    code, out, _ = cli("rekonsiliasi", *argv)
    assert code == 0
    assert all(m["pasti"] for m in json.loads(out)["metode"] if m["cocok"])


def test_processing_sheet_with_its_rows(cli, tmp_path: Path) -> None:
    path = tmp_path / "olah.csv"
    path.write_text("No;U1;U2\n1;3;4\n2;4;4\nJumlah;7;8\nNRR;3,5;4\nIKM;93,75;\n", encoding="utf-8")
    assert cli("rekonsiliasi", path).code == 0
    path.write_text("No;U1;U2\n1;3;4\n2;4;4\nJumlah;9;8\nNRR;3,5;4\nIKM;93,75;\n", encoding="utf-8")
    code, out, _ = cli("rekonsiliasi", path)
    assert code == 1
    assert "Jumlah nilai U1 tercetak 9" in out


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("--nrr", "3.7,3.8"),
        ("--nrr", "3.7,x", "--ikm", "90"),
        ("--nrr", "3,742", "--ikm", "90"),
        ("--nrr", "3.7,3.8", "--ikm", "sembilan"),
        ("--nrr", "3.7,3.8", "--ikm-unsur", "90"),
        ("--jumlah", "5838,5849", "--ikm", "90"),
        ("--jumlah", "58.5,58", "--responden", "20", "--ikm", "90"),
        ("--nrr", "3.7,3.8", "--ikm", "90", "--responden", "0"),
        ("berkas.csv", "--nrr", "3.7"),
    ],
)
def test_wrong_use_is_exit_2(cli, argv: tuple[str, ...]) -> None:
    code, out, err = cli("rekonsiliasi", *argv)
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["a;b\n1;2\n", "unsur;nrr\nU1;3,5\nU1;3,6\nIKM;90\n", "unsur;nrr\nU1;tiga\nU2;3\n"]
)
def test_unusable_file_is_exit_2(cli, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    code, out, err = cli("rekonsiliasi", path)
    assert (code, out) == (2, "")
    assert err
