"""Audit workbooks of every kind: methods, parts, blanks, versions, ties, hostile names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache, partial

from skm.agregasi import Agregasi, Aturan
from skm.analysis.table import Kolom, Tabel
from skm.jawaban import Kutipan
from skm.metode import BOBOT, Bobot, Jalur, Metode, Terbawa, find_method, own_weight
from skm.periode import parse_period
from skm.report.buku import BukuKerja
from skm.report.xlsx import write_workbook
from skm.survei import Kuesioner, Layanan

from .buku_uji import make, random_rows, row, rows_with_sums, sample_rows, small_survey, without
from .cetakan import contoh

TRIWULAN = ("2024-T1", "2024-T2", "2024-T3", "2024-T4")
SUMS_OF_A_TIE = (133, 85, 113, 145, 142, 131, 118, 141, 153)
"""Sums of 40 answers whose IKM is exactly 80,625; in binary fractions it is 80,62499999999999."""
JAHAT = ('=HYPERLINK("https://x.id")', "*", ">3", "1E5", "' & \"<b>")


def rules(metode: Metode, **more: object) -> Aturan:
    return replace(small_survey().rules(metode), **more)


def ragam(metode: str, bobot: Bobot) -> BukuKerja:
    """A year of triwulan with blanks: U9 unanswered all year, U7 in two of them."""
    rows = without(without(random_rows(TRIWULAN, 25, seed=7), 9, TRIWULAN), 7, TRIWULAN[1:3])
    return make(small_survey(), "2024", rows, rules(find_method(metode).with_weight(bobot)))


def own() -> Bobot:
    weights = (Fraction(w, 100) for w in (20, 5, 15, 10, 8, 12, 11, 9, 10))
    return own_weight({f"U{i}": w for i, w in enumerate(weights, start=1)})


def several_questions() -> BukuKerja:
    """Two versions of a questionnaire: U1 asked once, and then three times and in other places."""
    survei = small_survey()
    first = survei.kuesioner.pertanyaan
    again = [first[0].model_copy(update={"kode": f"u1{letter}"}) for letter in "bc"]
    later = Kuesioner(versi="b", pertanyaan=(first[1], again[0], *first[2:], first[0], again[1]))
    survei = survei.model_copy(update={"kuesioner": later})
    rows = [row("2024-T1", "123412341"), row("2024-T1", "4-4-4-4-4"), row("2024-T2", "222222222")]
    marks = ("41232341234", "-3333333322", "1--4---4-2-", "44444444444")
    rows += [row("2024-T2", nilai, "l2", versi="b") for nilai in marks]
    return make(
        survei,
        "2024-S1",
        rows,
        survei.rules(find_method("bertahap")),
        {small_survey().kuesioner.versi: small_survey().kuesioner, "b": later},
    )


def hostile() -> BukuKerja:
    """Names, remarks and options that a spreadsheet would run, or take for conditions."""
    survei = small_survey()
    layanan = tuple(Layanan(kode=f"l{i}", nama=nama) for i, nama in enumerate(JAHAT))
    survei = survei.model_copy(update={"layanan": layanan, "unit": "A&B " * 30, "judul": "=1+1"})
    rows = [row("2024-T1", "1234" * 2 + str(i % 4 + 1), f"l{i}") for i in range(len(JAHAT))]
    tabel = Tabel(
        "jawaban",
        "=2+2",
        (Kolom("=3+3"), Kolom("Jumlah", angka=True)),
        (("=4+4", "1.560"), ("@x", "—")),
    )
    saran = [
        Kutipan("2024-T1", "l0", "t1", teks) for teks in ("=5+5", "+6", "-7", "@8", "\x01" * 9)
    ]
    return make(survei, "2024-T1", rows, tabel=[tabel], saran=saran)


def tie_of_units() -> BukuKerja:
    return make(small_survey(), "2024-T1", rows_with_sums("2024-T1", SUMS_OF_A_TIE, 40))


def tie_of_class() -> BukuKerja:
    """Ten unsur, 15.321 / (10 x 500) = 3,0642: IKM 76,605, between the classes C and B."""
    sums = [1500 + 7 * i for i in range(9)]
    rows = rows_with_sums("2024-T1", [*sums, 15321 - sum(sums)], 500)
    return make(small_survey(10), "2024-T1", rows)


def tie_of_nrr() -> BukuKerja:
    """NRR 741 / 200 = 3,705 on every unsur."""
    rows = rows_with_sums("2024-T1", [741] * 9, 200)
    return make(small_survey(), "2024-T1", rows, rules(find_method("nrr2-rata2")))


def mixed() -> BukuKerja:
    """A semester of triwulan, in which one layanan is known only by the semester."""
    rows = random_rows(("2024-T3", "2024-T4"), 20, seed=3)
    rows = [r for r in rows if r.layanan != "l3"]
    rows += [r._replace(layanan="l3", periode="2024-S2") for r in random_rows(["2024-T3"], 9, 4)]
    return make(small_survey(), "2024-S2", rows)


def semester(aturan: Aturan) -> BukuKerja:
    return make(small_survey(), "2024-S1", random_rows(TRIWULAN[:2], 15, seed=5), aturan)


def own_stages() -> Metode:
    stages = {"nrr": 4, "tertimbang": 3, "ikm_unsur": 1, "indeks": 3}
    return Metode("kantor", "", Jalur.INDEKS, Terbawa.TERCETAK, own(), **stages)


def sample_year() -> BukuKerja:
    return replace(make(contoh(), "2024", sample_rows("s1", "t3", "t4")), titik=())


def sample_quarter() -> BukuKerja:
    """Triwulan IV by the method of the LKIP's own table, without groups."""
    aturan = contoh().rules(find_method("bertahap"))
    buku = make(contoh(), "2024-T4", sample_rows("t4"), aturan)
    return replace(buku, titik=(), layanan=())


def own_method() -> BukuKerja:
    rows = random_rows(TRIWULAN, 12, seed=11)
    return make(small_survey(), "2024", rows, rules(own_stages()))


def pooled() -> BukuKerja:
    return semester(rules(find_method(), agregasi=Agregasi.GABUNGAN))


def measured_directly() -> BukuKerja:
    direct = frozenset({parse_period("2024-S1")})
    return semester(rules(find_method(), dinilai_langsung=direct))


def closed_otherwise() -> BukuKerja:
    """Triwulan II is closed under another method, when the survey had no U9 yet."""
    before = rules(find_method("bertahap"))
    before = replace(before, unsur=before.unsur[:8])
    return semester(rules(find_method(), beku=((parse_period("2024-T2"), before),)))


def two_tables() -> BukuKerja:
    """The year in which the table of mutu changed, on 16 May."""
    periods = [periode.replace("2024", "2017") for periode in TRIWULAN]
    return make(small_survey(), "2017", random_rows(periods, 9, seed=2))


def nothing_answered() -> BukuKerja:
    return make(small_survey(), "2024-T1", [row("2024-T1", "---------")])


def nobody_came() -> BukuKerja:
    return make(small_survey(), "2024-S1", [])


BUKU: Mapping[str, Callable[[], BukuKerja]] = {
    "contoh": sample_year,
    "contoh-bertahap": sample_quarter,
    "penuh": partial(ragam, "penuh", BOBOT["1/k"]),
    "bertahap": partial(ragam, "bertahap", BOBOT["1/k"]),
    "nrr3": partial(ragam, "nrr3", BOBOT["0.111"]),
    "nrr2-rata2": partial(ragam, "nrr2-rata2", BOBOT["0.11"]),
    "tertimbang2": lambda: ragam("tertimbang2", own()),
    "tahap-sendiri": own_method,
    "gabungan": pooled,
    "langsung": measured_directly,
    "aturan-lama": closed_otherwise,
    "dua-tabel": two_tables,
    "campur": mixed,
    "versi": several_questions,
    "jahat": hostile,
    "seri-unit": tie_of_units,
    "seri-kelas": tie_of_class,
    "seri-nrr": tie_of_nrr,
    "kosong": nothing_answered,
    "tanpa-jawaban": nobody_came,
}
NAMES = tuple(BUKU)


@cache
def content(name: str) -> BukuKerja:
    """A workbook's content, by its name."""
    return BUKU[name]()


@cache
def written(name: str) -> bytes:
    """A workbook of these, as bytes."""
    return write_workbook(content(name))
