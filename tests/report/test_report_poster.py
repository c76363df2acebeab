"""Posters: every page leads to its own address and says whose and where it is."""

import pytest

from skm.pesan import SkmError
from skm.report import UKURAN, Tempelan, Ukuran, write_poster
from skm.report.poster import typed_address
from skm.survei.model import Bahasa

from .cetakan import (
    JAHAT,
    bare,
    contoh,
    decoded,
    metadata,
    page_count,
    pages,
    text_boxes,
    texts,
    with_questions,
)

pytestmark = pytest.mark.lambat

LONGEST = max((item.nama for item in contoh().layanan), key=len)
TEMPELAN = [
    Tempelan("K7QM2P", "https://skm.bekasikota.go.id/isi/K7QM2P", "Kelurahan Kaliabang Tengah"),
    Tempelan("H4RT9X", "http://192.168.10.25:8501/isi/H4RT9X", contoh().titik[0].nama, LONGEST),
    Tempelan("ZZ", "https://survei.pelayanan.kabupaten-kepulauan-contoh.go.id/isi/ZZ", "MPP 1"),
]
FACES = {"a4": 1, "a5": 1, "tenda": 2}
SIZES = {"a4": (595, 842), "a5": (420, 595), "tenda": (595, 842)}


@pytest.mark.parametrize("bahasa", [None, "en"])
@pytest.mark.parametrize("ukuran", UKURAN)
def test_every_page_leads_to_exactly_its_address(ukuran: Ukuran, bahasa: str | None) -> None:
    printed = pages(write_poster(contoh(), TEMPELAN, ukuran, bahasa))
    assert [decoded(page) for page in printed] == [[t.alamat] * FACES[ukuran] for t in TEMPELAN]
    width, height = SIZES[ukuran]
    assert {(round(p.width / 1.5), round(p.height / 1.5)) for p in printed} <= {
        (w, h) for w in (width, width + 1) for h in (height, height + 1)
    }


def test_both_faces_of_a_tent_stand_upright_when_it_is_folded() -> None:
    page = pages(write_poster(contoh(), TEMPELAN[:1], "tenda"))[0]
    middle = page.height // 2
    upper = page.crop((0, 0, page.width, middle)).rotate(180)
    lower = page.crop((0, middle, page.width, page.height))
    for face in (upper, lower):
        assert decoded(face) == [TEMPELAN[0].alamat]
    # The upper face turned round is the lower one.
    size = (105, 74)
    pairs = zip(
        upper.convert("L").resize(size).tobytes(),
        lower.convert("L").resize(size).tobytes(),
        strict=True,
    )
    assert sum(abs(a - b) for a, b in pairs) / (size[0] * size[1]) < 6


@pytest.mark.parametrize("ukuran", UKURAN)
def test_a_page_says_whose_where_and_how(ukuran: Ukuran) -> None:
    for item, text in zip(TEMPELAN, texts(write_poster(contoh(), TEMPELAN, ukuran)), strict=True):
        assert contoh().unit in text
        assert contoh().instansi in text
        assert item.nama_titik in text
        assert (item.nama_layanan or "") in text
        assert "Bagaimana pelayanan kami hari ini?" in text
        assert "Pindai, sembilan pertanyaan, satu menit, tanpa nama." in text
        assert "anonim" in text
        assert item.alamat.removeprefix("https://") in text.replace(" ", "")
        assert "How was" not in text


def test_the_typed_address_keeps_http_and_breaks_after_a_slash() -> None:
    assert typed_address("https://skm.go.id/isi/K7") == ["skm.go.id/", "isi/", "K7"]
    assert typed_address("http://10.0.0.5:8501/isi/K7")[0] == "http://"
    long = typed_address("https://" + "a" * 70 + ".survei.go.id/isi/K7")
    assert max(map(len, long)) <= 30
    assert "".join(long) == "a" * 70 + ".survei.go.id/isi/K7"


@pytest.mark.parametrize(
    ("jumlah", "kalimat"),
    [
        (4, "Pindai, empat pertanyaan, satu menit, tanpa nama."),
        (12, "Pindai, dua belas pertanyaan, dua menit, tanpa nama."),
        (14, "Pindai, 14 pertanyaan, dua menit, tanpa nama."),
    ],
)
def test_the_invitation_counts_the_questions(jumlah: int, kalimat: str) -> None:
    assert kalimat in texts(write_poster(with_questions(jumlah), TEMPELAN[:1], "a5"))[0]


def test_a_second_language_stands_under_the_first() -> None:
    text = texts(write_poster(contoh(), TEMPELAN[:1], "a4", "en"))[0]
    assert "Bagaimana pelayanan kami hari ini?" in text
    assert "How was our service today?" in text
    assert "Scan, nine questions, one minute, no name." in text


def test_a_survey_brings_its_own_language_and_its_own_words() -> None:
    own = {
        f"poster.{key}": f"{key} {{jumlah}} {{x}}" for key in ("tanya", "cara", "ketik", "anonim")
    }
    survei = contoh().model_copy(
        update={
            "bahasa": {
                "su": Bahasa(nama="Basa Sunda", teks=own),
                "en": Bahasa(nama="English", teks={"poster.tanya": "Well served?"}),
            }
        }
    )
    assert "tanya 9 {x}" in texts(write_poster(survei, TEMPELAN[:1], "a4", "su"))[0]
    english = texts(write_poster(survei, TEMPELAN[:1], "a4", "en"))[0]
    assert "Well served?" in english
    assert "nine questions" in english


@pytest.mark.parametrize("ukuran", UKURAN)
def test_texts_are_printed_letter_by_letter(ukuran: Ukuran) -> None:
    survei = contoh().model_copy(update={"judul": JAHAT, "unit": JAHAT, "instansi": JAHAT})
    item = Tempelan("x", TEMPELAN[0].alamat, JAHAT, JAHAT)
    pdf = write_poster(survei, [item], ukuran, "en")
    # A tent's second face is the first turned round, tested as a picture: text on its head is
    # extracted with its line breaks garbled.
    assert bare(texts(pdf)[0]).count(bare(JAHAT)) >= 4
    assert metadata(pdf)["Title"] == JAHAT


@pytest.mark.parametrize("ukuran", UKURAN)
@pytest.mark.parametrize("nama", ["kata panjang " * 38, "takberspasi" * 45])
def test_the_longest_names_stay_on_their_one_page(ukuran: Ukuran, nama: str) -> None:
    nama = nama.strip()[:500]
    survei = contoh().model_copy(update={"unit": nama, "instansi": nama})
    alamat = "https://" + "sub." * 12 + "kabupaten-kepulauan-contoh.go.id/isi/K7QM2P"
    pdf = write_poster(survei, [Tempelan("x", alamat, nama, nama)] * 2, ukuran, "en")
    assert page_count(pdf) == 2
    assert decoded(pages(pdf)[0]) == [alamat] * FACES[ukuran]
    width, height = SIZES[ukuran]
    for left, bottom, right, top in text_boxes(pdf):
        assert left > 0
        assert bottom > 0
        assert right < width
        assert top < height


def test_letters_beyond_our_fonts_do_not_stop_the_print() -> None:
    item = Tempelan("x", TEMPELAN[0].alamat, "Loket 😀 漢字 ꦱꦸ")
    pdf = write_poster(contoh(), [item], "a4")
    assert decoded(pages(pdf)[0]) == [item.alamat]


def test_72_placements_are_72_pages() -> None:
    items = [
        Tempelan(f"K{i}", f"https://skm.bekasikota.go.id/isi/K{i:05}", titik.nama)
        for i, titik in enumerate(contoh().titik)
    ]
    printed = texts(write_poster(contoh(), items, "a4"))
    assert len(printed) == 72
    assert all(item.nama_titik in text for item, text in zip(items, printed, strict=True))


def test_the_same_placements_give_the_same_bytes_without_a_date() -> None:
    first, second = (write_poster(contoh(), TEMPELAN, "a4", "en") for _ in range(2))
    assert first == second
    assert metadata(first).get("CreationDate", "") == metadata(first).get("ModDate", "") == ""


def test_the_pdf_is_accessible_and_carries_its_fonts() -> None:
    pdf = write_poster(contoh(), TEMPELAN[:1], "a4", "en")
    assert b"pdfuaid:part" in pdf
    assert b"/Lang(id)" in pdf
    assert metadata(pdf)["Title"] == contoh().judul
    assert pdf.count(b"/FontFile") >= 2


@pytest.mark.parametrize(
    ("items", "ukuran", "bahasa", "kode"),
    [
        ([], "a4", None, "poster-tanpa-tautan"),
        (TEMPELAN, "a3", None, "poster-ukuran"),
        (TEMPELAN, "a4", "xx", "poster-bahasa"),
        ([Tempelan("x", "", "Dinas")], "a4", None, "qr-kosong"),
    ],
)
def test_what_cannot_be_printed_is_refused(items, ukuran, bahasa, kode) -> None:
    with pytest.raises(SkmError) as caught:
        write_poster(contoh(), items, ukuran, bahasa)
    assert caught.value.kode == kode
    assert "{" not in str(caught.value)
