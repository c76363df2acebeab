"""What each page, download and command shows, put together from the store and the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis import tables
from skm.analysis.groups import Kelompok, Per, group_results
from skm.analysis.share import Bagian, ordered, shares
from skm.analysis.strength import Sorotan, strongest, weakest
from skm.analysis.table import Tabel
from skm.analysis.target import Capaian, achievement
from skm.analysis.trend import Perubahan, change, trend
from skm.jawaban import NAMA_KANAL
from skm.peraturan import SKALA
from skm.periode import Jenis, Periode
from skm.rekap import Cell
from skm.store import Store
from skm.survei import Survei


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """The page Ringkasan: the period's result, its change, target, detail, and the year."""

    kini: HasilPeriode
    perubahan: Perubahan | None
    capaian: Capaian | None
    tren: tuple[HasilPeriode, ...]
    unsur: Tabel
    periode: Tabel


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


def available_periods(store: Store, survei: Survei) -> list[Periode]:
    """Return every triwulan, semester and tahun that has a result, the newest year first.

    Inside a year: triwulan, then semester, then the year, each the latest first. A triwulan of a
    directly measured semester has no result of its own.
    """
    found: set[Periode] = set()
    for periode in store.periods(survei.id):
        found |= _with_parents(periode)
    for direct in survei.dinilai_langsung:
        found = {p for p in found if p == direct or not direct.contains(p)}
    return sorted(found, key=lambda p: (-p.tahun, p.jenis.value, -p.ke))


def _with_parents(periode: Periode) -> set[Periode]:
    parent = periode.parent
    return {periode} | (_with_parents(parent) if parent else set())


def summarize(store: Store, survei: Survei, periode: Periode) -> Ringkasan:
    """Return the figures of the page Ringkasan for one period."""
    cells = store.cells(survei.id)
    aturan = survei.aturan
    kini = compute_period(cells, periode, aturan)
    kind = Jenis.TAHUN if periode.jenis is Jenis.TAHUN else Jenis.TRIWULAN
    return Ringkasan(
        kini=kini,
        perubahan=change(cells, kini, aturan),
        capaian=achievement(periode, kini.hasil.ikm, survei.target),
        tren=tuple(trend(cells, aturan, kind)),
        unsur=tables.unsur_table(kini.hasil, f"IKM per unsur, {periode.label}"),
        periode=year_table(cells, survei, periode.tahun),
    )


def year_table(cells: Sequence[Cell], survei: Survei, tahun: int) -> Tabel:
    """Return a year's triwulan, semester and tahun in one table, as in LKIP.

    A triwulan inside a directly measured semester is not an own result and is left out.
    """
    aturan = survei.aturan
    year = Periode(Jenis.TAHUN, tahun)
    results = []
    for semester in year.children:
        if semester not in aturan.dinilai_langsung:
            results += [compute_period(cells, t, aturan) for t in semester.children]
        results.append(compute_period(cells, semester, aturan))
    results.append(compute_period(cells, year, aturan))
    return tables.period_table(results, survei.target, f"Hasil per periode, tahun {tahun}")


def strengths(store: Store, survei: Survei, periode: Periode, per: Per) -> Kekuatan:
    """Return the office's and each group's strong and weak unsur for one period."""
    kini = compute_period(store.cells(survei.id), periode, survei.aturan)
    names = names_of(survei, per)
    cells = store.cells(survei.id, periode, per=(per.value,))
    groups = in_order(group_results(cells, survei.aturan, periode, (per,)), per, list(names))
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


def respondents(store: Store, survei: Survei, periode: Periode) -> dict[str, Profil]:
    """Return every breakdown of the respondents: layanan, titik, and the profile fields."""
    result = {}
    for per, heading in tables.JUDUL.items():
        names = names_of(survei, per)
        counts = {
            names.get(kode, kode) if kode else tables.TAK_DIISI: n
            for kode, n in store.group_counts(survei.id, periode, per.value).items()
        }
        result[per.value] = _profil(per.value, heading, counts, list(names.values()), periode)
    stored = store.profil_counts(survei.id, periode)
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


def all_tables(store: Store, survei: Survei, periode: Periode) -> dict[str, Tabel]:
    """Return every table of the dashboard for a period, by its file name, for downloads."""
    summary = summarize(store, survei, periode)
    found = [summary.unsur, summary.periode]
    for per in tables.JUDUL:
        groups = strengths(store, survei, periode, per)
        found += [groups.sorotan, groups.peta, groups.peringkat, groups.sebaran]
    found += [p.tabel for p in respondents(store, survei, periode).values()]
    return {tabel.nama: tabel for tabel in found}


def results_from_store(
    store: Store, survei: Survei, aturan: Aturan, periode: Periode, per: Sequence[Per]
) -> list[Kelompok]:
    """Return results per group for a period, straight from the recap."""
    places = tuple(p.value for p in per if p in (Per.LAYANAN, Per.TITIK, Per.KANAL))
    cells = store.cells(survei.id, periode, per=places)
    return group_results(cells, aturan, periode, per)
