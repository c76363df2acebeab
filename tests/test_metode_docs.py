"""docs/metode.md holds: every line is recomputed, and the program finds the same figures."""

from __future__ import annotations

import ast
import operator
import re
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.arah import TitikWaktu, kendall_p, weighted_line
from skm.analysis.beda_kelompok import Kelas, compare_groups
from skm.analysis.groups import Kelompok, Per
from skm.analysis.holm import ALPHA, holm
from skm.analysis.kepastian import Z, difference, ikm_certainty
from skm.analysis.kepastian_unsur import letter_text, unsur_certainty, unsur_changes
from skm.analysis.kuesioner import examine_questionnaire
from skm.analysis.prioritas import find_targets
from skm.analysis.tertimbang import Tertimbang, weigh
from skm.analysis.terukur import measured
from skm.angka import decimals_of, format_change, format_number, round_half_up
from skm.ikm import Tally
from skm.metode import find_method
from skm.peraturan import tabel_mutu
from skm.periode import Periode, parse_period
from skm.rekap import Cell, Pola, SkorCell, Slot, UnsurSpec

TEXT = (Path(__file__).parents[1] / "docs" / "metode.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```contoh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]
ROW = re.compile(r"^\| (\d{4}-T\d) \| (\w+) \| (U\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.M)
HOLM = re.compile(r"^\| (0,\d+) \| \d \| (0,\d+) \| (ya|tidak) \|$", re.M)
SIGNS = {"×": "*", "−": "-", "√": "sqrt", "²": "**2", ",": "."}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
ATURAN = Aturan((UnsurSpec("U1", "Satu"), UnsurSpec("U2", "Dua")), find_method())
T3, T4, S2 = (parse_period(kode) for kode in ("2025-T3", "2025-T4", "2025-S2"))


def evaluate(node: ast.expr) -> Fraction:
    """Numbers, + - * / ** and sqrt(), exact but for the root."""
    match node:
        case ast.Constant(value=int() | float() as value):
            return Fraction(str(value))
        case ast.BinOp(left=left, op=op, right=right):
            return Fraction(OPERATORS[type(op)](evaluate(left), evaluate(right)))
        case ast.Call(func=ast.Name(id="sqrt"), args=[inner]):
            return Fraction(sqrt(evaluate(inner)))
    raise ValueError(ast.dump(node))


def printed(label: str) -> Decimal:
    """The figure that the document prints under a label."""
    (line,) = [line for line in LINES if line.startswith(f"{label}: ")]
    return Decimal(line.rsplit("= ", 1)[1].replace(",", "."))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(":")[0])
def test_the_arithmetic_of_every_line(line: str) -> None:
    expression, shown = line.split(": ", 1)[1].rsplit(" = ", 1)
    for sign, plain in SIGNS.items():
        expression = expression.replace(sign, plain)
    result = Decimal(shown.replace(",", "."))
    found = evaluate(ast.parse(expression, mode="eval").body)
    assert round_half_up(found, decimals_of(result)) == result


def cells(layanan: str | None = None) -> list[Cell]:
    """The table of counts, as the document has it."""
    tallies: dict[tuple[str, str], dict[Slot, Tally]] = {}
    for periode, kode, unsur, *counts in ROW.findall(TEXT):
        a, b, c, d = map(int, counts)
        tallies.setdefault((periode, kode), {})[Slot(unsur)] = Tally((a, b, c, d))
    return [
        Cell(parse_period(periode), kode, None, None, found[Slot("U1")].n, found)
        for (periode, kode), found in tallies.items()
        if layanan in (None, kode)
    ]


def result(periode: Periode, layanan: str | None = None) -> HasilPeriode:
    return compute_period(cells(layanan), periode, ATURAN)


def test_the_program_finds_the_same_nrr_and_ikm() -> None:
    hasil = result(T4).hasil
    for unsur in hasil.unsur:
        assert unsur.nrr == printed(f"NRR {unsur.kode}")
        assert unsur.ikm == printed(f"IKM {unsur.kode}")
    for label, periode in (("triwulan III", T3), ("triwulan IV", T4), ("semester II", S2)):
        assert result(periode).hasil.ikm == printed(f"IKM {label}")
    assert f"Mutu triwulan IV: {hasil.mutu} (" in TEXT


def test_the_program_finds_the_same_errors_and_letter() -> None:
    scores = [SkorCell(T4, None, None, None, 1, 20, 20 * v, 20 * v * v) for v in (3, 4)]
    tallies = {Slot(kode): Tally((0, 0, 20, 20)) for kode in ("U1", "U2")}
    hasil = compute_period([Cell(T4, None, None, None, 40, tallies)], T4, ATURAN)
    free, bound = (ikm_certainty(hasil, scores, p) for p in ({}, {T4: 160}))
    assert free is not None
    assert bound is not None
    assert free.ikm == printed("IKM")
    assert round_half_up(free.galat, 2) == printed("SE")
    assert round_half_up(bound.galat, 2) == printed("SE dengan N = 160")
    assert round_half_up(free.dari, 2) == printed("Batas bawah")
    assert round_half_up(free.sampai, 2) == printed("Batas atas")
    assert f'disebut "{letter_text(free, tabel_mutu())}"' in TEXT


def test_the_program_finds_the_same_errors_of_an_unsur() -> None:
    ktp, whole = unsur_certainty(result(T4, "ktp"), "U1"), unsur_certainty(result(S2), "U1")
    parts = [unsur_certainty(result(periode), "U1") for periode in (T3, T4)]
    assert ktp is not None
    assert whole is not None
    assert round_half_up(ktp.galat, 2) == printed("SE U1 ktp")
    assert round_half_up(ktp.sampai, 2) == printed("Batas atas U1 ktp")
    assert round_half_up(whole.galat, 2) == printed("SE U1 semester II")
    first, second = (format_number(p.galat, 3) for p in parts if p)
    assert f"memiliki SE {first} dan {second}:" in TEXT


def test_the_program_corrects_alike() -> None:
    rows = [[Fraction(v.replace(",", ".")) for v in row[:2]] for row in HOLM.findall(TEXT)]
    assert len(rows) == 4
    adjusted = holm([p for p, _ in rows])
    assert list(adjusted) == [shown for _, shown in rows]
    verdicts = [row[2] for row in HOLM.findall(TEXT)]
    assert verdicts == ["ya" if p <= ALPHA else "tidak" for p in adjusted]


def test_the_program_judges_the_changes_alike() -> None:
    said = [
        f"{c.kode} {format_change(c.beda.selisih, 2)} {c.arah}"
        for c in unsur_changes(result(T4), result(T3))
    ]
    assert f"dari triwulan III ke IV: {'; '.join(said)}." in TEXT
    now, before = (unsur_certainty(result(periode), "U1") for periode in (T4, T3))
    assert now is not None
    assert before is not None
    assert difference(now, before).nyata


def test_the_program_finds_the_same_priority() -> None:
    groups = [measured(Kelompok(((Per.LAYANAN, k),), result(T4, k))) for k in ("ktp", "kk")]
    (target,) = find_targets(result(T4), groups).sasaran
    assert (target.kelompok.kode(Per.LAYANAN), target.unsur.kode) == ("ktp", "U1")
    assert target.tambahan == Fraction(printed("Tambahan U1 ktp"))


def halves(high: str, low: str, n: int, layanan: str) -> tuple[Cell, list[SkorCell]]:
    """Half of n respondents with each of two mean scores, on two unsur."""
    sheets = [[int(v) for v in marks] for marks in (high, low) for _ in range(n // 2)]
    tallies = {
        Slot(kode): Tally.of([s[at] for s in sheets]) for at, kode in enumerate(("U1", "U2"))
    }
    sums = [sum(s) for s in sheets]
    score = SkorCell(T4, layanan, None, None, 2, n, sum(sums), sum(s * s for s in sums))
    return Cell(T4, layanan, None, None, n, tallies), [score]


def test_the_program_weighs_alike() -> None:
    kk, kk_scores = halves("44", "34", 80, "kk")
    ktp, ktp_scores = halves("23", "34", 60, "ktp")
    hasil = compute_period([kk, ktp], T4, ATURAN)
    people = {T4: {"kk": 1000, "ktp": 3000}}
    found = weigh(hasil, [kk, ktp], [*kk_scores, *ktp_scores], ATURAN, people)
    assert isinstance(found, Tertimbang)
    assert found.kepastian is not None
    assert found.ikm == printed("IKM tertimbang")
    assert round_half_up(found.kepastian.galat, 2) == printed("SE tertimbang")
    assert round_half_up(found.kish, 2) == printed("Efek Kish")
    assert found.setara == printed("Responden setara")


def test_the_program_tests_a_trend_alike() -> None:
    codes = ("2025-T1", "2025-T2", "2025-T3")
    points = [
        TitikWaktu(parse_period(kode), Decimal(ikm), Fraction(1, 2))
        for kode, ikm in zip(codes, ("85", "87", "90"), strict=True)
    ]
    found = weighted_line(points)
    assert found.kemiringan == 4 * Fraction(printed("Kemiringan per triwulan"))
    assert f"p = {format_number(found.p, 3)}: tiga periode" in TEXT
    rising = [Decimal(v) for v in range(5)]
    assert round_half_up(kendall_p(rising, 10), 3) == printed("Lima periode selalu naik")


def test_the_program_finds_the_same_alpha() -> None:
    slots = (Slot("U1"), Slot("U2"), Slot("U3"))
    pola = [Pola(slots, marks, 10) for marks in ("111", "222", "234", "444")]
    assert examine_questionnaire(pola).alpha == Fraction(printed("Alfa"))


def test_the_program_compares_groups_alike() -> None:
    groups = [
        Kelas("P", "Perempuan", 60, Fraction(180), 30 * (Fraction(25, 4) + Fraction(49, 4))),
        Kelas("L", "Laki-laki", 80, Fraction(300), 40 * (Fraction(16) + Fraction(49, 4))),
    ]
    (found,) = compare_groups([("jk", "Jenis kelamin", groups)])
    women = found.kelas[0]
    assert women.selisih == -Fraction(printed("Selisih perempuan"))
    assert women.jarak_selisih is not None
    assert round_half_up(women.jarak_selisih / Z, 2) == printed("SE selisih perempuan")
