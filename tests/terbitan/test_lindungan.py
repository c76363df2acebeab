"""Nobody's answers follow from published figures, whatever is added and subtracted."""

from random import Random

import pytest
from arsip_uji import LAYANAN, UNSUR, answers, archive, row, survey_text
from hypothesis import given, settings
from hypothesis import strategies as st
from penyerang import Reader

from skm.analysis.groups import Per
from skm.analysis.suppress import FEWEST
from skm.penutupan.arsip import Arsip
from skm.periode import parse_period
from skm.terbitan.lindungan import protect
from skm.terbitan.susun import places, profiles, unit_figures

pytestmark = pytest.mark.lambat

TRIWULAN = ("2025-T1", "2025-T2", "2025-T3", "2025-T4")
PERIODE = (*TRIWULAN, "2025-S1", "2025-S2", "2025")
SIZES = (0, 0, 1, 2, 3, 4, 5, 6, 8, 12)


def some_answers(random: Random, smallest: int) -> list:
    """Answers of a year: small groups, blanks, and `smallest` full answers in each triwulan."""
    rows = []
    for kode in TRIWULAN:
        groups = LAYANAN[: random.randint(2, 5)]
        sizes = random.choice((SIZES, SIZES, SIZES, (0, 0, 1, 2)))
        blank = random.choice((0, 0, 0.1, 0.5))
        for layanan in groups:
            for _ in range(random.choice(sizes)):
                marks = ("-" if random.random() < blank else "4" for _ in UNSUR)
                rows.append(row(kode, layanan, "".join(marks)))
        rows += [row(kode, random.choice(groups)) for _ in range(smallest)]
    return rows


def look(reader: Reader, arsip: list[Arsip]) -> None:
    """Read the pages of all periods that are public after the last of them was published."""
    hidden = protect(arsip)
    for item in arsip:
        reader.read(item.periode, unit_figures(item, hidden), places(item, Per.LAYANAN, hidden))


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    agregasi=st.sampled_from(["rata-rata", "gabungan"]),
    langsung=st.sampled_from(["", "2025-S1"]),
)
def test_no_combination_of_figures_isolates_a_few(seed: int, agregasi: str, langsung: str) -> None:
    random = Random(seed)  # noqa: S311
    rows = some_answers(random, 0)
    if not rows:
        return
    shown = [k for k in PERIODE if not (langsung and k in TRIWULAN[:2])]
    chosen = random.sample(shown, random.randint(1, len(shown)))
    text = survey_text(agregasi, langsung)
    reader = Reader(rows, agregasi, [parse_period(langsung)] if langsung else [])
    look(reader, [archive(kode, rows, text) for kode in chosen])
    assert reader.isolated(FEWEST) == []


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32), agregasi=st.sampled_from(["rata-rata", "gabungan"]))
def test_nor_do_pages_kept_from_before(seed: int, agregasi: str) -> None:
    random = Random(seed)  # noqa: S311
    rows = some_answers(random, FEWEST)
    text = survey_text(agregasi)
    order = random.sample(PERIODE, len(PERIODE))
    arsip = [archive(kode, rows, text) for kode in order]
    reader = Reader(rows, agregasi, [])
    for i in range(len(arsip)):
        look(reader, arsip[: i + 1])
    assert reader.isolated(FEWEST) == []


def test_a_mean_does_not_give_back_the_triwulan_that_is_hidden_in_it() -> None:
    """Semester II of the unit and of akta: two equations, two unknowns, if both were shown."""
    rows = answers("2025-T3", akta=3) + answers("2025-T4", akta=20, ktp=30)
    semester = archive("2025-S2", rows)
    hidden = protect([semester])
    assert unit_figures(semester, hidden) is not None
    groups = places(semester, Per.LAYANAN, hidden).golongan
    assert [(g.kode, g.responden, g.angka) for g in groups] == [
        ("akta", 23, None),
        ("ktp", 30, None),
    ]
    reader = Reader(rows, "rata-rata", [])
    look(reader, [semester])
    assert reader.isolated(FEWEST) == []


def test_a_question_with_few_answers_hides_the_figures_of_its_group() -> None:
    rows = [row("2025-T1", "akta", "4444-")] * 20 + [row("2025-T1", "akta")] * 3
    rows += answers("2025-T1", ktp=30, kk=40)
    arsip = archive("2025-T1", rows)
    found = places(arsip, Per.LAYANAN, protect([arsip]))
    # 73 answered U5, 40 of them for kk: akta is behind the rest together with ktp only.
    assert [(g.kode, g.responden, g.angka is None) for g in found.golongan] == [
        ("akta", 23, True),
        ("ktp", 30, True),
        ("kk", 40, False),
    ]
    assert found.responden_disembunyikan == 0


def test_an_unsur_that_few_of_the_unit_answered_leaves_the_index_alone() -> None:
    rows = [row("2025-T1", "akta", "4444-")] * 20 + [row("2025-T1", "ktp")] * 3
    arsip = archive("2025-T1", rows)
    hidden = protect([arsip])
    unit = unit_figures(arsip, hidden)
    assert unit is not None
    assert (unit.responden, str(unit.ikm), unit.unsur) == (23, "100.00", ())
    assert all(g.angka is None for g in places(arsip, Per.LAYANAN, hidden).golongan)


def test_blank_sheets_are_behind_no_figure() -> None:
    rows = [row("2025-T1", "akta", "-----")] * 20 + [row("2025-T1", "akta")] * 4
    arsip = archive("2025-T1", rows)
    assert unit_figures(arsip, protect([arsip])) is None


def test_a_month_counts_with_its_triwulan() -> None:
    rows = answers("2025-10", akta=3) + answers("2025-T4", akta=30, ktp=40)
    arsip = archive("2025-T4", rows)
    found = places(arsip, Per.LAYANAN, protect([arsip]))
    assert [(g.kode, g.responden) for g in found.golongan] == [("akta", 33), ("ktp", 40)]


def test_profile_options_are_hidden_like_groups() -> None:
    rows = [row("2025-T1", "akta", usia="muda")] * 40 + [row("2025-T1", "akta", usia="tua")] * 2
    arsip = archive("2025-T1", rows)
    (usia,) = profiles(arsip, protect([arsip]))
    assert usia.golongan == ()
    assert usia.disembunyikan == (("muda", "muda"), ("tua", "tua"))
    assert usia.responden_disembunyikan == 42
