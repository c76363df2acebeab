"""What each page, download and command shows: the rules applied to the official view of a survey.

`kanal` limits the answers to one channel: a reading aid, never the official figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis import tables
from skm.analysis.groups import Kelompok, Per, group_results
from skm.analysis.share import Bagian, ordered, shares
from skm.analysis.strength import Sorotan, strongest, weakest
from skm.analysis.table import Tabel
from skm.analysis.target import Capaian, Realisasi, achievement, realisation
from skm.analysis.trend import Perubahan, change, trend
from skm.jawaban import NAMA_KANAL
from skm.penutupan.resmi import Resmi
from skm.peraturan import SKALA
from skm.periode import Jenis, Periode
from skm.rekap import Cell
from skm.survei import Survei


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """The page Ringkasan: the period's result, its change, target, detail, and the year."""

    kini: HasilPeriode
    perubahan: Perubahan | None
    capaian: Capaian | None
    realisasi: tuple[Realisasi, ...]
    unsur: Tabel
    periode: Tabel
    perbandingan: Tabel


@dataclass(frozen=True, slots=True)
class Kekuatan:
    """The page Kekuatan & kelemahan: the office's extremes, and all groups of one dimension."""

    kini: HasilPeriode
    terkuat: Sorotan
    terlemah: Sorotan
    kelompok: tuple[Kelompok, ...]
    nama: Mapping[str, str]
    sorotan: Tabel
    peta: Tabel
    peringkat: Tabel
    sebaran: Tabel


@dataclass(frozen=True, slots=True)
class Profil:
    """One breakdown of the respondents: its shares for the chart and its table."""

    bagian: tuple[Bagian, ...]
    tabel: Tabel


def available_periods(resmi: Resmi) -> list[Periode]:
    """Return every triwulan, semester and tahun that has a result, the newest year first.

    Inside a year: triwulan, then semester, then the year, each the latest first. A triwulan of a
    directly measured semester has no result of its own.
    """
    found: set[Periode] = set()
    for periode in resmi.periods():
        found |= _with_parents(periode)
    for direct in resmi.aturan.dinilai_langsung:
        found = {p for p in found if p == direct or not direct.contains(p)}
    return sorted(found, key=lambda p: (-p.tahun, p.jenis.value, -p.ke))


def _with_parents(periode: Periode) -> set[Periode]:
    parent = periode.parent
    return {periode} | (_with_parents(parent) if parent else set())


def summarize(resmi: Resmi, periode: Periode, kanal: str | None = None) -> Ringkasan:
    """Return the figures of the page Ringkasan for one period."""
    cells = resmi.cells(kanal=kanal)
    aturan, target = resmi.aturan, resmi.survei_of(periode).target
    kini = compute_period(cells, periode, aturan)
    kind = Jenis.TAHUN if periode.jenis is Jenis.TAHUN else Jenis.TRIWULAN
    years = realisations(resmi, Jenis.TAHUN, periode.tahun, kanal)
    return Ringkasan(
        kini=kini,
        perubahan=change(cells, kini, aturan, published(resmi) if kanal is None else None),
        capaian=achievement(periode, kini.hasil.ikm, target),
        unsur=tables.unsur_table(kini.hasil, f"IKM per unsur, {periode.label}"),
        realisasi=realisations(resmi, kind, periode.tahun, kanal),
        periode=year_table(cells, aturan, target, periode.tahun),
        perbandingan=tables.comparison_table(years, f"Perbandingan sampai tahun {periode.tahun}"),
    )


def published(resmi: Resmi) -> dict[Periode, Decimal]:
    """Return the IKM that the office published before, by period; a closed one has its own."""
    found = resmi.store.published_figures(resmi.survei.id)
    return {a.periode: a.ikm for a in found if resmi.frozen(a.periode) is None}


def realisations(
    resmi: Resmi, jenis: Jenis, sampai: int, kanal: str | None = None
) -> tuple[Realisasi, ...]:
    """Return the figures of all periods of a kind up to the year `sampai`, oldest first.

    What was published stays the figure of an earlier year, whatever answers of it are here, until
    that period is closed; of the year `sampai` it fills in. One channel has no published figures.
    """
    found: dict[Periode, Realisasi] = {}
    earlier = resmi.store.published_figures(resmi.survei.id) if kanal is None else ()
    for item in earlier:
        if item.periode.jenis is jenis and resmi.frozen(item.periode) is None:
            found[item.periode] = realisation(
                item.periode,
                item.ikm,
                resmi.survei.target,
                f"Angka terbit: {item.sumber}",
                terbit=True,
            )
    for result in trend(resmi.cells(kanal=kanal), resmi.aturan, jenis):
        if result.periode is None or result.hasil.ikm is None:
            continue
        if result.periode not in found or result.periode.tahun == sampai:
            target = resmi.survei_of(result.periode).target
            found[result.periode] = realisation(
                result.periode, result.hasil.ikm, target, result.catatan, terbit=False
            )
    return tuple(r for p, r in sorted(found.items()) if p.tahun <= sampai)


def year_table(
    cells: Sequence[Cell], aturan: Aturan, target: Mapping[Periode, Decimal], tahun: int
) -> Tabel:
    """Return a year's triwulan, semester and tahun in one table, as in LKIP.

    A triwulan inside a directly measured semester is not an own result and is left out.
    """
    year = Periode(Jenis.TAHUN, tahun)
    results = []
    for semester in year.children:
        if semester not in aturan.dinilai_langsung:
            results += [compute_period(cells, t, aturan) for t in semester.children]
        results.append(compute_period(cells, semester, aturan))
    results.append(compute_period(cells, year, aturan))
    return tables.period_table(results, target, f"Hasil per periode, tahun {tahun}")


def strengths(resmi: Resmi, periode: Periode, per: Per, kanal: str | None = None) -> Kekuatan:
    """Return the office's and each group's strong and weak unsur for one period."""
    kini = compute_period(resmi.cells(kanal=kanal), periode, resmi.aturan)
    names = names_of(resmi.survei_of(periode), per)
    cells = resmi.cells(periode, (per.value,), kanal)
    groups = in_order(group_results(cells, resmi.aturan, periode, (per,)), per, list(names))
    return Kekuatan(
        kini=kini,
        terkuat=strongest(kini.hasil),
        terlemah=weakest(kini.hasil),
        kelompok=tuple(groups),
        nama=names,
        sorotan=tables.group_table(
            groups, per, names, f"Unsur terkuat dan terlemah, {periode.label}"
        ),
        peta=tables.matrix_table(groups, per, names, f"IKM per unsur, {periode.label}"),
        peringkat=tables.ranking_table(groups, per, names, f"Peringkat, {periode.label}"),
        sebaran=tables.counts_table(kini, groups, per, names, f"Sebaran jawaban, {periode.label}"),
    )


def names_of(survei: Survei, per: Per) -> dict[str, str]:
    """Return code -> name of the survey's layanan or titik in its order, or of the channels."""
    match per:
        case Per.LAYANAN:
            return {item.kode: item.nama for item in survei.layanan}
        case Per.TITIK:
            return {item.kode: item.nama for item in survei.titik}
        case Per.KANAL:
            return NAMA_KANAL
        case _:
            return {}


def in_order(groups: Sequence[Kelompok], per: Per, order: Sequence[str]) -> list[Kelompok]:
    """Return the groups with respondents in the survey's order, unknown codes last."""
    place = {kode: i for i, kode in enumerate(order)}
    filled = [g for g in groups if g.hasil.hasil.responden]
    return sorted(filled, key=lambda g: place.get(g.kode(per) or "", len(place)))


def distribution(
    survei: Survei, group: HasilPeriode, kode: str
) -> tuple[Tabel, tuple[Bagian, ...]]:
    """Return how the answers to one unsur are spread over its four options, in one group."""
    unsur = next(u for u in group.hasil.unsur if u.kode == kode)
    options = _option_texts(survei, unsur.nama)
    parts = shares(zip(options, unsur.tally.counts, strict=True))
    return tables.distribution_table(unsur, options, parts), parts


def _option_texts(survei: Survei, nama: str) -> tuple[str, ...]:
    """Return the texts of the values 1-4, the regulation's general ones where questions differ."""
    texts = {
        tuple(o.teks for o in sorted(p.pilihan, key=lambda o: o.nilai))
        for p in survei.kuesioner.pertanyaan
        if p.unsur == nama
    }
    return texts.pop() if len(texts) == 1 else SKALA


def respondents(resmi: Resmi, periode: Periode, kanal: str | None = None) -> dict[str, Profil]:
    """Return every breakdown of the respondents: layanan, titik, and the profile fields."""
    survei = resmi.survei_of(periode)
    result = {}
    for per, heading in tables.JUDUL.items():
        names = names_of(survei, per)
        counts = {
            names.get(kode, kode) if kode else tables.TAK_DIISI: n
            for kode, n in resmi.group_counts(periode, per.value, kanal).items()
        }
        result[per.value] = _profil(per.value, heading, counts, list(names.values()), periode)
    stored = resmi.profil_counts(periode, kanal)
    for field in survei.profil:
        labels = {o.kode: o.teks for o in field.pilihan}
        counts = {
            labels.get(kode, kode) or tables.TAK_DIISI: n
            for kode, n in stored.get(field.kode, {}).items()
        }
        order = [*labels.values(), *(k.teks for k in field.kelompok)]
        result[field.kode] = _profil(field.kode, field.label, counts, order, periode)
    return result


def _profil(
    nama: str, heading: str, counts: dict[str, int], order: Sequence[str], periode: Periode
) -> Profil:
    parts = shares(ordered(counts, order))
    title = f"Responden menurut {heading.lower()}, {periode.label}"
    return Profil(parts, tables.share_table(f"responden-{nama}", title, heading, parts))


def all_tables(resmi: Resmi, periode: Periode, kanal: str | None = None) -> dict[str, Tabel]:
    """Return every table of the dashboard for a period, by its file name, for downloads."""
    summary = summarize(resmi, periode, kanal)
    found = [summary.unsur, summary.periode, summary.perbandingan]
    for per in tables.JUDUL:
        groups = strengths(resmi, periode, per, kanal)
        found += [groups.sorotan, groups.peta, groups.peringkat, groups.sebaran]
    found += [p.tabel for p in respondents(resmi, periode, kanal).values()]
    return {tabel.nama: tabel for tabel in found}


def results_from_store(
    resmi: Resmi, aturan: Aturan, periode: Periode, per: Sequence[Per]
) -> list[Kelompok]:
    """Return results per group for a period, straight from the recap, by the given rules."""
    places = tuple(p.value for p in per if p in (Per.LAYANAN, Per.TITIK, Per.KANAL))
    return group_results(resmi.cells(periode, places), aturan, periode, per)
