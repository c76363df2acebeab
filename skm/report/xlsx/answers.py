"""The sheet "Jawaban": every counted answer, one row each, without anything that names people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from skm.analysis.groups import Per
from skm.analysis.tables import TAK_DIISI
from skm.jawaban import KOSONG, NAMA_KANAL, Baris
from skm.periode import Jenis, Periode, parse_period, period_of
from skm.report.buku import BukuKerja
from skm.report.xlsx.answer_columns import (
    FIRST,
    HEAD,
    Letak,
    group_names,
    groups_by_dimension,
    slot_label,
)
from skm.report.xlsx.periods import unsur_names
from skm.report.xlsx.sheet import Lembar, clean

MOST_ROWS = 100_000
"""More answers than this stay in the archive: such a workbook is slow to make and to open."""
HEAD_POINTS = 140.0
"""Headings of narrow columns stand upright, with the unsur's name."""


def write_answers(lembar: Lembar, buku: BukuKerja, letak: Letak) -> None:
    """Write the answers, sorted by what they say so that no order of arrival is left."""
    headings, widths = _headings(buku, letak), _widths(letak)
    lembar.title("Jawaban yang dihitung", *_notes(letak))
    lembar.widths(widths)
    lembar.headings(HEAD, headings, widths)
    for kolom in (*letak.kelompok.values(), *letak.slot.values()):
        lembar.text(HEAD, kolom, headings[kolom], lembar.gaya.kepala_tegak)
    lembar.sheet.set_row(HEAD, HEAD_POINTS)
    writer = _Penulis(lembar, buku, letak)
    for number, row in enumerate(sorted(buku.baris), start=1):
        writer.write(number, row)
    lembar.sheet.autofilter(HEAD, 0, letak.terakhir, len(headings) - 1)
    lembar.sheet.freeze_panes(FIRST, 1)
    lembar.sheet.repeat_rows(HEAD)
    lembar.sheet.hide_gridlines(1)  # without borders in cells, the lines on the screen help


def _notes(letak: Letak) -> tuple[str, str]:
    kinds = " atau ".join(jenis.nama for jenis in letak.periode)
    return (
        "Satu baris satu responden, diurutkan menurut isinya. Nilai yang kosong: tidak dijawab "
        "atau tidak ditanyakan.",
        f"Baris tanpa {kinds} tidak ikut dihitung pada periode itu.",
    )


def _headings(buku: BukuKerja, letak: Letak) -> list[str]:
    names = unsur_names(buku)
    labels = {p.kode: p.label for p in buku.survei.profil}
    head = ["No.", *(jenis.nama.capitalize() for jenis in letak.periode)]
    for per in letak.kelompok:
        head += [f"No. {per}", f"{'Jenis' if per is Per.LAYANAN else 'Titik'} layanan"]
    head.append("Kanal")
    head += [f"{slot_label(s, letak.slot)} {names[s.kode]}" for s in letak.slot]
    return head + [labels.get(kode, kode) for kode in letak.profil]


def _widths(letak: Letak) -> list[float]:
    groups = (width for _ in letak.kelompok for width in (6.0, 36.0))
    questions, profile = (6.0 for _ in letak.slot), (17.0 for _ in letak.profil)
    return [7.0, *(18.0 for _ in letak.periode), *groups, 10.0, *questions, *profile]


class _Penulis:
    """Writes rows; what a code is called is looked up, and made fit for a cell, once for all."""

    def __init__(self, lembar: Lembar, buku: BukuKerja, letak: Letak) -> None:
        survei, rows = buku.survei, buku.baris
        self._lembar, self._letak = lembar, letak
        self._slots = {
            versi: [letak.slot[s] for s in survei.slots(questions)]
            for versi, questions in buku.kuesioner.items()
        }
        kinds = list(letak.periode)
        self._periods = {k: _labels(parse_period(k), kinds) for k in {r.periode for r in rows}}
        self._numbers = {
            per: {g.kode(per) or "": i for i, g in enumerate(groups, start=1)}
            for per, groups in groups_by_dimension(buku).items()
        }
        self._layanan = _texts({r.layanan for r in rows}, group_names(survei, Per.LAYANAN))
        self._titik = _texts({r.titik for r in rows}, group_names(survei, Per.TITIK))
        self._kanal = _texts({r.kanal for r in rows}, NAMA_KANAL)
        options = {p.kode: {o.kode: o.teks for o in p.pilihan} for p in survei.profil}
        self._profil = {
            pair: (letak.profil[pair[0]], _text(pair[1], options.get(pair[0], {})))
            for pair in {pair for row in rows for pair in row.profil}
        }

    def write(self, number: int, row: Baris) -> None:
        """Write the answer with this number, counted from 1."""
        sheet, gaya, letak = self._lembar.sheet, self._lembar.gaya, self._letak
        at = FIRST + number - 1
        sheet.write_number(at, 0, number, gaya.isi_angka)
        for kolom, label in enumerate(self._periods[row.periode], start=1):
            if label:
                sheet.write_string(at, kolom, label, gaya.isi)
        for per, kolom in letak.kelompok.items():
            layanan = per is Per.LAYANAN
            kode = row.layanan if layanan else row.titik
            name = self._layanan[kode] if layanan else self._titik[kode]
            sheet.write_number(at, kolom, self._numbers[per].get(kode, 0), gaya.isi_angka)
            sheet.write_string(at, kolom + 1, name, gaya.isi)
        sheet.write_string(at, letak.kanal, self._kanal[row.kanal], gaya.isi)
        for kolom, mark in zip(self._slots[row.kuesioner], row.nilai, strict=True):
            if mark != KOSONG:
                sheet.write_number(at, kolom, int(mark), gaya.isi_angka)
        for pair in row.profil:
            kolom, text = self._profil[pair]
            sheet.write_string(at, kolom, text, gaya.isi)


def _texts(codes: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    return {kode: _text(kode, names) for kode in codes}


def _text(kode: str, names: Mapping[str, str]) -> str:
    """Return what a code is called, itself where the survey no longer names it."""
    return clean(names.get(kode, kode) or TAK_DIISI)


def _labels(stored: Periode, kinds: Sequence[Jenis]) -> list[str]:
    """Return the period of each kind that a stored period lies in; "" where it is longer."""
    return [
        period_of(stored.mulai, jenis).label if stored.jenis.value <= jenis.value else ""
        for jenis in kinds
    ]
