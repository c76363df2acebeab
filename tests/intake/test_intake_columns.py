"""Headers as offices write them, bound to the survey's own questions."""

import pytest
from survei_uji import BAKU, BEKASI, GANDA, NINE, codes, csv_file, mapped, targets, xlsx

from skm.intake import Keyakinan, check, propose, read_file
from skm.intake.findings import Opsi
from skm.pesan import SkmError
from skm.survei import regulation_survey

NAMES = (
    "Persyaratan;Prosedur;Waktu pelayanan;Biaya/tarif;Produk layanan;Kompetensi pelaksana;"
    "Perilaku pelaksana;{};{}"
)
KUESIONER = regulation_survey("kuesioner")


@pytest.mark.parametrize(
    ("judul", "tujuan"),
    [
        ("U1", "u1"),
        ("u 1", "u1"),
        ("Unsur 1", "u1"),
        ("P1", "u1"),
        ("Pertanyaan 1", "u1"),
        ("U1.", "u1"),
        ("U1 (Persyaratan)", "u1"),
        ("Persyaratan", "u1"),
        ("PERSYARATAN  PELAYANAN:", "u1"),
        ("1. Persyaratan", "u1"),
        ("Sistem, Mekanisme & Prosedur", "u2"),
        ("Waktu penyelesaian", "u3"),
        ("Biaya / Tarif *)", "u4"),
        ("Sarpras", "u9"),
        ("Penanganan Pengaduan Saran dan Masukan", "u8"),
        (
            "1. Bagaimana pendapat Anda tentang kesesuaian persyaratan pelayanan dengan jenis "
            "pelayanannya? *",
            "u1",
        ),
        ("Bagaimana pendapat Bapak/Ibu tentang kualitas sarana dan prasarana", "u9"),
        (
            "Bagamana pendapat saudara perilaku petugas dalam pelayanan terkait kesopanan dan "
            "keramahan",
            "u7",
        ),
        ("Penilaian layanan [Kompetensi petugas]", "u6"),
        ("Perilaku pelaksana [1-4]", "u7"),
        ("Perilaku pelaksana (1 = tidak sopan, 4 = sangat sopan)", "u7"),
        ("Timestamp", "waktu"),
        ("Cap waktu", "waktu"),
        ("Tanggal Survei", "tanggal"),
        ("Jam Survei", "jam"),
        ("No.", "nomor"),
        ("Jenis Layanan yang diterima", "layanan"),
        ("Titik Layanan", "titik"),
        ("Kritik dan Saran", "saran"),
        ("Nama Lengkap", "pribadi"),
        ("NIK", "pribadi"),
        ("Nomor HP yang bisa dihubungi", "pribadi"),
        ("Alamat e-mail", "pribadi"),
        ("Keterangan kesalahan", "abaikan"),
        ("Warna kesukaan", "abaikan"),
    ],
)
def test_one_header(judul: str, tujuan: str) -> None:
    assert targets(mapped(f"{judul};kosong")) == {
        " ".join(judul.split()): tujuan,
        "kosong": "abaikan",
    }


@pytest.mark.parametrize(
    ("judul", "tujuan"),
    [
        ("Jenis Kelamin", "jenis_kelamin"),
        ("L/P", "jenis_kelamin"),
        ("Umur", "usia"),
        ("Pendidikan terakhir", "pendidikan"),
        ("Pekerjaan Utama", "pekerjaan"),
    ],
)
def test_profile_headers(judul: str, tujuan: str) -> None:
    assert targets(mapped(f"{judul};U1", BEKASI))[judul] == tujuan


def test_titles_above_the_header_are_skipped() -> None:
    pemetaan = mapped(f"HASIL SURVEI 2024\n\nDinas Contoh;\nNo;{NINE}\n1;4;4;4;4;4;4;4;4;4")
    assert pemetaan.baris_judul == 4
    assert pemetaan.belum == ()


def test_names_above_numbers_are_the_header_and_the_numbers_no_respondent() -> None:
    names = NAMES.format("Sarana", "Pengaduan")
    berkas = csv_file(f"{names}\n{NINE}\n4;4;4;4;4;4;4;1;2")
    pemetaan = propose(berkas, BAKU)
    assert pemetaan.baris_judul == 1
    hasil = check(berkas, pemetaan, BAKU, Opsi(wajib_periode=False))
    assert [j.nilai for j in hasil.diterima] == ["444444421"]
    assert hasil.ditolak == ()


def test_a_header_of_bare_numerals_counts_only_in_full() -> None:
    full = mapped("No;1;2;3;4;5;6;7;8;9\n1;4;4;4;4;4;4;4;4;4")
    assert full.belum == ()
    assert codes(full.konfirmasi) == ["kolom-u8-u9"]
    assert mapped("1;2;3\n4;4;4").kolom[0].tujuan == "abaikan"


def test_bare_u8_and_u9_are_bound_by_the_survey_and_confirmed_by_name() -> None:
    for survei, delapan in ((BAKU, "Penanganan Pengaduan"), (KUESIONER, "Sarana dan prasarana")):
        pemetaan = mapped(NINE, survei)
        (butir,) = pemetaan.konfirmasi
        assert butir.kode == "kolom-u8-u9"
        assert f"U8 = {delapan}" in butir.pesan
        assert butir.kolom == (7, 8)
        assert pemetaan.confirmed().konfirmasi == ()


def test_swapping_u8_and_u9() -> None:
    swapped = mapped(NINE).swap_u8_u9()
    assert targets(swapped)["U8"] == "u9"
    assert targets(swapped)["U9"] == "u8"
    assert swapped.konfirmasi == ()
    assert targets(swapped.swap_u8_u9()) == targets(mapped(NINE))


def test_a_name_wins_over_its_number_and_that_is_said() -> None:
    pemetaan = mapped("U7;U8 Penanganan pengaduan;U9 Sarana prasarana", KUESIONER)
    assert targets(pemetaan)["U8 Penanganan pengaduan"] == "u9"
    assert targets(pemetaan)["U9 Sarana prasarana"] == "u8"
    assert codes(pemetaan.catatan) == ["kolom-nama-menang"] * 2
    assert pemetaan.konfirmasi == ()
    assert mapped("U8 Penanganan pengaduan;U7").catatan == ()


def test_names_without_numbers_need_no_confirmation() -> None:
    pemetaan = mapped(NAMES.format("Sarana dan prasarana", "Pengaduan"), BEKASI)
    assert pemetaan.belum == pemetaan.konfirmasi == pemetaan.saran == ()


@pytest.mark.parametrize(
    ("isi", "tujuan"), [("31/12/2024 10:00", "waktu"), ("4", "u3"), ("Cepat", "u3")]
)
def test_waktu_is_a_time_or_unsur_3_by_its_cells(isi: str, tujuan: str) -> None:
    assert targets(mapped(f"Waktu;U1\n{isi};4"))["Waktu"] == tujuan


def test_near_misses_are_asked_not_taken() -> None:
    pemetaan = mapped("Persyaratn;U2;Kelurahan;Nilai untuk kompetensi pelaksana di sini")
    assert targets(pemetaan)["Persyaratn"] == "abaikan"
    assert [(b.kode, b.tujuan) for b in pemetaan.saran] == [
        ("kolom-usul", "u1"),
        ("kolom-usul", "titik"),
        ("kolom-usul", "u6"),
    ]
    taken = pemetaan.with_column(0, "u1")
    assert [b.tujuan for b in taken.saran] == ["titik", "u6"]
    assert taken.kolom[0].keyakinan is Keyakinan.MANUSIA


@pytest.mark.parametrize(
    ("judul", "tujuan"),
    [
        (
            "Bagaimana pendapat Saudara perilaku petugas dalam pelayanan terkait kesopanan dan "
            "keramahan",
            "u7",
        ),
        (
            "7. Bagaimana pendapat Anda tentang perilaku petugas dlm pelayanan terkait kesopanan "
            "dan keramahan",
            "u7",
        ),
        (
            "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan di "
            "Disdukcapil?",
            "u3",
        ),
        ("Bagaimana pemahaman Saudara tentang keamanan prosedur pelayanan di unit ini?", "abaikan"),
        ("Bagaimana pendapat Saudara tentang kecepatan dalam pelayanan?", "abaikan"),
    ],
)
def test_a_questions_text_with_some_words_amiss(judul: str, tujuan: str) -> None:
    assert targets(mapped(f"{judul};U2"))[judul] == tujuan


def test_a_number_past_the_last_unsur_is_said_and_never_taken_for_another() -> None:
    pemetaan = mapped(f"{NINE};U10")
    assert pemetaan.saran == ()
    assert codes(pemetaan.catatan) == ["kolom-nomor-lebih"]
    assert pemetaan.catatan[0].kolom == (9,)


def test_suggestions_for_questions_without_a_column_have_to_be_settled() -> None:
    pemetaan = mapped("Persyaratn;U2;Kelurahan")
    assert [b.tujuan for b in pemetaan.saran_wajib] == ["u1"]
    assert pemetaan.with_column(0, "abaikan").saran_wajib == ()
    assert mapped("Persyaratn;U1;U2").saran_wajib == ()


def test_unsur_without_a_column_by_code() -> None:
    assert mapped("U1;U2;U3;U4;U5;U6;U8;U9").unsur_tanpa_kolom == ("U7",)
    assert mapped("U1.a;U3", GANDA).unsur_tanpa_kolom == ("U2",)


def test_questions_without_a_column() -> None:
    assert mapped("U1;U2;U3").belum == ("u4", "u5", "u6", "u7", "u8", "u9")
    assert codes(mapped("a;b").masalah) == ["kolom-tanpa-pertanyaan"]


def test_two_columns_for_one_target_are_a_problem_until_one_goes() -> None:
    berkas = csv_file("U1;Persyaratan;U2\n4;4;4")
    pemetaan = propose(berkas, BAKU)
    assert codes(pemetaan.masalah) == ["kolom-ganda"]
    assert pemetaan.masalah[0].kolom == (0, 1)
    with pytest.raises(SkmError) as caught:
        check(berkas, pemetaan, BAKU, Opsi())
    assert caught.value.kode == "pemetaan-bermasalah"
    assert pemetaan.with_column(0, "abaikan").masalah == ()


def test_a_target_must_exist() -> None:
    with pytest.raises(ValueError, match="u99"):
        mapped("U1;U2").with_column(0, "u99")


def test_several_questions_of_an_unsur_are_bound_by_code_or_text_never_by_its_number() -> None:
    pemetaan = mapped("U1.a;Bagaimana kecepatan antreannya?;U2;U1", GANDA)
    assert [k.tujuan for k in pemetaan.kolom] == ["u1.a", "u1.b", "u2", "abaikan"]


def test_an_own_name_that_looks_like_a_private_column_stays_the_offices() -> None:
    assert targets(mapped("Jenis layanan;U1.a", GANDA))["Jenis layanan"] == "layanan"


def test_the_best_sheet_is_proposed_and_another_can_be_chosen() -> None:
    header = NINE.split(";")
    isi = xlsx(
        Sampul=[["Laporan"], ["Dinas"]],
        Rekap=[header, [4] * 9],
        Data=[["Judul"], ["No", *header], *([i, *[3] * 9] for i in range(5))],
    )
    berkas = read_file("a.xlsx", isi)
    assert propose(berkas, BAKU).lembar == "Data"
    assert propose(berkas, BAKU, "Rekap").lembar == "Rekap"
    with pytest.raises(SkmError) as caught:
        propose(berkas, BAKU, "Tiada")
    assert caught.value.kode == "lembar-tak-ada"


def test_letters_of_columns() -> None:
    assert [k.huruf for k in mapped(NINE).kolom] == list("ABCDEFGHI")


@pytest.mark.parametrize("jumlah", [8, 14])
def test_a_survey_without_those_two_unsur_has_no_trap(jumlah: int) -> None:
    header = ";".join(f"U{i}" for i in range(1, jumlah + 1))
    pemetaan = mapped(header, regulation_survey(jumlah=jumlah))
    assert pemetaan.belum == pemetaan.konfirmasi == ()
