"""The audit workbook of a period: what it is made of, from the official view."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.laporan.bahan import Bahan, gather
from skm.laporan.pendahuluan import sample_table
from skm.laporan.rencana import plan_table
from skm.penutupan.resmi import Resmi
from skm.periode import Periode
from skm.report.buku import BukuKerja
from skm.tanggal import moment_text


def build_workbook(resmi: Resmi, periode: Periode) -> BukuKerja:
    """Return the workbook's content. Raises SkmError `laporan-kosong`."""
    bahan = gather(resmi, periode)
    tables = [
        bahan.ringkasan.periode,
        bahan.ringkasan.perbandingan,
        *(p.tabel for p in bahan.profil.values()),
        bahan.kekuatan[Per.KANAL].sorotan,
        sample_table(bahan),
        plan_table(bahan),
    ]
    return BukuKerja(
        survei=bahan.survei,
        periode=periode,
        keadaan=state_text(bahan),
        sha256=bahan.tutupan.sha256 if bahan.tutupan else "",
        kuesioner=bahan.kumpulan.kuesioner,
        baris=bahan.kumpulan.baris,
        hasil=bahan.kini,
        layanan=bahan.groups(Per.LAYANAN),
        titik=bahan.groups(Per.TITIK),
        tabel=tuple(t for t in tables if t.baris),
        saran=bahan.kumpulan.saran,
    )


def state_text(bahan: Bahan) -> str:
    """Return whether the period is closed, and since when."""
    closed, survei = bahan.tutupan, bahan.survei
    if closed is None:
        return "Draf: periode ini belum ditutup"
    together = "" if bahan.sendiri else f" bersama {closed.periode.label}"
    moment = moment_text(closed.batas, survei.zona, survei.zona_waktu)
    return f"Ditutup{together}; data sampai {moment}"
