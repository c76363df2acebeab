"""Every printed figure of real reports comes out of the method that they used (tests/contoh)."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from skm.angka import format_number, round_half_up
from skm.ikm import Hasil, Tally, UnsurTally, compute_ikm
from skm.metode import find_method, own_weight
from skm.peraturan import tabel_mutu
from skm.rekonsiliasi import Cetakan, match_counts, match_printed

FILES = sorted((Path(__file__).parent / "contoh" / "laporan").glob("*.toml"))
REPORTS = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
TABEL = tabel_mutu()


def tally_of(report: dict, kode: str) -> Tally:
    """The printed tally, or any tally of `responden` answers with the printed sum."""
    if "tally" in report:
        return Tally(tuple(report["tally"][kode]))
    extra = report["jumlah"][kode] - report["responden"]
    threes, rest = divmod(extra, 3)
    counts = [report["responden"] - threes - (rest > 0), 0, 0, threes]
    if rest:
        counts[rest] += 1
    return Tally(tuple(counts))


def unsur_of(report: dict) -> list[UnsurTally]:
    return [UnsurTally(k, nama, (tally_of(report, k),)) for k, nama in report["unsur"].items()]


def compute(report: dict, metode: str | None = None, bobot: str | None = None) -> Hasil:
    method = find_method(metode or report["metode"], bobot or report["bobot"])
    return compute_ikm(unsur_of(report), report["responden"], method, TABEL)


def printed(report: dict, kind: str) -> dict[str, Decimal]:
    return {k: Decimal(v) for k, v in report["cetak"].get(kind, {}).items()}


def places(values: dict[str, Decimal]) -> int:
    """Trailing zeros are dropped in print: the longest number tells the decimals."""
    return max((-v.as_tuple().exponent for v in values.values()), default=0)


def cetakan(report: dict, responden: int | None = None) -> Cetakan:
    return Cetakan(
        nrr=printed(report, "nrr"),
        ikm=Decimal(report["cetak"]["ikm"]),
        tertimbang=printed(report, "tertimbang"),
        ikm_unsur=printed(report, "ikm_unsur"),
        responden=responden,
    )


def test_the_seven_worked_examples_are_read() -> None:
    assert len(REPORTS) == 7


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_sums_behind_the_report_are_those_of_its_respondents(report: dict) -> None:
    for kode in report["unsur"]:
        tally = tally_of(report, kode)
        assert tally.n == report["responden"]
        if "jumlah" in report:
            assert tally.total == report["jumlah"][kode]


@pytest.mark.parametrize("kind", ["nrr", "tertimbang", "ikm_unsur"])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_printed_figure_per_unsur(report: dict, kind: str) -> None:
    values = printed(report, kind)
    attribute = {"ikm_unsur": "ikm"}.get(kind, kind)
    ours = {
        u.kode: round_half_up(getattr(u, attribute), places(values)) for u in compute(report).unsur
    }
    assert {k: ours[k] for k in values} == values


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_printed_unit_figures(report: dict) -> None:
    hasil, cetak = compute(report), report["cetak"]
    ikm = Decimal(cetak["ikm"])
    assert round_half_up(hasil.nilai, -ikm.as_tuple().exponent) == ikm
    assert hasil.ikm == round_half_up(Fraction(ikm), 2)
    index = {
        "jumlah_nrr": sum((u.nrr for u in hasil.unsur), Fraction(0)),
        "indeks": hasil.nilai / 25,
        "jumlah_tertimbang": hasil.jumlah_tertimbang,
    }
    for name, value in index.items():
        if name in cetak:
            number = Decimal(cetak[name])
            assert round_half_up(value, -number.as_tuple().exponent) == number
    if "mutu" in cetak:
        assert (hasil.mutu, hasil.kinerja) == (cetak["mutu"], cetak["kinerja"])
    for kode, mutu in cetak.get("mutu_unsur", {}).items():
        assert next(u.mutu for u in hasil.unsur if u.kode == kode) == mutu


@pytest.mark.parametrize("known_n", [False, True], ids=["figures alone", "with respondents"])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_reconciliation_finds_the_method(report: dict, known_n: bool) -> None:
    fits = match_printed(cetakan(report, report["responden"] if known_n else None))
    found = {(f.metode.nama, f.metode.bobot.nama) for f in fits if f.cocok}
    assert (report["metode"], report["bobot"]) in found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("r01-balkesmas-semarang-2024-s1", {("nrr2-rata2", "1/k")}),
        ("r06-arpus-pekalongan-kearsipan-2025", {("penuh", "0.111")}),
        ("r10-disparpora-kota-serang-2025-tw1", {("penuh", "0.11")}),
    ],
)
def test_where_counts_are_known_only_one_method_reproduces(name: str, expected: set) -> None:
    report = REPORTS[name]
    fits = match_counts(unsur_of(report), cetakan(report))
    assert {(f.metode.nama, f.metode.bobot.nama) for f in fits if f.cocok} == expected


def test_a_method_that_misses_says_by_how_much() -> None:
    """R06 with NRR to 3 decimals first: 30.181 x 0.111 x 25 = 83.752275, printed 83.750."""
    report = REPORTS["r06-arpus-pekalongan-kearsipan-2025"]
    fits = match_counts(unsur_of(report), cetakan(report))
    (miss,) = [f for f in fits if (f.metode.nama, f.metode.bobot.nama) == ("nrr3", "0.111")]
    beda = [b for b in miss.beda if b.besaran == "ikm"]
    assert [(b.tercetak, b.dihitung) for b in beda] == [(Decimal("83.750"), Decimal("83.752"))]
    assert miss.selisih == Decimal("0.002")


class TestOneWrongCell:
    """A sheet of R06 in which only the IKM was altered: the method and that cell are named."""

    def test_the_method_stays_and_the_cell_is_named(self) -> None:
        report = REPORTS["r06-arpus-pekalongan-kearsipan-2025"]
        wrong = replace(cetakan(report), ikm=Decimal("99.99"))
        best = match_counts(unsur_of(report), wrong)[0]
        assert (best.metode.nama, best.metode.bobot.nama) == ("penuh", "0.111")
        assert [(b.besaran, b.tercetak) for b in best.beda] == [("ikm", Decimal("99.99"))]

    def test_blank_unsur_keep_the_printed_weight_in_the_running(self) -> None:
        """Weight 0,11 of nine, U9 blank: 0,11 x 9/8 = 0,12375, x 4 = 0,495; all 4 is 99."""
        fours = Tally((0, 0, 0, 5))
        unsur = [UnsurTally(f"U{i}", "", (fours,)) for i in range(1, 9)]
        unsur.append(UnsurTally("U9", "", (Tally(),)))
        printed_so = Cetakan(ikm=Decimal("99.00"), tertimbang={"U1": Decimal("0.495")})
        fits = [f.metode for f in match_counts(unsur, printed_so) if f.cocok]
        assert ("penuh", "0.11") in [(m.nama, m.bobot.nama) for m in fits]

    def test_the_offices_own_method_is_tried(self) -> None:
        own = find_method().with_weight(own_weight({"A": Fraction(7, 10), "B": Fraction(3, 10)}))
        unsur = [
            UnsurTally("A", "", (Tally((0, 0, 0, 1)),)),
            UnsurTally("B", "", (Tally((0, 0, 1, 0)),)),
        ]
        printed_so = Cetakan(ikm=Decimal("92.50"))  # (4 x 0,7 + 3 x 0,3) x 25
        assert not any(f.cocok for f in match_counts(unsur, printed_so))
        assert match_counts(unsur, printed_so, own)[0].metode == own


def test_percentages_as_the_report_prints_them() -> None:
    """R03 prints shares of 187 with two decimals, trailing zeros dropped."""
    report = REPORTS["r03-perpusnas-2023-mei-juni"]
    assert sum(row["jumlah"] for row in report["persen"]) == 187
    for row in report["persen"]:
        share = Fraction(row["jumlah"] * 100, 187)
        assert round_half_up(share, 2) == Decimal(row["tercetak"]), row["nama"]
        assert format_number(share, 2).rstrip("0").rstrip(",") == row["tercetak"].replace(".", ",")


class TestKnownSlips:
    """Where a report contradicts itself, the difference is stated instead of hidden."""

    def test_r01_says_baik_in_its_conclusion(self) -> None:
        report = REPORTS["r01-balkesmas-semarang-2024-s1"]
        assert {s["tercetak"] for s in report["selip"]} == {"95", "Baik"}
        hasil = compute(report)
        assert hasil.kinerja == "Sangat Baik"
        assert round_half_up(hasil.unsur[8].ikm, 2) == Decimal("95.75")

    def test_r06_counts_56_in_the_text_but_61_in_the_sums(self) -> None:
        report = REPORTS["r06-arpus-pekalongan-kearsipan-2025"]
        assert report["jumlah"]["U4"] == 4 * 61
        assert round_half_up(Fraction(report["jumlah"]["U1"], 56), 3) != Decimal("3.246")

    def test_r08_labels_its_weight_0_11_but_used_one_ninth(self) -> None:
        report = REPORTS["r08-kelurahan-pelabuhan-samarinda-2022"]
        assert compute(report, bobot="0.11").ikm == Decimal("86.05")
        assert compute(report).ikm == Decimal("86.92")

    def test_r08_prints_the_table_that_2017_replaced(self) -> None:
        old = tabel_mutu(tabel_mutu().berlaku.replace(year=2016))
        assert old.classify(Decimal("86.92")).mutu == "A"
        assert TABEL.classify(Decimal("86.92")).kinerja == "Baik"

    def test_r12_labels_its_weight_0_111_but_prints_100(self) -> None:
        report = REPORTS["r12-disdukcapil-tulang-bawang-barat-2023-s1"]
        assert compute(report, bobot="0.111").ikm == Decimal("99.90")
        assert compute(report).ikm == Decimal("100.00")
