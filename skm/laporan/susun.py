"""The semester report (also of a triwulan or year), in the ministry's usual order of chapters."""

from __future__ import annotations

from skm.laporan.analisis import write_analysis
from skm.laporan.bahan import Bahan, gather
from skm.laporan.hasil_survei import write_results
from skm.laporan.lembar import Lembar
from skm.laporan.pendahuluan import write_collection, write_introduction, write_summary
from skm.laporan.penutup import write_appendices, write_conclusion
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.report.dokumen import Dokumen, Sampul

CHAPTERS = (
    write_summary,
    write_introduction,
    write_collection,
    write_results,
    write_analysis,
    write_conclusion,
    write_appendices,
)
JUDUL = "Laporan Survei Kepuasan Masyarakat"


def build_report(resmi: Resmi, periode: Periode) -> Dokumen:
    """Return the report of a period. Raises SkmError `laporan-kosong`."""
    bahan = gather(resmi, periode)
    lembar = Lembar()
    for write in CHAPTERS:
        write(bahan, lembar)
    return Dokumen(
        judul=f"{JUDUL} {periode.label}",
        sampul=cover(bahan, JUDUL),
        isi=lembar.isi,
        kaki=foot(bahan),
    )


def cover(bahan: Bahan, judul: str) -> Sampul:
    """Return the cover; a period that is not closed is a draft."""
    survei = bahan.survei
    return Sampul(
        judul=judul,
        periode=bahan.periode.label,
        unit=survei.unit,
        instansi=survei.instansi,
        tahun=str(bahan.periode.tahun),
        keadaan="" if bahan.tutupan else "DRAF",
    )


def foot(bahan: Bahan) -> str:
    """Return what stands at the foot of each page: which report, and the check code's beginning."""
    text = f"Laporan SKM {bahan.periode.label}"
    return f"{text} · kode periksa {bahan.tutupan.sha256[:16]}" if bahan.tutupan else text
