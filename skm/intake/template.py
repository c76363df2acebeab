"""The file that an office fills in: its own columns, lists to choose from, instructions."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skm.intake.csv_text import neutralise
from skm.intake.rejects import WORKBOOK
from skm.intake.sheets import column_letter
from skm.pesan import message
from skm.survei import Pertanyaan, Survei

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

ROWS = 5_000
"""How many rows of the template have their lists."""

_HELP = (
    "templat-petunjuk-baris",
    "templat-petunjuk-nilai",
    "templat-petunjuk-tanggal",
    "templat-petunjuk-daftar",
    "templat-petunjuk-pribadi",
)


@dataclass(frozen=True, slots=True)
class Isian:
    """A column of the template: header, width, its note, and the texts to choose from."""

    judul: str
    lebar: int = 14
    catatan: str = ""
    pilihan: tuple[str, ...] = ()
    nilai: bool = False


def template_columns(survei: Survei) -> tuple[Isian, ...]:
    """Return the columns that a survey's file needs."""
    columns = [Isian("Nomor", 8), Isian("Tanggal", 12), Isian("Jam", 8)]
    if survei.layanan:
        names = tuple(item.nama for item in survei.layanan if item.aktif)
        columns.append(Isian("Jenis Layanan", 36, pilihan=names))
    if survei.titik:
        names = tuple(item.nama for item in survei.titik if item.aktif)
        columns.append(Isian("Titik Layanan", 28, pilihan=names))
    columns += [
        Isian(_question_title(survei, p), 14, f"{p.teks}\n{_options(p)}", nilai=True)
        for p in survei.kuesioner.pertanyaan
    ]
    for profil in survei.profil:
        note = "" if profil.pilihan else profil.satuan
        texts = tuple(option.teks for option in profil.pilihan)
        columns.append(Isian(profil.label, 16, note, texts))
    columns.append(Isian("Saran", 50))
    return tuple(columns)


def _question_title(survei: Survei, pertanyaan: Pertanyaan) -> str:
    counts = Counter(p.unsur for p in survei.kuesioner.pertanyaan)
    if counts[pertanyaan.unsur] > 1:
        return f"{pertanyaan.kode} [{pertanyaan.teks}]"
    kode = next(u.kode for u in survei.unsur if u.nama == pertanyaan.unsur)
    return f"{kode} {pertanyaan.unsur}"


def _options(pertanyaan: Pertanyaan) -> str:
    options = sorted(pertanyaan.pilihan, key=lambda p: p.nilai)
    return "\n".join(f"{p.nilai} = {p.teks}" for p in options)


def write_template_csv(survei: Survei) -> bytes:
    """Return an empty CSV with the survey's header: UTF-8 with its mark, `;`."""
    text = io.StringIO(newline="")
    titles = [neutralise(column.judul) for column in template_columns(survei)]
    csv.writer(text, delimiter=";").writerow(titles)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write_template_xlsx(survei: Survei) -> bytes:
    """Return an empty workbook: the sheet to fill in, the instructions, and a hidden list sheet."""
    import xlsxwriter  # only who writes a workbook waits for it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK) as book:
        sheet = book.add_worksheet("Jawaban")
        help_sheet = book.add_worksheet("Petunjuk")
        lists = book.add_worksheet("Daftar")
        lists.hide()
        columns = template_columns(survei)
        _fill_sheet(book, sheet, lists, columns)
        _fill_help(book, help_sheet, survei)
    return buffer.getvalue()


def _fill_sheet(
    book: xlsxwriter.Workbook, sheet: Worksheet, lists: Worksheet, columns: tuple[Isian, ...]
) -> None:
    title = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    formats = {
        "Tanggal": book.add_format({"num_format": "dd/mm/yyyy"}),
        "Jam": book.add_format({"num_format": "hh:mm"}),
    }
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.judul, title)
        sheet.set_column(at, at, column.lebar, formats.get(column.judul))
        if column.catatan:
            sheet.write_comment(0, at, column.catatan, {"x_scale": 2.5, "y_scale": 1.5})
        if column.nilai:
            sheet.data_validation(1, at, ROWS, at, _rule([1, 2, 3, 4], "templat-nilai-salah"))
        elif column.pilihan:
            lists.write_column(0, at, column.pilihan)
            letter = column_letter(at)
            source = f"=Daftar!${letter}$1:${letter}${len(column.pilihan)}"
            sheet.data_validation(1, at, ROWS, at, _rule(source, "templat-daftar-salah"))
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 0)


def _rule(source: str | list[int], kode: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
        "error_title": message("templat-salah-judul"),
        "error_message": message(kode),
    }


def _fill_help(book: xlsxwriter.Workbook, sheet: Worksheet, survei: Survei) -> None:
    bold = book.add_format({"bold": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 90, wrap)
    sheet.write_string(0, 0, message("templat-petunjuk-judul", judul=survei.judul), bold)
    at = 1
    for kode in _HELP:
        sheet.write_string(at, 0, message(kode), wrap)
        at += 1
    for question in survei.kuesioner.pertanyaan:
        sheet.write_string(at + 1, 0, f"{_question_title(survei, question)}: {question.teks}", bold)
        at += 2
        for line in _options(question).split("\n"):
            sheet.write_string(at, 0, line, wrap)
            at += 1
