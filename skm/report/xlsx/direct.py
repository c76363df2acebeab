"""A period computed from answers, as the regulation's processing sheet does (Lampiran III)."""

from __future__ import annotations

from fractions import Fraction

from skm.agregasi import HasilPeriode
from skm.angka import round_to
from skm.ikm import KONVERSI, Hasil
from skm.metode import Jalur
from skm.periode import Periode
from skm.report.xlsx.block import FIRST, Blok, Kerangka
from skm.report.xlsx.counts import JUMLAH, NRR, TERISI, LetakHitungan
from skm.report.xlsx.formulas import at, fixed_area, ratio, rounded
from skm.report.xlsx.periods import period


def write_direct(
    kerangka: Kerangka, kepala: int, node: HasilPeriode, hitungan: LetakHitungan
) -> Blok:
    """Write jumlah nilai, terisi, NRR, bobot, NRR tertimbang and IKM, and return their lines."""
    hasil, periode = node.hasil, period(node)
    terisi, nrr = _write_means(kerangka, hasil, periode, hitungan)
    bobot = _write_weights(kerangka, hasil, terisi)
    gaya, metode, line = kerangka.lembar.gaya, hasil.metode, kerangka.line
    tertimbang = line(
        "NRR tertimbang = NRR × bobot terpakai",
        hasil,
        lambda u, k: (
            _if_any(at(terisi, k), rounded(f"{at(nrr, k)}*{at(bobot, k)}", metode.tertimbang)),
            u.tertimbang,
        ),
        gaya.nrr,
    )
    ikm = line(
        f"IKM per unsur = NRR × {KONVERSI}",
        hasil,
        lambda u, k: (
            _if_any(at(terisi, k), rounded(f"{at(nrr, k)}*{KONVERSI}", metode.ikm_unsur)),
            u.ikm,
        ),
        gaya.ikm,
    )
    filled = hasil.nilai is not None
    kerangka.total(tertimbang, hasil.jumlah_tertimbang, gaya.nrr)
    kerangka.total(ikm, hasil.jumlah_ikm_unsur, gaya.ikm)
    kerangka.classes(hasil, periode, ikm)
    people = f"={hitungan.responden(periode)}"
    responden = kerangka.single("Jumlah responden", people, hasil.responden, gaya.bulat)
    index = round_to(hasil.jumlah_tertimbang, metode.indeks) if filled else None
    total = rounded(f"SUM({kerangka.across(tertimbang)})", metode.indeks)
    any_answer = f"COUNT({kerangka.across(nrr)})=0"
    indeks = kerangka.single(
        "Indeks = jumlah NRR tertimbang", f'=IF({any_answer},"",{total})', index, gaya.penuh
    )
    if metode.jalur is Jalur.INDEKS:
        label, isi = f"Nilai IKM = indeks × {KONVERSI}", f"{at(indeks, FIRST)}*{KONVERSI}"
    else:
        label = "Nilai IKM = jumlah (IKM per unsur × bobot)"
        isi = f"SUMPRODUCT({kerangka.across(ikm)},{kerangka.across(bobot)})"
    nilai = kerangka.single(label, f'=IF({any_answer},"",{isi})', hasil.nilai, gaya.penuh)
    unit = kerangka.finish(hasil, periode, nilai)
    return Blok(periode, node, kepala, terisi, nrr, bobot, tertimbang, ikm, responden, nilai, unit)


def _write_means(
    kerangka: Kerangka, hasil: Hasil, periode: Periode, hitungan: LetakHitungan
) -> tuple[int, int]:
    """Write what each NRR is made of, and the NRR; return the lines of "terisi" and NRR.

    An unsur with several questions has the mean of their NRR, whoever left one of them blank.
    """
    gaya = kerangka.lembar.gaya

    def cells(kode: str, kolom: int) -> str:
        return ",".join(hitungan.cells(periode, kode, kolom))

    jumlah = kerangka.line(
        "Jumlah nilai",
        hasil,
        lambda u, _: (f"=SUM({cells(u.kode, JUMLAH)})", u.tally.total),
        gaya.bulat,
    )
    terisi = kerangka.line(
        "Jumlah kuesioner terisi",
        hasil,
        lambda u, _: (f"=MAX({cells(u.kode, TERISI)})", u.n),
        gaya.bulat,
    )

    def mean(kode: str, kolom: int) -> str:
        asked = cells(kode, NRR)
        isi = f"AVERAGE({asked})" if "," in asked else f"{at(jumlah, kolom)}/{at(terisi, kolom)}"
        return _if_any(at(terisi, kolom), rounded(isi, hasil.metode.nrr))

    label = "NRR = jumlah nilai : terisi"
    nrr = kerangka.line(label, hasil, lambda u, k: (mean(u.kode, k), u.nrr), gaya.nrr)
    return terisi, nrr


def _write_weights(kerangka: Kerangka, hasil: Hasil, terisi: int) -> int:
    """Write the method's weights and those that count; return the line of the latter.

    What an unsur without answers weighs is shared out in proportion (BAB V A, "terisi").
    """
    codes = [u.kode for u in hasil.unsur]
    weights = hasil.metode.bobot.shares(codes, codes)
    gaya = kerangka.lembar.gaya
    whole = kerangka.line(
        "Bobot menurut metode",
        hasil,
        lambda u, _: (ratio(weights[u.kode]), weights[u.kode]),
        gaya.bobot,
    )
    first, last = FIRST, kerangka.last
    every = fixed_area((whole, first), (whole, last))
    answered = fixed_area((terisi, first), (terisi, last))
    used = kerangka.line(
        "Bobot terpakai (unsur terisi)",
        hasil,
        lambda u, k: (
            _if_any(at(terisi, k), f'{at(whole, k)}*SUM({every})/SUMIF({answered},">0",{every})'),
            u.bobot,
        ),
        gaya.bobot,
    )
    total = sum(weights.values(), Fraction(0))
    kerangka.total(whole, total, gaya.bobot)
    kerangka.total(used, total if hasil.terisi else 0, gaya.bobot)
    return used


def _if_any(terisi: str, isi: str) -> str:
    return f'=IF({terisi}=0,"",{isi})'
