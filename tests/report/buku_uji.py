"""Audit workbooks to look at: made from answers, read back, and recalculated by LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from skm.agregasi import Aturan, HasilPeriode, compute_period
from skm.analysis.groups import Kelompok, Per
from skm.analysis.table import Tabel
from skm.angka import format_fixed
from skm.jawaban import Baris, Jawaban, Kutipan
from skm.periode import parse_period
from skm.rekap import Cell, tally_answers
from skm.report.buku import BukuKerja
from skm.survei import Kuesioner, Layanan, Survei, Titik, regulation_survey

from .cetakan import SURVEYS, contoh

SOFFICE = shutil.which("soffice")
POISON = b"<v>-777</v>"
"""No figure of a survey: a cell that still holds it was not calculated."""
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def small_survey(unsur: int = 9) -> Survei:
    """The regulation's survey with three layanan and two titik."""
    layanan = tuple(Layanan(kode=f"l{i}", nama=f"Layanan {i}") for i in (1, 2, 3))
    titik = (Titik(kode="t1", nama="Titik 1"), Titik(kode="t2", nama="Titik 2"))
    return regulation_survey(jumlah=unsur).model_copy(update={"layanan": layanan, "titik": titik})


def row(periode: str, nilai: str, layanan: str = "l1", titik: str = "t1", versi: str = "") -> Baris:
    """An answer to the small survey, or to another version of its questionnaire."""
    versi = versi or small_survey().kuesioner.versi
    return Baris(versi, periode, layanan, titik, "qr", nilai, ())


def spread(total: int, people: int) -> list[int]:
    """Values 1-4 of that many people with that sum."""
    each, more = divmod(total, people)
    return [each + 1] * more + [each] * (people - more)


def rows_with_sums(periode: str, sums: Sequence[int], people: int) -> list[Baris]:
    """Answers with these sums of values by question."""
    columns = [spread(total, people) for total in sums]
    return [row(periode, "".join(map(str, marks))) for marks in zip(*columns, strict=True)]


def random_rows(periods: Sequence[str], people: int, seed: int, blank: float = 0.1) -> list[Baris]:
    """Answers to nine questions with blanks, over all layanan and titik."""
    random = Random(seed)  # noqa: S311 - the same answers each time
    rows = []
    for periode in periods:
        for _ in range(people):
            marks = random.choices("1234", (1, 4, 9, 6), k=9)
            nilai = "".join("-" if random.random() < blank else mark for mark in marks)
            layanan, titik = random.choice(["l1", "l2", "l3", ""]), random.choice(["t1", "t2"])
            rows.append(row(periode, nilai, layanan, titik))
    return rows


def without(rows: Sequence[Baris], question: int, periods: Sequence[str]) -> list[Baris]:
    """The same answers, one question left blank in some periods."""
    at = question - 1
    return [
        r._replace(nilai=f"{r.nilai[:at]}-{r.nilai[at + 1 :]}") if r.periode in periods else r
        for r in rows
    ]


def make(
    survei: Survei,
    periode: str,
    rows: Sequence[Baris],
    aturan: Aturan | None = None,
    kuesioner: Mapping[str, Kuesioner] | None = None,
    tabel: Sequence[Tabel] = (),
    saran: Sequence[Kutipan] = (),
) -> BukuKerja:
    """A workbook's content, with the results that the rules give for the answers."""
    versions = dict(kuesioner or {survei.kuesioner.versi: survei.kuesioner})
    aturan, wanted = aturan or survei.aturan, parse_period(periode)
    cells = _cells(survei, rows, versions)

    def groups(per: Per) -> tuple[Kelompok, ...]:
        codes = {getattr(cell, per.value) for cell in cells}
        return tuple(
            Kelompok(((per, kode),), compute_period(inside, wanted, aturan))
            for kode in sorted(codes, key=lambda k: (k is None, k))
            if (inside := [c for c in cells if getattr(c, per.value) == kode])
        )

    return BukuKerja(
        survei=survei,
        periode=wanted,
        keadaan="Belum ditutup",
        sha256="",
        kuesioner=versions,
        baris=tuple(rows),
        hasil=compute_period(cells, wanted, aturan),
        layanan=groups(Per.LAYANAN),
        titik=groups(Per.TITIK),
        tabel=tuple(tabel),
        saran=tuple(saran),
    )


def _cells(survei: Survei, rows: Sequence[Baris], kuesioner: Mapping[str, Kuesioner]) -> list[Cell]:
    cells = []
    for versi, questions in kuesioner.items():
        answers = [
            Jawaban(
                r.nilai, parse_period(r.periode), layanan=r.layanan or None, titik=r.titik or None
            )
            for r in rows
            if r.kuesioner == versi
        ]
        cells += tally_answers(answers, survei.slots(questions))
    return cells


def sample_rows(*names: str) -> list[Baris]:
    """The sample's answers from its files, read with the csv module alone."""
    survei = contoh()
    layanan = {item.nama: item.kode for item in survei.layanan}
    titik = {item.nama: item.kode for item in survei.titik}
    rows = []
    for name in survei.data:
        if not name.endswith(tuple(f"{n}.csv" for n in names)):
            continue
        text = (SURVEYS / name).read_text(encoding="utf-8")
        for line in csv.DictReader(io.StringIO(text, newline="")):
            marks = "".join(line[u.nama] or "-" for u in survei.unsur)
            periode = f"{line['Waktu'][:4]}-T{(int(line['Waktu'][5:7]) + 2) // 3}"
            place = (layanan[line["Jenis Layanan"]], titik[line["Titik Layanan"]])
            profil = (("jenis_kelamin", line["Jenis Kelamin"]),)
            rows.append(Baris(survei.kuesioner.versi, periode, *place, "unggah", marks, profil))
    return rows


def load(content: bytes, *, nilai: bool = True) -> Workbook:
    """A workbook as read: the values that its cells hold, or the formulas."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=nilai)


def recalculate(books: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """All workbooks as LibreOffice calculates them, after every last result was made wrong."""
    profile, source, out = folder / "profil", folder / "asal", folder / "hasil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    source.mkdir()
    for name, content in books.items():
        (source / f"{name}.xlsx").write_bytes(_poisoned(content))
    command = [str(SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(out)]
    files = [str(source / f"{name}.xlsx") for name in books]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return {name: openpyxl.load_workbook(out / f"{name}.xlsx", data_only=True) for name in books}


def _poisoned(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb' t="str"(?=><f>)', b"", part)
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\g<1>" + POISON, part)
            new.writestr(name, part)
    return stream.getvalue()


def formulas(book: Workbook) -> list[tuple[str, str, str]]:
    """Every formula as (sheet, cell, text)."""
    return [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]


def block(sheet: Worksheet, label: str) -> dict[str, list[object]]:
    """The lines of a period on the sheet IKM by their label, figures from column B on."""
    lines: dict[str, list[object]] = {}
    found = False
    for cells in sheet.iter_rows(min_row=3, values_only=True):
        if cells[0] == label:
            found = True
        elif found and cells[0] is None:
            break
        elif found:
            lines[str(cells[0])] = list(cells[1:])
    return lines


def every(hasil: HasilPeriode) -> Iterator[HasilPeriode]:
    """A result and all that it is the mean of."""
    yield hasil
    for part in hasil.bagian:
        yield from every(part)


def printed(value: object, places: int) -> str:
    """A cell's number as print shows it, half up; "" for an empty one."""
    if value in (None, ""):
        return ""
    assert isinstance(value, int | float)
    return format_fixed(Decimal(repr(round(value, 10))), places)


def fixed(value: Fraction | Decimal | None, places: int) -> str:
    """Our figure, printed the same way."""
    return "" if value is None else format_fixed(value, places)


def check_blocks(book: Workbook, hasil: HasilPeriode) -> None:
    """Every period's figures on the sheet IKM are these, to the last printed digit."""
    for node in every(hasil):
        ours, lines = node.hasil, block(book["IKM"], node.periode.label)
        nrr = line_of(lines, "NRR =", "Rata-rata NRR")
        ikm = line_of(lines, "IKM per unsur =", "Rata-rata IKM")
        mutu = line_of(lines, "Mutu unsur")
        for i, unsur in enumerate(ours.unsur):
            assert printed(nrr[i], 3) == fixed(unsur.nrr, 3)
            assert printed(ikm[i], 2) == fixed(unsur.ikm, 2)
            assert (mutu[i] or None) == unsur.mutu
        assert printed(lines["IKM unit pelayanan"][0], 2) == fixed(ours.ikm, 2)
        assert (lines["Mutu pelayanan"][0] or None) == ours.mutu
        assert (lines["Kinerja unit pelayanan"][0] or None) == ours.kinerja
        assert lines["Jumlah responden"][0] == ours.responden


def line_of(lines: Mapping[str, list[object]], *labels: str) -> list[object]:
    """The line whose label begins with one of these."""
    return next(values for label, values in lines.items() if label.startswith(labels))


def check_groups(book: Workbook, buku: BukuKerja) -> None:
    """The first table of each sheet of groups has these figures."""
    for sheet, found in (("Layanan", buku.layanan), ("Titik", buku.titik)):
        lines = group_lines(book, sheet) if found else []
        assert len(lines) >= len(found)
        for line, group in zip(lines, found, strict=False):
            hasil = group.hasil.hasil
            assert line[2] == hasil.responden
            assert printed(line[3], 2) == fixed(hasil.ikm, 2)
            ikm = [printed(value, 2) for value in line[6 : 6 + len(hasil.unsur)]]
            assert ikm == [fixed(u.ikm, 2) for u in hasil.unsur]


def group_lines(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    """The lines of groups on a sheet, of all its tables."""
    return [line for line in book[sheet].iter_rows(values_only=True) if isinstance(line[0], int)]
