"""Publication: the regulation's words, the published figures, and one page whatever comes."""

from dataclasses import replace
from io import BytesIO
from itertools import groupby

import pytest
from PIL import Image

from skm.pesan import SkmError
from skm.report.publikasi import (
    BENTUK,
    Bentuk,
    Publikasi,
    UnsurTerbit,
    publication_png,
    write_publication,
)

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
)

pytestmark = pytest.mark.lambat

# LKIP 2024 Disdukcapil Kota Bekasi, table 3.11 (triwulan IV); groups of respondents are made up.
IKM_UNSUR = (93.55, 93.73, 90.35, 96.68, 95.25, 92.78, 91.70, 94.63, 96.03)
UNSUR = tuple(
    UnsurTerbit(unsur.kode, unsur.nama, f"{ikm:.2f}".replace(".", ","), ikm, "A")
    for unsur, ikm in zip(contoh().unsur, IKM_UNSUR, strict=True)
)
ALAMAT = "https://skm.bekasikota.go.id/hasil/contoh-2024/2024-T4"
LANGKAH = (
    "Menambah dua loket pada pukul 08.00–11.00 agar antrean lebih singkat.",
    "Memasang papan waktu penyelesaian di setiap titik layanan.",
)
TERBIT = Publikasi(
    judul=contoh().judul,
    instansi=contoh().instansi,
    unit=contoh().unit,
    periode="Triwulan IV 2024",
    ikm="93,86",
    mutu="A",
    kinerja="Sangat Baik",
    layanan=tuple(item.nama for item in contoh().layanan),
    responden="1.560",
    jenis_kelamin=(("Laki-laki", "702"), ("Perempuan", "858")),
    pendidikan=(("SD", "61"), ("SMP", "148"), ("SMA", "903"), ("D1-D3", "—"), ("S3", "< 5")),
    mulai="1 Oktober 2024",
    selesai="31 Desember 2024",
    unsur=UNSUR,
    metode="Survei dengan kuesioner menurut PermenPANRB 14/2017; dibulatkan satu kali, di akhir.",
    tindak_lanjut=LANGKAH,
    alamat_hasil=ALAMAT,
    kode_periksa="3f9a0c2b7d41e856",
)
KOSONG = replace(
    TERBIT,
    ikm="—",
    mutu="",
    kinerja="",
    layanan=(),
    responden="0",
    jenis_kelamin=(),
    pendidikan=(),
    unsur=tuple(replace(unsur, ikm="—", nilai=None, mutu="") for unsur in UNSUR),
    tindak_lanjut=(),
    alamat_hasil=None,
)
PANJANG = ("kata panjang " * 38).strip()
RAPAT = ("takberspasi" * 46)[:500]
JAUH = "https://" + "sub." * 12 + "kabupaten-kepulauan-contoh.go.id/hasil/contoh/2024-T4"


def filled_with(teks: str, unsur: int) -> Publikasi:
    """Every text of the survey is `teks`."""
    return replace(
        TERBIT,
        judul=teks,
        instansi=teks,
        unit=teks,
        layanan=(teks, teks),
        jenis_kelamin=((teks, "702"), (teks, "858")),
        pendidikan=((teks, "1.234"),) * 8,
        unsur=(replace(UNSUR[0], nama=teks),) * unsur,
        metode=teks,
        tindak_lanjut=(teks,) * 9,
    )


CASES = {
    "biasa": TERBIT,
    "kosong": KOSONG,
    "draf": replace(TERBIT, keadaan="DRAF"),
    "seratus": replace(TERBIT, ikm="100,00"),
    "tanpa unsur": replace(TERBIT, unsur=()),
    "empat unsur": replace(TERBIT, unsur=UNSUR[:4], tindak_lanjut=()),
    "14 unsur": replace(TERBIT, unsur=UNSUR + UNSUR[:5], tindak_lanjut=LANGKAH * 9),
    "panjang": replace(filled_with(PANJANG, 14), alamat_hasil=JAUH),
    "rapat": replace(filled_with(RAPAT, 30), keadaan="DRAF"),
}


@pytest.mark.parametrize("bentuk", BENTUK)
@pytest.mark.parametrize("kasus", CASES)
def test_whatever_comes_is_one_page_and_nothing_runs_off_it(kasus: str, bentuk: Bentuk) -> None:
    pdf = write_publication(CASES[kasus], bentuk)
    assert page_count(pdf) == 1
    width, height = (842, 595) if bentuk == "peraturan" else (595, 842)
    for left, bottom, right, top in text_boxes(pdf):
        assert left > 0
        assert bottom > 0
        assert right < width
        assert top < height


def test_the_regulations_form_has_its_words_and_the_figures() -> None:
    text = texts(write_publication(TERBIT, "peraturan"))[0]
    for words in (
        "INDEKS KEPUASAN MASYARAKAT (IKM)",
        "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KOTA BEKASI",
        "PEMERINTAH KOTA BEKASI",
        "TRIWULAN IV 2024",
        "NILAI IKM",
        "93,86",
        "NAMA LAYANAN : 14 jenis layanan",
        "RESPONDEN",
        "JUMLAH : 1.560 orang",
        "JENIS KELAMIN : Laki-laki = 702 orang Perempuan = 858 orang",
        "PENDIDIKAN : SD = 61 orang SMP = 148 orang SMA = 903 orang D1-D3 = — orang S3 = < 5 orang",
        "Periode Survei = 1 Oktober 2024 s/d 31 Desember 2024",
        "TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN",
        "MASUKAN ANDA SANGAT BERMANFAAT UNTUK KEMAJUAN UNIT KAMI AGAR TERUS MEMPERBAIKI",
        "DAN MENINGKATKAN KUALITAS PELAYANAN BAGI MASYARAKAT",
        TERBIT.metode,
        TERBIT.kode_periksa,
    ):
        assert words in text
    assert "TABEL II" not in text


def test_the_infographic_says_how_good_who_what_next_and_where() -> None:
    text = texts(write_publication(TERBIT, "modern"))[0]
    for words in (
        TERBIT.unit,
        TERBIT.instansi,
        "Triwulan IV 2024",
        "93,86",
        "Sangat Baik",
        "1.560 orang",
        "14 jenis layanan",
        "1 Oktober 2024 s.d. 31 Desember 2024",
        "Laki-laki 702 Perempuan 858",
        "SD 61 SMP 148 SMA 903 D1-D3 — S3 < 5",
        "Yang akan kami perbaiki",
        "Terima kasih atas penilaian yang telah Anda berikan.",
        TERBIT.metode,
        TERBIT.kode_periksa,
        *(f"{unsur.nama} {unsur.ikm} {unsur.mutu}" for unsur in UNSUR),
    ):
        assert words in text
    for words in (*LANGKAH, ALAMAT.removeprefix("https://")):  # lines may break at a dash or slash
        assert bare(words) in bare(text)


@pytest.mark.parametrize("bentuk", BENTUK)
@pytest.mark.parametrize("keadaan", ["", "DRAF"])
def test_the_code_leads_to_the_results_page_also_on_a_draft(bentuk: Bentuk, keadaan: str) -> None:
    for alamat in (ALAMAT, JAUH):
        publikasi = replace(TERBIT, alamat_hasil=alamat, keadaan=keadaan)
        assert decoded(Image.open(BytesIO(publication_png(publikasi, bentuk)))) == [alamat]
    assert decoded(pages(write_publication(TERBIT, bentuk))[0]) == [ALAMAT]
    assert decoded(pages(write_publication(replace(TERBIT, alamat_hasil=None), bentuk))[0]) == []


@pytest.mark.parametrize(
    ("layanan", "tertulis"),
    [
        ((), "Semua layanan"),
        (("Pencatatan Kelahiran",), "Pencatatan Kelahiran"),
        (("KTP", "KK", "Akta"), "KTP; KK; Akta"),
        (("Pencatatan Perkawinan dalam Wilayah NKRI",) * 12, "12 jenis layanan"),
    ],
)
def test_layanan_are_named_where_they_fit_else_counted(layanan, tertulis) -> None:
    publikasi = replace(TERBIT, layanan=layanan)
    assert f"NAMA LAYANAN : {tertulis}" in texts(write_publication(publikasi, "peraturan"))[0]


def test_steps_beyond_the_room_are_counted_and_not_made_tiny() -> None:
    steps = tuple(f"Langkah ke-{i} untuk pelayanan yang lebih cepat." for i in range(1, 41))
    text = texts(write_publication(replace(TERBIT, tindak_lanjut=steps), "modern"))[0]
    printed = sum(step in text for step in steps)
    assert 3 <= printed < 40
    assert all(step in text for step in steps[:printed])
    assert f"dan {40 - printed} perbaikan lain" in text


def test_nothing_measured_and_nothing_planned_leaves_no_empty_headings() -> None:
    text = texts(write_publication(KOSONG, "modern"))[0]
    assert "Belum ada nilai" in text
    assert all(f"{unsur.nama} —" in text for unsur in UNSUR)
    for absent in (
        "Mutu pelayanan",
        "perbaiki",
        "Jenis kelamin",
        "Pendidikan",
        "Hasil selengkapnya",
    ):
        assert absent not in text
    resmi = texts(write_publication(KOSONG, "peraturan"))[0]
    assert "NILAI IKM —" in resmi
    assert "PENDIDIKAN" not in resmi


@pytest.mark.parametrize(
    ("mutu", "warna"),
    [
        ("A", (15, 92, 99)),
        ("B", (124, 185, 201)),
        ("C", (240, 194, 100)),
        ("D", (181, 72, 31)),
        ("", (201, 211, 213)),
    ],
)
def test_the_band_has_the_colour_of_its_mutu(mutu: str, warna: tuple[int, int, int]) -> None:
    publikasi = replace(TERBIT, mutu=mutu)
    page = Image.open(BytesIO(publication_png(publikasi, "modern", 36))).convert("RGB")
    edge = {page.getpixel((2, y)) for y in range(page.height)}
    assert warna in edge


def test_bars_are_as_long_as_their_values_on_the_scale_from_25_to_100() -> None:
    values = {(181, 72, 31): 100.0, (240, 194, 100): 62.5, (124, 185, 201): 77.5}
    unsur = tuple(
        UnsurTerbit(f"U{i}", "Unsur", "1", nilai, mutu)
        for i, (nilai, mutu) in enumerate(zip(values.values(), ("D", "C", "B"), strict=True))
    )
    picture = publication_png(replace(TERBIT, unsur=unsur), "modern", 72)
    page = Image.open(BytesIO(picture)).convert("RGB")
    longest = dict.fromkeys(values, 0)
    for y in range(page.height):
        row = (page.getpixel((x, y)) for x in range(page.width))
        for colour, run in groupby(row):
            if colour in longest:
                longest[colour] = max(longest[colour], len(list(run)))
    full = longest[181, 72, 31]
    assert full > page.width / 4
    for colour, nilai in values.items():
        assert longest[colour] / full == pytest.approx((nilai - 25) / 75, abs=0.02)


@pytest.mark.parametrize("bentuk", BENTUK)
def test_a_draft_says_so_in_words_and_across_the_page(bentuk: Bentuk) -> None:
    draft = replace(TERBIT, keadaan="DRAF")
    assert "DRAF" in texts(write_publication(draft, bentuk))[0]
    assert "DRAF" not in texts(write_publication(TERBIT, bentuk))[0]
    final, marked = (
        Image.open(BytesIO(publication_png(p, bentuk, 36))).convert("RGB") for p in (TERBIT, draft)
    )
    # No quarter of the page can be cut out without the mark.
    for x in (0, final.width // 2):
        for y in (0, final.height // 2):
            area = (x, y, x + final.width // 2, y + final.height // 2)
            assert final.crop(area).tobytes() != marked.crop(area).tobytes()


@pytest.mark.parametrize("bentuk", BENTUK)
def test_texts_are_printed_letter_by_letter(bentuk: Bentuk) -> None:
    publikasi = replace(filled_with(JAHAT, 9), layanan=(JAHAT,), tindak_lanjut=(JAHAT,))
    pdf = write_publication(replace(publikasi, kode_periksa=JAHAT), bentuk)
    text = bare(texts(pdf)[0])
    printed = {"peraturan": 3, "modern": 15}  # the regulation's form writes the head in capitals
    assert text.count(bare(JAHAT)) >= printed[bentuk]
    assert metadata(pdf)["Title"] == JAHAT
    if bentuk == "peraturan":
        assert text.count(bare(JAHAT.upper())) == 2


@pytest.mark.parametrize("ppi", [72, 150])
def test_the_picture_is_an_a4_of_the_asked_resolution(ppi: int) -> None:
    short, long = 210 / 25.4 * ppi, 297 / 25.4 * ppi
    for bentuk, size in {"modern": (short, long), "peraturan": (long, short)}.items():
        with Image.open(BytesIO(publication_png(TERBIT, bentuk, ppi))) as picture:
            assert picture.format == "PNG"
            assert picture.size == pytest.approx(size, abs=1)


@pytest.mark.parametrize("bentuk", BENTUK)
def test_letters_beyond_our_fonts_do_not_stop_the_print(bentuk: Bentuk) -> None:
    publikasi = replace(TERBIT, unit="Dinas 😀 漢字 ꦱꦸ")
    assert decoded(pages(write_publication(publikasi, bentuk))[0]) == [ALAMAT]


@pytest.mark.parametrize("bentuk", BENTUK)
def test_the_pdf_is_accessible_undated_and_the_same_each_time(bentuk: Bentuk) -> None:
    first, second = (write_publication(CASES["draf"], bentuk) for _ in range(2))
    assert first == second
    assert b"pdfuaid:part" in first
    assert b"/Lang(id)" in first
    assert metadata(first)["Title"] == TERBIT.judul
    assert metadata(first).get("CreationDate", "") == metadata(first).get("ModDate", "") == ""


@pytest.mark.parametrize(
    ("bentuk", "alamat", "kode"),
    [
        ("baliho", ALAMAT, "publikasi-bentuk"),
        ("modern", "https://skm.go.id/" + "a" * 3000, "qr-terlalu-panjang"),
    ],
)
def test_what_cannot_be_printed_is_refused(bentuk, alamat, kode) -> None:
    for write in (write_publication, publication_png):
        with pytest.raises(SkmError) as caught:
            write(replace(TERBIT, alamat_hasil=alamat), bentuk)
        assert caught.value.kode == kode
        assert "{" not in str(caught.value)
