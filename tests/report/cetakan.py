"""Looking at printed documents: their pages as pictures, text and QR codes; surveys to print."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

from skm.survei import Survei, load_survei

SURVEYS = Path(__file__).parents[2] / "surveys"
JAHAT = (
    "# *tebal* _miring_ $x^2$ <label> @rujuk // komentar /* ini */ \\ \"dua\" 'satu' `kode` "
    '#panic("x") --- ~ = judul - butir + 1. [isi] {menit}'
)
"""A text that would be markup, math, code or a comment if it were read as typst source."""


@cache
def contoh() -> Survei:
    return load_survei(SURVEYS / "contoh-disdukcapil-bekasi-2024.toml")


def with_questions(jumlah: int, teks: str | None = None) -> Survei:
    """The sample with `jumlah` questions; `teks` replaces every question and option text."""
    survei = contoh()
    asked = survei.kuesioner.pertanyaan
    questions = []
    for i in range(jumlah):
        one = asked[i % len(asked)].model_copy(update={"kode": f"q{i + 1}"})
        if teks is not None:
            options = tuple(o.model_copy(update={"teks": f"{o.nilai} {teks}"}) for o in one.pilihan)
            one = one.model_copy(update={"teks": f"no{i + 1} {teks}", "pilihan": options})
        questions.append(one)
    kuesioner = survei.kuesioner.model_copy(update={"pertanyaan": tuple(questions)})
    return survei.model_copy(update={"kuesioner": kuesioner})


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def pages(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1.5).to_pil() for page in document]


def decoded(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def texts(pdf: bytes) -> list[str]:
    """The text of each page, every run of white space as one space."""
    with pypdfium2.PdfDocument(pdf) as document:
        raw = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", " ", text) for text in raw]


def bare(text: str) -> str:
    """A text without any space: lines may break wherever they like."""
    return re.sub(r"\s+", "", text)


def text_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The place of each run of text on the first page: left, bottom, right, top in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        return [page.get_rect(i) for i in range(page.count_rects())]


def metadata(pdf: bytes) -> dict[str, str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return document.get_metadata_dict()
