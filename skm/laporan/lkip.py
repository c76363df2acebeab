"""The extract for an office's LKIP: the tables of the section on SKM for one year."""

from __future__ import annotations

from dataclasses import replace

from skm.agregasi import HasilPeriode, compute_period
from skm.analysis.groups import Per
from skm.analysis.lkip import (
    achievement_form,
    formula_form,
    grade_form,
    ikm_line,
    unsur_form,
    year_comparison,
)
from skm.analysis.tables import method_notes
from skm.hasil import respondents
from skm.laporan.bahan import Bahan, gather
from skm.laporan.kalimat import change_sentences, extreme_sentence, target_sentence
from skm.laporan.lembar import Lembar
from skm.laporan.susun import cover, foot
from skm.penutupan.resmi import Resmi
from skm.peraturan import tabel_mutu
from skm.periode import Jenis, Periode
from skm.report.dokumen import Dokumen

JUDUL = "Bahan LKIP: Indeks Kepuasan Masyarakat"


def build_lkip(resmi: Resmi, tahun: int) -> Dokumen:
    """Return the LKIP's tables for a year. Raises SkmError `laporan-kosong`."""
    bahan = gather(resmi, Periode(Jenis.TAHUN, tahun))
    lembar = Lembar()
    _write_achievement(bahan, lembar)
    _write_respondents(bahan, lembar)
    _write_figures(bahan, lembar)
    _write_comparison(bahan, lembar)
    return Dokumen(
        judul=f"{JUDUL} {tahun}",
        sampul=cover(bahan, JUDUL),
        isi=lembar.isi,
        kaki=foot(bahan),
        daftar_isi=False,
    )


def _write_achievement(bahan: Bahan, lembar: Lembar) -> None:
    year = bahan.periode
    own = next((r for r in bahan.tahunan if r.periode == year), None)
    lembar.bab("", f"Capaian Indeks Kepuasan Masyarakat tahun {year.tahun}")
    lembar.tulis(target_sentence(bahan.ringkasan.capaian, year))
    lembar.tabel(achievement_form(own, f"Capaian IKM tahun {year.tahun}"))
    lembar.tabel(formula_form(bahan.kini, _semesters(bahan), "Perumusan IKM"))


def _semesters(bahan: Bahan) -> list[HasilPeriode]:
    """Return the year's semesters with answers, also where the year is no mean of them."""
    cells, aturan = bahan.resmi.cells(bahan.periode), bahan.resmi.aturan
    found = [compute_period(cells, half, aturan) for half in bahan.periode.children]
    return [half for half in found if half.hasil.nilai is not None]


def _write_respondents(bahan: Bahan, lembar: Lembar) -> None:
    """Write the respondents per layanan of each triwulan or directly measured semester."""
    for part in bahan.bagian:
        if part.periode is not None and len(bahan.survei.layanan) > 1:
            found = respondents(bahan.resmi, part.periode)[Per.LAYANAN.value].tabel
            filled = tuple(row for row in found.baris if row[1] != "0")
            lembar.tabel(replace(found, baris=filled))


def _write_figures(bahan: Bahan, lembar: Lembar) -> None:
    lembar.bab("", "Nilai IKM per unsur dan per periode")
    for part in reversed(bahan.bagian):
        _write_part(part, lembar)
    kekuatan = bahan.kekuatan[Per.LAYANAN]
    lembar.tulis(
        extreme_sentence(kekuatan.terkuat, terendah=False),
        extreme_sentence(kekuatan.terlemah, terendah=True),
    )
    lembar.tabel(bahan.ringkasan.periode)
    if line := ikm_line(bahan.kini):
        lembar.tulis(f"IKM {bahan.periode.label}:")
        lembar.tulis(line, gaya="rumus")
    lembar.tabel(grade_form(tabel_mutu(bahan.periode.mulai), "Nilai mutu pelayanan"))


def _write_part(part: HasilPeriode, lembar: Lembar) -> None:
    label = part.periode.label if part.periode else ""
    kode = part.periode.kode if part.periode else ""
    table = unsur_form(part.hasil, f"unsur-{kode}", f"Nilai IKM per unsur, {label}")
    notes = [n for n in method_notes(part.hasil) if not n.startswith("Jumlah IKM")]
    lembar.tabel(replace(table, catatan=" ".join(notes)))
    if line := ikm_line(part):
        lembar.tulis(f"IKM {label} = {line}", gaya="rumus")


def _write_comparison(bahan: Bahan, lembar: Lembar) -> None:
    lembar.bab("", "Perbandingan dengan tahun sebelumnya")
    lembar.tulis(*change_sentences(bahan.ringkasan.perubahan, bahan.beda))
    lembar.tabel(year_comparison(bahan.tahunan, f"Perbandingan IKM sampai {bahan.periode.tahun}"))
