"""The report as PDF: every figure in its place, nothing cut, nothing left alone, read by all."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest

from skm.analysis.table import Kolom, Tabel
from skm.report.dokumen import (
    Batang,
    Blok,
    BlokGambar,
    BlokTabel,
    Daftar,
    Dokumen,
    GrafikBatang,
    Judul,
    Paragraf,
    Sampul,
    TandaTangan,
)
from skm.report.pdf import write_pdf

from .cetakan import JAHAT, bare, metadata, page_count, text_boxes, texts
from .dokumen_contoh import LAYANAN, PENGANTAR, SURVEI, TITIK, bars, heat_map, report, trend

pytestmark = pytest.mark.lambat

LEFT, RIGHT = 25 / 25.4 * 72, 185 / 25.4 * 72
"""The edges of the text, in points."""


@cache
def printed() -> bytes:
    return write_pdf(report())


def loose(*isi: Blok) -> Dokumen:
    return Dokumen("Bagian laporan", None, isi, daftar_isi=False)


def table(*baris: tuple[str, ...], kolom: tuple[Kolom, ...] | None = None, **more) -> BlokTabel:
    columns = kolom or (Kolom("Nama"), Kolom("Nilai", angka=True))
    parts = {key: more.pop(key) for key in ("kaki", "catatan") if key in more}
    return BlokTabel(1, Tabel("t", more.pop("judul", "Judul"), columns, baris, **parts), **more)


def page_of(pages: list[str], words: str) -> int:
    """The number of the one page that holds these words."""
    (place,) = [i for i, text in enumerate(pages) if words in text]
    return place


def spot(pdf: bytes, words: str) -> tuple[float, float, float, float]:
    """Where words stand on the first page: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        start, length = page.search(words, match_case=True).get_next()
        boxes = [page.get_charbox(i) for i in range(start, start + length)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def test_the_cover_says_what_whose_and_when_and_has_no_number() -> None:
    cover = texts(printed())[0]
    assert "LAPORAN SURVEI KEPUASAN MASYARAKAT" in cover
    assert "Semester II (Juli–Desember) 2024" in cover
    assert SURVEI.unit in cover
    assert SURVEI.instansi.upper() in cover
    assert "halaman" not in cover


def test_a_draft_says_so_on_every_page_and_a_final_report_nowhere() -> None:
    assert all("DRAF" in text for text in texts(printed()))
    assert not any("DRAF" in text for text in texts(write_pdf(report(keadaan=""))))


def test_every_page_after_the_cover_has_its_foot_and_number() -> None:
    pages = texts(printed())
    for number, text in enumerate(pages[1:], 1):
        assert "Laporan SKM Semester II 2024 · Dinas Kependudukan" in text
        assert f"halaman {number} dari {len(pages) - 1}" in text


def test_the_table_of_contents_leads_to_the_pages() -> None:
    pages = texts(printed())
    for entry, words in [
        ("Ringkasan eksekutif", "RINGKASAN EKSEKUTIF"),
        ("BAB II Hasil survei kepuasan masyarakat", "BAB II HASIL SURVEI"),
        ("1.2.1 Ruang lingkup", "Seluruh titik layanan ikut serta"),
        ("2.4 Saran responden", "mohon nomor antrean"),
        ("3.1 Rencana tindak lanjut", "BAB III PENUTUP"),
    ]:
        found = re.search(rf"{entry}[ .]+(\d+)", pages[1])
        assert found
        assert int(found[1]) == page_of(pages, words)


def test_chapters_begin_a_page() -> None:
    starts = [text.removeprefix("DRAF ") for text in texts(printed())]
    for chapter in ("RINGKASAN EKSEKUTIF", "BAB I PENDAHULUAN", "BAB II HASIL", "BAB III PENUTUP"):
        assert sum(text.startswith(chapter) for text in starts) == 1


def test_headings_are_bookmarks() -> None:
    with pypdfium2.PdfDocument(printed()) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks[:5] == [
        (0, "Ringkasan eksekutif"),
        (0, "BAB I Pendahuluan"),
        (1, "1.1 Latar belakang"),
        (1, "1.2 Maksud dan tujuan"),
        (2, "1.2.1 Ruang lingkup"),
    ]
    assert marks[-1] == (1, "3.1 Rencana tindak lanjut")


def test_every_figure_of_tables_and_charts_is_printed() -> None:
    text = bare(" ".join(texts(printed())))
    for blok in report().isi:
        if isinstance(blok, BlokTabel):
            rows = [*blok.tabel.baris, blok.tabel.kaki]
            assert all(bare(cell) in text for row in rows for cell in row)
        elif isinstance(blok, BlokGambar) and isinstance(blok.grafik, GrafikBatang):
            assert all(batang.teks in text for batang in blok.grafik.batang)


def test_the_rows_of_a_long_table_stand_whole_in_their_order_under_their_headings() -> None:
    (long,) = [b for b in report().isi if isinstance(b, BlokTabel) and len(b.tabel.baris) == 72]
    pages = texts(printed())
    rows = [" ".join(row) for row in long.tabel.baris]
    holders = [page_of(pages, row) for row in rows]
    assert holders == sorted(holders)
    assert len(set(holders)) > 1
    for page in set(holders):
        assert "Titik layanan Responden U1 U2" in pages[page]
        places = [
            pages[page].index(row) for row, at in zip(rows, holders, strict=True) if at == page
        ]
        assert places == sorted(places)


def test_captions_stand_over_tables_and_under_charts() -> None:
    pdf = write_pdf(loose(table(("satu", "1,11")), trend(7)))
    assert "Tabel 1. Judul" in texts(pdf)[0]
    assert spot(pdf, "Tabel 1.")[1] > spot(pdf, "1,11")[3]
    assert spot(pdf, "Gambar 7.")[3] < spot(pdf, "92,07")[1]


def test_numbers_end_flush_in_a_narrow_column() -> None:
    pdf = write_pdf(loose(table(("satu nama", "1,11"), ("nama lain", "1.001,25"))))
    first, second = spot(pdf, "1,11"), spot(pdf, "1.001,25")
    assert first[2] == pytest.approx(second[2], abs=0.6)
    assert second[2] == pytest.approx(RIGHT, abs=8)
    assert spot(pdf, "satu nama")[0] == pytest.approx(LEFT, abs=8)
    assert first[0] > RIGHT - (RIGHT - LEFT) / 3


def test_asked_widths_are_honoured() -> None:
    kolom = (Kolom("Kiri"), Kolom("Tengah"), Kolom("Kanan"))
    pdf = write_pdf(loose(table(("a", "b", "c"), kolom=kolom, lebar=(1, 2, 1))))
    indent = spot(pdf, "Kiri")[0] - LEFT
    assert spot(pdf, "Tengah")[0] - indent == pytest.approx(LEFT + (RIGHT - LEFT) / 4, abs=1)
    assert spot(pdf, "Kanan")[0] - indent == pytest.approx(LEFT + (RIGHT - LEFT) * 3 / 4, abs=1)


def test_an_asked_width_gives_way_to_a_word() -> None:
    kolom = (Kolom("Kependudukan"), Kolom("Uraian"))
    pdf = write_pdf(loose(table(("a", "b"), kolom=kolom, lebar=(1, 60))))
    assert spot(pdf, "Kependudukan")[2] < spot(pdf, "Uraian")[0]


def test_dense_tables_are_in_smaller_type() -> None:
    def height(rapat: bool) -> float:
        _, bottom, _, top = spot(write_pdf(loose(table(("Hh", "1"), rapat=rapat))), "Hh")
        return top - bottom

    assert height(rapat=True) < 0.9 * height(rapat=False)


@pytest.mark.parametrize("judul", ["Kependudukan", "Penanganan pengaduan, saran dan masukan"])
def test_many_columns_keep_within_the_page_and_apart(judul: str) -> None:
    kolom = tuple(Kolom(f"{judul} {i}", angka=True) for i in range(20))
    pdf = write_pdf(loose(table(tuple(f"10{i},55" for i in range(20)), kolom=kolom)))
    spots = [spot(pdf, f"10{i},55") for i in range(20)]
    assert all(one[2] < other[0] for one, other in pairwise(spots))
    assert all(left > LEFT - 1 and right < RIGHT + 1 for left, _, right, _ in text_boxes(pdf))


def test_a_cell_longer_than_a_page_is_printed_to_its_end() -> None:
    words = " ".join(f"kata{i}" for i in range(1200))
    pdf = write_pdf(loose(table((words, "1"), ("akhir", "2"), kaki=("jumlah", "3"), catatan="Nb.")))
    assert page_count(pdf) > 1
    text = " ".join(texts(pdf))
    assert all(f"kata{i} " in text for i in range(1200))
    assert "jumlah 3" in text


@pytest.mark.parametrize("rows", [8, 30])
def test_nothing_of_a_table_stands_alone_on_a_page(rows: int) -> None:
    split = 0
    for filler in range(22, 44):
        blocks = [Paragraf("pengisi") for _ in range(filler)]
        body = [(f"baris {i}.", str(i)) for i in range(rows)]
        blok = table(*body, kaki=("Jumlah", "99"), catatan="Catatan kecil.", judul="Isi")
        pages = texts(write_pdf(loose(*blocks, Judul("Bagian", 2, "1.1"), blok)))
        assert len({page_of(pages, w) for w in ("1.1 Bagian", "Tabel 1. Isi", "baris 0.")}) == 1
        assert len({page_of(pages, w) for w in (f"baris {rows - 1}.", "Jumlah 99", "Catatan")}) == 1
        split += page_of(pages, "baris 0.") != page_of(pages, f"baris {rows - 1}.")
    assert bool(split) == (rows == 30)  # a short table is not broken at all


def test_headings_charts_and_signatures_keep_their_company() -> None:
    for filler in range(20, 44):
        blocks = [Paragraf("pengisi") for _ in range(filler)]
        headed = [*blocks, Judul("Bagian", 2, "1.1"), Judul("Anak", 3, "1.1.1")]
        for isi, together in [
            ([*headed, Paragraf(PENGANTAR)], ("1.1 Bagian", "1.1.1 Anak", "adalah pengukuran")),
            ([*headed, trend(3)], ("1.1 Bagian", "92,07 A", "Gambar 3.")),
            ([*blocks, Paragraf("Demikian."), TandaTangan("Bekasi,", "Kepala")],
             ("Demikian.", "Bekasi,", "Kepala", "NIP")),
        ]:  # fmt: skip
            pages = texts(write_pdf(loose(*isi)))
            assert len({page_of(pages, words) for words in together}) == 1


def test_a_chart_taller_than_a_page_breaks_between_its_rows() -> None:
    for blok in (heat_map(1, TITIK), bars(1, TITIK)):
        pages = texts(write_pdf(loose(Paragraf("Isi."), blok)))
        assert len(pages) > 1
        holders = [page_of(pages, f"{nama} ") for nama in TITIK if TITIK.count(nama) == 1][:-1]
        assert set(holders) == set(range(len(pages)))
        assert "Gambar 1." in pages[-1]


def test_the_signature_leaves_room_and_prints_what_is_known() -> None:
    pdf = write_pdf(loose(TandaTangan("Bekasi, 6 Januari 2025", "Kepala Dinas", "", "19700101")))
    text = texts(pdf)[0]
    assert "Bekasi, 6 Januari 2025 Kepala Dinas" in text
    assert "NIP 19700101" in text
    assert spot(pdf, "Kepala Dinas")[1] - spot(pdf, "NIP")[3] > 20 / 25.4 * 72
    assert spot(pdf, "Kepala Dinas")[0] > (LEFT + RIGHT) / 2 - 20


def test_texts_are_printed_letter_by_letter() -> None:
    kolom = (Kolom(JAHAT), Kolom("Nilai", angka=True))
    chart = BlokGambar(1, JAHAT, GrafikBatang((Batang(JAHAT, 90, "90,00"),), 25, 100), JAHAT)
    isi = (
        Judul(JAHAT, 2, "1.1"),
        *(Paragraf(JAHAT, gaya) for gaya in ("biasa", "rumus", "catatan", "kutipan")),
        Daftar((JAHAT,)),
        Daftar((JAHAT,), bernomor=True),
        table((JAHAT, "1"), kolom=kolom, kaki=(JAHAT, "2"), catatan=JAHAT, judul=JAHAT),
        chart,
        TandaTangan(JAHAT, JAHAT, JAHAT, JAHAT),
    )
    sampul = Sampul("Judul", JAHAT, JAHAT, "Instansi", "2024")
    pdf = write_pdf(Dokumen(JAHAT, sampul, isi, JAHAT, daftar_isi=False))
    assert metadata(pdf)["Title"] == JAHAT
    assert metadata(pdf)["Author"] == JAHAT
    cover, *rest = texts(pdf)
    assert bare(cover).count(bare(JAHAT)) == 2
    assert bare(" ".join(rest)).count(bare(JAHAT)) == 18 + len(rest)
    assert b"pdfuaid:part" in pdf


def test_what_is_missing_leaves_no_hole() -> None:
    empty = table(kaki=("jumlah", "0"))
    short = Dokumen("Ringkasan", None, (Judul("Isi", 1), empty, Daftar(()), Paragraf("Akhir.")))
    (page,) = texts(write_pdf(Dokumen("Kosong", None, ())))
    assert page.startswith("Kosong DAFTAR ISI")
    first, second = texts(write_pdf(short))
    assert first.startswith("Ringkasan DAFTAR ISI Isi")
    assert "jumlah 0 Akhir. " in second
    (page,) = texts(write_pdf(loose(Judul("Isi", 1), Paragraf("Akhir."))))
    assert page.startswith("Bagian laporan ISI Akhir.")


def test_the_pdf_is_accessible_and_carries_its_fonts() -> None:
    pdf = printed()
    assert b"pdfuaid:part" in pdf
    assert b"/Lang(id)" in pdf
    assert pdf.count(b"/FontFile") >= 2
    assert b"/Alt(Garis: 92,07 naik ke 93,86.)" in pdf
    headings = sum(len(b.tabel.kolom) for b in report().isi if isinstance(b, BlokTabel))
    assert len(re.findall(rb"/S/TH\b", pdf)) == headings
    assert pdf.count(b"/S/Figure") == 3
    assert metadata(pdf)["Title"] == "Laporan SKM Semester II 2024"
    assert metadata(pdf)["Author"] == SURVEI.unit


def test_levels_that_begin_below_or_skip_one_stay_accessible() -> None:
    pdf = write_pdf(
        Dokumen(
            "Judul",
            Sampul("Judul", "", "Unit", "Instansi", "2024"),
            (Judul("Tanpa bab", 2), Judul("Bab", 1, "BAB I"), Judul("Melompat", 3, "1.1.1")),
        )
    )
    assert b"pdfuaid:part" in pdf
    with pypdfium2.PdfDocument(pdf) as document:
        levels = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert levels == [(0, "Tanpa bab"), (0, "BAB I Bab"), (1, "1.1.1 Melompat")]


def test_the_same_report_gives_the_same_bytes_without_a_date() -> None:
    assert write_pdf(report()) == printed()
    assert metadata(printed()).get("CreationDate", "") == ""
    assert metadata(printed()).get("ModDate", "") == ""


def test_letters_beyond_our_fonts_do_not_stop_the_print() -> None:
    text = texts(write_pdf(loose(Paragraf("Bagus 😀 漢字", "kutipan"), bars(1, LAYANAN))))[0]
    assert "Bagus" in text
    assert "Gambar 1." in text
