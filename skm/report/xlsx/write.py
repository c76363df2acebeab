"""The audit workbook: from every answer to the printed IKM in formulas that anyone can follow."""

from __future__ import annotations

from skm.analysis.groups import Per
from skm.report.buku import BukuKerja
from skm.report.xlsx import answer_columns, answers, counts, ikm, method, remarks, summary
from skm.report.xlsx.answer_columns import plan
from skm.report.xlsx.book import Buku, new_workbook
from skm.report.xlsx.groups import Bahan, PenulisKelompok, affordable
from skm.report.xlsx.periods import answer_cells, group_sources, sources
from skm.report.xlsx.summary import PenulisRingkasan
from skm.report.xlsx.tables import PenulisTabel

KETERANGAN = {
    ikm.NAMA: "Pengolahan per periode: NRR, bobot, NRR tertimbang, IKM, dan mutu setiap unsur.",
    counts.NAMA: "Banyaknya nilai 1, 2, 3, dan 4 setiap pertanyaan.",
    "Layanan": "IKM setiap jenis layanan.",
    "Titik": "IKM setiap titik layanan.",
    answer_columns.NAMA: "Jawaban setiap responden, tanpa identitas.",
    remarks.NAMA: "Saran, kritik, dan apresiasi responden, terpisah dari jawabannya.",
    method.NAMA: "Cara menghitung, tabel mutu, unsur, dan kuesioner.",
}


def write_workbook(buku: BukuKerja) -> bytes:
    """Return the audit workbook (XLSX) of a period: the same input gives the same bytes.

    Its formulas lead from the answers to the IKM, and hold our figures as their last result. Above
    `answers.MOST_ROWS` answers, counts are values; so are those of groups above
    `groups.MOST_COMPARISONS`. Raises SkmError `buku-kerja-berbeda` where the answers are not those
    that the figures were computed from.
    """
    title = f"{buku.survei.judul}, {buku.periode.label}"
    head = (title, buku.survei.unit, buku.periode.label)
    with new_workbook(*head, KETERANGAN) as (berkas, buffer):
        _write_sheets(berkas, buku)
    return buffer.getvalue()


def _write_sheets(berkas: Buku, buku: BukuKerja) -> None:
    """Add the sheets in the order of their reading; write first what others refer to."""
    raw = len(buku.baris) <= answers.MOST_ROWS
    front = berkas.add(summary.NAMA, tidur=False)
    processing, counting = berkas.add(ikm.NAMA), berkas.add(counts.NAMA)
    dimensions = {Per.LAYANAN: ("Layanan", buku.layanan), Per.TITIK: ("Titik", buku.titik)}
    grouped = {per: berkas.add(nama) for per, (nama, found) in dimensions.items() if found}
    tables = PenulisTabel(berkas)
    printed = [(tables.write(tabel).nama, tabel.judul) for tabel in buku.tabel]
    letak = plan(buku)
    if raw:
        answers.write_answers(berkas.add(answer_columns.NAMA), buku, letak)
    remarks.write_remarks(berkas.add(remarks.NAMA), buku)
    mutu = method.write_method(berkas.add(method.NAMA), buku, letak)
    cells = answer_cells(buku)
    found = sources(buku.hasil, cells, list(letak.slot))
    hitungan = counts.write_counts(counting, buku, found, letak, mentah=raw)
    bloks = ikm.write_ikm(processing, buku, hitungan, mutu)
    bahan = Bahan(buku, letak, mutu, processing, bloks)
    for per, lembar in grouped.items():
        groups = dimensions[per][1]
        sumber = group_sources(groups, per, cells, list(letak.slot))
        formulas = raw and affordable(buku, sumber, len(letak.slot))
        PenulisKelompok(lembar, bahan, per, groups, sumber, rumus=formulas).write()
    contents = {**dict(printed), **KETERANGAN}
    PenulisRingkasan(front, buku, processing, bloks).write(
        berkas.book, [(nama, contents[nama]) for nama in berkas.nama[1:]]
    )
