"""The sheets "Layanan" and "Titik": the IKM of each group in each period that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skm.analysis.groups import Kelompok, Per
from skm.analysis.tables import JUDUL, KECIL, SELURUH, group_name
from skm.periode import Periode
from skm.report.buku import BukuKerja
from skm.report.xlsx.answer_columns import Letak, group_names, slot_label
from skm.report.xlsx.block import FIRST, Blok
from skm.report.xlsx.classes import LetakMutu
from skm.report.xlsx.formulas import ratio
from skm.report.xlsx.group_columns import (
    IKM,
    KINERJA,
    MUTU,
    NAMA,
    NO,
    RESPONDEN,
    plan_columns,
)
from skm.report.xlsx.group_rows import PenulisBaris
from skm.report.xlsx.periods import Sumber, period, unsur_names, walk
from skm.report.xlsx.sheet import Lembar, Nilai

if TYPE_CHECKING:
    from xlsxwriter.format import Format

MOST_COMPARISONS = 30_000_000
"""Answers times formulas over them: beyond this a spreadsheet computes for too long."""
TOP = 4
NAME_WIDTH = 44.0
AROUND = 5
"""Lines of a table that are not groups': period, weights, headings, the unit, an empty one."""


@dataclass(frozen=True, slots=True)
class Bahan:
    """What the figures of groups refer to: the answers, the table of mutu, the unit's figures."""

    buku: BukuKerja
    letak: Letak
    mutu: LetakMutu
    ikm: Lembar
    blok: Mapping[Periode, Blok]


def affordable(buku: BukuKerja, sumber: Sequence[Mapping[Periode, Sumber]], slots: int) -> bool:
    """Return whether formulas over the answers are few enough for these groups."""
    formulas = sum(len(of_group) for of_group in sumber) * (slots + 1)
    return formulas * len(buku.baris) <= MOST_COMPARISONS


class PenulisKelompok:
    """Writes a dimension: the period's own table first, then those of its parts, all alike.

    With `rumus` what comes from answers is a formula, else a value; all the rest are formulas.
    """

    def __init__(
        self,
        lembar: Lembar,
        bahan: Bahan,
        per: Per,
        groups: Sequence[Kelompok],
        sumber: Sequence[Mapping[Periode, Sumber]],
        *,
        rumus: bool,
    ) -> None:
        self._lembar, self._bahan, self._per, self._rumus = lembar, bahan, per, rumus
        self._groups, self._sumber = groups, sumber
        self._names = group_names(bahan.buku.survei, per)
        self._unsur = unsur_names(bahan.buku)
        self._kolom = plan_columns(list(self._unsur), list(bahan.letak.slot))
        wide, rest = len(self._unsur), 2 + len(self._kolom.slot)
        self._widths = [6.0, NAME_WIDTH, 11.0, 9.0, 7.0, 13.0, *[14.0] * wide, *[9.0] * wide]
        self._widths += [11.0] * rest
        self._nodes = [{period(node): node for node in walk(g.hasil)} for g in groups]
        found = {periode for nodes in self._nodes for periode in nodes}
        order = sorted(found, key=lambda p: (-p.jenis.value, p))
        self._kepala = {p: TOP + 2 + i * (len(groups) + AROUND) for i, p in enumerate(order)}

    def write(self) -> None:
        """Write all tables and set the sheet up."""
        self._lembar.title(f"IKM menurut {JUDUL[self._per].lower()}", *self._notes())
        for periode, kepala in self._kepala.items():
            self._head(periode, kepala)
            for i in range(len(self._groups)):
                self._row(periode, kepala + 1 + i, i)
            if blok := self._bahan.blok.get(periode):
                self._unit(kepala + 1 + len(self._groups), blok)
        self._finish()

    def _notes(self) -> tuple[str, str]:
        source = (
            "Angka kelompok adalah rumus atas lembar Jawaban."
            if self._rumus
            else "Jawaban terlalu banyak untuk rumus per kelompok: responden dan NRR ditulis "
            "sebagai angka, selebihnya rumus. Jawabannya ada di dalam arsip periode."
        )
        small = f"Dicetak miring: responden kurang dari {KECIL}, sehingga IKM-nya mudah berubah."
        return source, f"{small} Dasar perhitungannya ada di kolom sebelah kanan."

    def _head(self, periode: Periode, kepala: int) -> None:
        """Write the period, the weights over the NRR that they belong to, and the headings."""
        lembar, kolom = self._lembar, self._kolom
        lembar.text(kepala - 2, 0, periode.label, lembar.gaya.subjudul)
        heads = ["No.", JUDUL[self._per], "Responden", "IKM", "Mutu", "Kinerja"]
        heads += [f"{kode} {nama}" for kode, nama in self._unsur.items()]
        heads += [f"NRR {kode}" for kode in kolom.nrr]
        heads += [f"NRR {slot_label(slot, self._bahan.letak.slot)}" for slot in kolom.slot]
        lembar.headings(kepala, [*heads, "Faktor bobot", "Nilai IKM"], self._widths)
        direct = next((found[periode] for found in self._sumber if periode in found), None)
        if direct is None:
            return
        codes = [u.kode for u in direct.hasil.unsur]
        lembar.text(kepala - 1, max(kolom.nrr.values()) + 1, "Bobot unsur", lembar.gaya.isi)
        for kode, weight in direct.hasil.metode.bobot.shares(codes, codes).items():
            at_weight = (kepala - 1, kolom.nrr[kode])
            lembar.figure(*at_weight, ratio(weight), weight, lembar.gaya.bobot)

    def _row(self, periode: Periode, row: int, i: int) -> None:
        """Write a group's line; one that nobody answered for in the period has a name only."""
        lembar, bahan, kepala = self._lembar, self._bahan, self._kepala
        for column in range(self._kolom.nilai + 1):
            lembar.sheet.write_blank(row, column, None, lembar.gaya.teks)
        lembar.sheet.write_number(row, NO, i + 1, lembar.gaya.nomor)
        name = group_name(self._groups[i], self._per, self._names)
        lembar.text(row, NAMA, name, lembar.gaya.teks)
        lembar.fit(row, [name], [NAME_WIDTH])
        node = self._nodes[i].get(periode)
        if node is None:
            return
        letak, top = (bahan.letak if self._rumus else None), kepala[periode]
        writer = PenulisBaris(lembar, self._per, self._kolom, letak, bahan.mutu, top - 2, top - 1)
        if node.bagian:
            parts = [(kepala[period(part)] + 1 + i, part.hasil) for part in node.bagian]
            writer.write_mean(row, node.hasil, periode, parts)
        else:
            writer.write_direct(row, self._sumber[i][periode])

    def _unit(self, row: int, blok: Blok) -> None:
        """Write the unit's own figures under those of the groups."""
        lembar, hasil, gaya = self._lembar, blok.hasil, self._lembar.gaya
        lembar.text(row, NO, "", gaya.tebal)
        lembar.text(row, NAMA, SELURUH, gaya.tebal)
        figures: list[tuple[int, tuple[int, int], Nilai, Format]] = [
            (RESPONDEN, (blok.responden, FIRST), hasil.responden, gaya.bulat_tebal),
            (IKM, (blok.unit, FIRST), hasil.ikm, gaya.ikm_tebal),
            (MUTU, (blok.unit + 1, FIRST), hasil.mutu, gaya.huruf_tebal),
            (KINERJA, (blok.unit + 2, FIRST), hasil.kinerja, gaya.huruf_tebal),
        ]
        place = {kode: i for i, kode in enumerate(self._unsur, start=FIRST)}
        for unsur in hasil.unsur:
            source = (blok.ikm, place[unsur.kode])
            figures.append((self._kolom.ikm[unsur.kode], source, unsur.ikm, gaya.ikm_tebal))
        for column, source, value, look in figures:
            lembar.figure(row, column, f"={self._bahan.ikm.ref(*source)}", value, look)

    def _finish(self) -> None:
        sheet, kolom, groups = self._lembar.sheet, self._kolom, len(self._groups)
        self._lembar.widths(self._widths)
        sheet.freeze_panes(TOP + 3, NAMA + 1)
        small = {"type": "cell", "criteria": "between", "minimum": 1, "maximum": KECIL - 1}
        for kepala in self._kepala.values():
            people = (kepala + 1, RESPONDEN, kepala + groups, RESPONDEN)
            sheet.conditional_format(*people, {**small, "format": self._lembar.gaya.kecil})
        last = max(self._kepala.values()) + groups + 1
        sheet.print_area(0, 0, last, max(kolom.ikm.values()))
