"""The paper questionnaire: the regulation's layout, the survey's texts, one sheet."""

from datetime import time

import pytest

from skm.pesan import SkmError
from skm.report import sheet_mark, write_questionnaire
from skm.survei import Survei, regulation_survey
from skm.survei.model import JamLayanan

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


def asked(survei: Survei) -> list[str]:
    """What a page must say of each question: its number and text, letters, options and values."""
    return [
        bare(
            f"{number}. {question.teks} "
            + " ".join(
                f"{letter}. {option.teks} {option.nilai}"
                for letter, option in zip("abcd", question.pilihan, strict=True)
            )
        )
        for number, question in enumerate(survei.kuesioner.pertanyaan, start=1)
    ]


def missing(survei: Survei, *printed: str) -> list[str]:
    """The questions that stand whole on none of the pages."""
    return [block for block in asked(survei) if not any(block in bare(text) for text in printed)]


def test_the_sample_fits_one_side_with_nine_questions_and_36_options() -> None:
    (text,) = texts(write_questionnaire(contoh()))
    assert missing(contoh(), text) == []
    assert len(asked(contoh())) == 9


def test_the_page_has_the_parts_of_the_regulation() -> None:
    (text,) = texts(write_questionnaire(contoh()))
    parts = [
        "KUESIONER SURVEI KEPUASAN MASYARAKAT (SKM)",
        f"Pada unit layanan {contoh().unit}",
        "Tanggal survei:",
        "No.:",
        "Jam survei: 08.00 – 12.00 13.00 – 17.00",
        "I. PROFIL RESPONDEN",
        "Jenis kelamin Laki-laki Perempuan",
        "tahun",
        "Lainnya (sebutkan)",
        "Jenis layanan yang diterima",
        "II. PENDAPAT RESPONDEN TENTANG PELAYANAN",
        "(Lingkari kode huruf sesuai jawaban masyarakat/responden)",
        "Saran dan masukan",
        "Terima kasih",
        "tanpa nama",
        "nilai persepsi",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_the_corner_names_survey_version_titik_and_layanan() -> None:
    pdf = write_questionnaire(contoh(), titik="kel-bekasi-utara-kaliabang-tengah", layanan="kia")
    mark = "skm:contoh-disdukcapil-bekasi-2024:2024-1:kel-bekasi-utara-kaliabang-tengah:kia"
    assert sheet_mark(contoh(), "kel-bekasi-utara-kaliabang-tengah", "kia") == mark
    assert [decoded(page) for page in pages(pdf)] == [[mark]]
    (text,) = texts(pdf)
    assert mark in text
    assert "Titik layanan Kelurahan Kaliabang Tengah" in text
    assert "Penerbitan Kartu Identitas Anak Baru untuk Anak WNI" in text


def test_the_corner_may_lead_to_the_form_instead() -> None:
    alamat = "https://skm.bekasikota.go.id/isi/K7QM2P"
    pdf = write_questionnaire(contoh(), alamat, "dinas")
    assert decoded(pages(pdf)[0]) == [alamat]
    assert "skm:contoh-disdukcapil-bekasi-2024:2024-1:dinas:" in texts(pdf)[0]


def test_a_bare_sheet_is_marked_with_empty_places() -> None:
    assert decoded(pages(write_questionnaire(contoh()))[0]) == [
        "skm:contoh-disdukcapil-bekasi-2024:2024-1::"
    ]


@pytest.mark.parametrize("jumlah", [1, 4, 8, 10, 14])
def test_one_side_holds_up_to_fourteen_questions(jumlah: int) -> None:
    survei = with_questions(jumlah)
    (text,) = texts(write_questionnaire(survei))
    assert missing(survei, text) == []


def test_the_back_is_used_only_when_the_front_is_full() -> None:
    survei = with_questions(14, "Bagaimana pendapat Saudara " * 3)
    printed = texts(write_questionnaire(survei))
    assert len(printed) == 2
    assert missing(survei, *printed) == []
    assert "Lanjut ke halaman 2" in printed[0]
    assert "Saran dan masukan" in printed[1]


def test_sixty_questions_are_all_printed() -> None:
    survei = with_questions(60)
    assert missing(survei, *texts(write_questionnaire(survei))) == []


def test_the_regulation_alone_is_enough() -> None:
    survei = regulation_survey("kuesioner")
    (text,) = texts(write_questionnaire(survei))
    assert missing(survei, text) == []


def test_texts_are_printed_letter_by_letter() -> None:
    survei = with_questions(9, JAHAT)
    layanan = survei.layanan[0].model_copy(update={"nama": JAHAT})
    profil = survei.profil[0].model_copy(update={"label": JAHAT})
    survei = survei.model_copy(
        update={
            "judul": JAHAT,
            "instansi": JAHAT,
            "unit": JAHAT,
            "layanan": (layanan,),
            "profil": (profil,),
        }
    )
    pdf = write_questionnaire(survei, layanan=layanan.kode)
    text = " ".join(texts(pdf))
    assert bare(text).count(bare(JAHAT)) == 9 * 5 + 4
    assert metadata(pdf)["Title"] == f"Kuesioner {JAHAT}"


@pytest.mark.parametrize("teks", ["kata panjang " * 38, "takberspasi" * 45])
def test_the_longest_texts_stay_on_the_paper(teks: str) -> None:
    survei = with_questions(3, teks.strip()[:400])
    survei = survei.model_copy(update={"unit": teks.strip()[:500], "instansi": teks.strip()[:500]})
    for left, bottom, right, top in text_boxes(write_questionnaire(survei)):
        assert left > 0
        assert bottom > 0
        assert right < 596
        assert top < 842


def test_options_out_of_order_keep_their_own_value() -> None:
    survei = contoh()
    first = survei.kuesioner.pertanyaan[0]
    turned = first.model_copy(update={"pilihan": first.pilihan[::-1]})
    kuesioner = survei.kuesioner.model_copy(update={"pertanyaan": (turned,)})
    (text,) = texts(write_questionnaire(survei.model_copy(update={"kuesioner": kuesioner})))
    assert "a. Sangat sesuai 4 b. Sesuai 3 c. Kurang sesuai 2 d. Tidak sesuai 1" in text


def test_a_few_layanan_are_boxes_to_tick() -> None:
    survei = contoh().model_copy(update={"layanan": contoh().layanan[:3]})
    (text,) = texts(write_questionnaire(survei))
    assert all(item.nama in text for item in survei.layanan)


def test_a_closed_layanan_is_not_offered() -> None:
    closed = contoh().layanan[1].model_copy(update={"aktif": False})
    survei = contoh().model_copy(update={"layanan": (contoh().layanan[0], closed)})
    (text,) = texts(write_questionnaire(survei))
    assert contoh().layanan[0].nama in text
    assert closed.nama not in text


@pytest.mark.parametrize(
    ("mulai", "selesai", "tercetak"),
    [
        (time(7, 30), time(15, 30), "Jam survei: 07.30 – 12.00 13.00 – 15.30"),
        (time(8), time(12), "Jam survei: 08.00 – 12.00 "),
    ],
)
def test_the_hours_are_the_office_s_own(mulai: time, selesai: time, tercetak: str) -> None:
    hours = JamLayanan(mulai=mulai, selesai=selesai)
    formulir = contoh().formulir.model_copy(update={"jam_layanan": hours})
    (text,) = texts(write_questionnaire(contoh().model_copy(update={"formulir": formulir})))
    assert tercetak in text


def test_the_same_survey_gives_the_same_accessible_bytes() -> None:
    first, second = write_questionnaire(contoh()), write_questionnaire(contoh())
    assert first == second
    assert page_count(first) == 1
    assert b"pdfuaid:part" in first
    assert b"/Lang(id)" in first


@pytest.mark.parametrize(
    ("places", "kode"),
    [({"titik": "tak-ada"}, "kuesioner-titik"), ({"layanan": "tak-ada"}, "kuesioner-layanan")],
)
def test_a_place_the_survey_lacks_is_refused(places: dict[str, str], kode: str) -> None:
    with pytest.raises(SkmError) as caught:
        write_questionnaire(contoh(), **places)
    assert caught.value.kode == kode
    assert "tak-ada" in str(caught.value)
