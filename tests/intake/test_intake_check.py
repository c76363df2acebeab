"""Rows accepted whole or rejected whole, with every fault of the file at its place."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survei_uji import BAKU, BARE, BEKASI, GANDA, NINE, TODAY, checked, codes, csv_file, xlsx

from skm.intake import Opsi, Temuan, check, propose, read_file, undecided_order
from skm.periode import parse_period
from skm.pesan import SkmError

T4 = parse_period("2024-T4")
FULL = "4;4;4;4;4;4;4;4;4"
GANDA_OPSI = Opsi(periode=T4, hari_ini=date(2026, 1, 1))


def place(temuan: Temuan) -> tuple[int, str, str, str]:
    return temuan.baris, temuan.kolom, temuan.nilai, temuan.kode


def test_answers_in_the_questionnaires_order() -> None:
    hasil = checked("U9;U8;U7;U6;U5;U4;U3;U2;U1\n1;2;3;4;;4;3;2;1")
    assert [j.nilai for j in hasil.diterima] == ["1234-4321"]
    assert hasil.nomor_baris == (2,)


def test_all_faults_of_a_file_at_once_and_the_other_rows_accepted() -> None:
    hasil = checked(
        f"""Laporan;2024
        No;{NINE}
        1;{FULL}
        2;5;4;4;4;4;4;4;4;x
        3;;;;;;;;;-

        5;3;3;3;3;3;3;3;3;3"""
    )
    assert [j.nilai for j in hasil.diterima] == ["4" * 9, "3" * 9]
    assert hasil.nomor_baris == (3, 7)
    assert [place(t) for t in hasil.ditolak] == [
        (4, "U1", "5", "jawaban-salah"),
        (4, "U9", "x", "jawaban-salah"),
        (5, "", "", "tidak-ada-jawaban"),
    ]
    assert hasil.ditolak[0].huruf == "B"
    assert "Baris 4, kolom U1" in hasil.ditolak[0].pesan
    assert [b.baris for b in hasil.baris_ditolak] == [4, 5]


def test_progress_is_reported_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    berkas = csv_file(NINE + f"\n{FULL}" * 25_000)
    check(berkas, propose(berkas, BAKU), BAKU, BARE, lambda done, all_: seen.append((done, all_)))
    assert seen == [(10_000, 25_000), (20_000, 25_000), (25_000, 25_000)]


def test_a_row_with_only_its_number_is_passed_over_and_said() -> None:
    hasil = checked(f"No;{NINE}\n1;{FULL}\n2;;;;;;;;;\n3;;;;;;;;;")
    assert hasil.jumlah_diterima == 1
    assert hasil.ditolak == ()
    assert [(t.kode, dict(t.isi)) for t in hasil.peringatan] == [
        ("baris-hanya-nomor", {"jumlah": 2, "daftar": "3-4"})
    ]


def test_the_header_again_in_the_middle() -> None:
    hasil = checked(f"No;{NINE}\n1;{FULL}\nNo;{NINE}\n2;{FULL}")
    assert hasil.jumlah_diterima == 2
    assert hasil.ditolak == ()
    assert codes(hasil.peringatan) == ["judul-terulang"]


def test_short_rows_are_blank_at_the_end_and_long_rows_are_faults() -> None:
    hasil = checked(f"{NINE};Saran\n4;4;4\n{FULL};baik;tetapi lama\n{FULL};baik;;")
    assert [j.nilai for j in hasil.diterima] == ["444------", "444444444"]
    assert [place(t) for t in hasil.ditolak] == [(3, "", "tetapi lama", "baris-kelebihan-sel")]


def test_a_question_without_a_column_is_blank_and_said() -> None:
    hasil = checked("U1;U2\n4;3")
    assert hasil.diterima[0].nilai == "43-------"
    assert codes(hasil.peringatan) == ["pertanyaan-tanpa-kolom"] * 7


def test_workbook_cells_with_types() -> None:
    moment = datetime(2024, 12, 31, 23, 30)  # noqa: DTZ001
    isi = xlsx(["Waktu", *NINE.split(";")], [moment, 4, 3.0, "2", "a", *[4] * 5], [moment, True])
    berkas = read_file("a.xlsx", isi)
    hasil = check(berkas, propose(berkas, BAKU), BAKU, TODAY)
    assert hasil.diterima[0].nilai == "432144444"
    assert [place(t)[1:] for t in hasil.ditolak] == [("U1", "TRUE", "jawaban-salah")]


# Times


def test_the_offices_clock_decides_the_quarter_and_utc_is_stored() -> None:
    header = "Waktu;U1.a;U1.b;U2"
    hasil = checked(f"{header}\n01/10/2024 00:30;4;4;4", GANDA, TODAY)
    jawaban = hasil.diterima[0]
    assert jawaban.periode == T4
    assert jawaban.waktu == datetime(2024, 9, 30, 16, 30, tzinfo=UTC)
    assert jawaban.identitas == "00:30:00"


def test_day_and_hour_columns() -> None:
    hasil = checked(
        """No;Tanggal;Jam;U1;Timestamp
        7;31/12/2024;14:05;4;1/2/2025
        8;31/12/2024;08.00 - 12.00;4;1/2/2025
        9;31/12/2024;pagi;4;1/2/2025""",
        opsi=TODAY,
    )
    local = [j.waktu.astimezone(ZoneInfo("Asia/Jakarta")) for j in hasil.diterima if j.waktu]
    assert [f"{t:%Y-%m-%d %H:%M}" for t in local] == ["2024-12-31 14:05", "2024-12-31 08:00"]
    assert [j.identitas for j in hasil.diterima] == ["7 14:05:00", None]
    assert codes(hasil.ditolak) == ["jam-salah"]


def test_days_that_cannot_be() -> None:
    hasil = checked(
        """Tanggal;U1
        31/12/1999;4
        02/01/2026;4
        kapan;4
        ;4
        31/12/2024;4
        31 Desember 2024;4
        45657;4""",
        opsi=TODAY,
    )
    assert codes(hasil.ditolak) == [
        "tanggal-terlalu-lama",
        "tanggal-masa-depan",
        "tanggal-salah",
        "tanggal-kosong",
    ]
    assert [j.periode for j in hasil.diterima] == [T4, T4, T4]


def test_month_first_timestamps_of_a_google_form() -> None:
    hasil = checked("Timestamp;U1\n10/1/2024 14:05:33;4\n12/31/2024 8:00:00;4", opsi=TODAY)
    assert [j.periode for j in hasil.diterima] == [T4, T4]
    assert hasil.diterima[0].waktu == datetime(2024, 10, 1, 7, 5, 33, tzinfo=UTC)


def test_the_chosen_period_stands_in_for_missing_days_and_bounds_the_others() -> None:
    opsi = Opsi(periode=parse_period("2024-S2"), hari_ini=date(2026, 1, 1))
    hasil = checked("Tanggal;U1\n;4\n31/12/2024;4\n30/06/2024;4", opsi=opsi)
    assert [j.periode and j.periode.kode for j in hasil.diterima] == ["2024-S2", "2024-T4"]
    assert codes(hasil.ditolak) == ["tanggal-luar-periode"]


def test_a_file_without_days_needs_a_period_said_once() -> None:
    hasil = checked(f"{NINE}\n{FULL}\n{FULL}\n9;;;;;;;;", opsi=TODAY)
    assert hasil.diterima == ()
    assert codes(hasil.ditolak) == ["periode-belum-dipilih", "jawaban-salah"]
    assert [j.periode for j in checked(f"{NINE}\n{FULL}", opsi=BARE).diterima] == [None]
    with_period = checked(f"{NINE}\n{FULL}", opsi=Opsi(periode=T4))
    assert [j.periode for j in with_period.diterima] == [T4]


def test_dates_that_excel_may_have_swapped_are_a_warning() -> None:
    real = [datetime(2024, m, 5) for m in (1, 2, 3)]  # noqa: DTZ001
    texts = ["13/05/2024", "14/05/2024", "15/05/2024"]
    berkas = read_file("a.xlsx", xlsx(["Tanggal", "U1"], *([d, 4] for d in [*real, *texts])))
    hasil = check(berkas, propose(berkas, BAKU), BAKU, TODAY)
    assert "tanggal-mungkin-tertukar" in codes(hasil.peringatan)
    assert hasil.jumlah_diterima == 6


def ordered(*days: str, opsi: Opsi = TODAY) -> tuple[list[str], list[str]]:
    hasil = checked("\n".join(["Timestamp;U1", *(f"{d};4" for d in days)]), opsi=opsi)
    found = [c for c in codes(hasil.peringatan) if c.startswith("tanggal")]
    return found, [j.periode.kode for j in hasil.diterima if j.periode]


def test_dates_without_a_day_above_twelve_are_read_day_first_and_doubted() -> None:
    days = ("10/1/2024 8:00:00", "10/12/2024 9:30:00")
    assert ordered(*days) == (["tanggal-urutan-ragu"], ["2024-T1", "2024-T4"])
    berkas = csv_file("Timestamp;U1\n10/1/2024 8:00:00;4\n10/12/2024 9:30:00;4")
    pemetaan = propose(berkas, BAKU)
    found = undecided_order(berkas, pemetaan, BAKU)
    assert found is not None
    assert not found.pasti
    assert (found.hari, found.bulan) == (
        (date(2024, 1, 10), date(2024, 12, 10)),
        (date(2024, 10, 1), date(2024, 10, 12)),
    )
    doubt = check(berkas, pemetaan, BAKU, TODAY).peringatan[0]
    assert "1 Oktober 2024 sampai 12 Oktober 2024" in doubt.pesan


@pytest.mark.parametrize(
    ("pilihan", "periode"), [("hari-dahulu", "2024-T1"), ("bulan-dahulu", "2024-T4")]
)
def test_the_operators_word_settles_the_order(pilihan: str, periode: str) -> None:
    opsi = Opsi(hari_ini=TODAY.hari_ini, urutan_tanggal=pilihan)  # type: ignore[arg-type]
    assert ordered("10/1/2024 8:00:00", opsi=opsi) == ([], [periode])


@pytest.mark.parametrize(
    "days",
    [
        ("01/02/2024", "02/03/2024"),  # one quarter either way
        ("05/05/2024", "12/12/2024"),  # one day either way
        ("2024-10-01", "1 Oktober 2024"),
        ("10/1/2024", "13/1/2024"),  # one cell shows it
    ],
)
def test_an_order_that_moves_no_quarter_is_not_asked(days: tuple[str, ...]) -> None:
    assert ordered(*days)[0] == []


def test_rows_that_ascend_under_one_order_alone_show_it() -> None:
    days = ("9/30/2024", "10/2/2024")
    assert ordered(*days)[0] == []
    days = (
        "9/11/2024 8:00",
        "9/12/2024 8:00",
        "10/1/2024 9:00",
        "10/2/2024 9:00",
        "11/1/2024 9:00",
    )
    assert ordered(*days) == (["tanggal-urutan-disimpulkan"], ["2024-T3"] * 2 + ["2024-T4"] * 3)
    assert ordered(*days[::-1])[0] == ["tanggal-urutan-ragu"]
    assert ordered(*days[1:])[0] == ["tanggal-urutan-ragu"]  # so few may ascend by accident


def test_the_chosen_period_shows_the_order() -> None:
    opsi = Opsi(periode=T4, hari_ini=TODAY.hari_ini)
    assert ordered("10/1/2024", opsi=opsi) == (["tanggal-urutan-disimpulkan"], ["2024-T4"])


# Places


def test_unknown_places_are_gathered_for_one_decision() -> None:
    table = """Layanan;Titik;U1.a;U1.b;U2
    KTP;Dinas;4;4;4
    ktp-el;MPP;4;4;4
    Kartu Keluarg;Dinas;4;4;4
    KARTU KELUARG;Dinas;4;4;4
    ;;4;4;4"""
    hasil = checked(table, GANDA, GANDA_OPSI)
    assert [(j.layanan, j.titik) for j in hasil.diterima] == [
        ("ktp", "dinas"),
        ("ktp", "mpp"),
        (None, None),
    ]
    assert codes(hasil.ditolak) == ["layanan-tak-dikenal"] * 2
    (tak,) = hasil.tak_dikenal
    assert (tak.jenis, tak.teks, tak.jumlah, tak.usul) == ("layanan", "Kartu Keluarg", 2, "kk")
    decided = Opsi(periode=T4, padanan={(tak.jenis, tak.teks): "kk"}, layanan="ktp")
    again = checked(table, GANDA, decided)
    assert [j.layanan for j in again.diterima] == ["ktp", "ktp", "kk", "kk", "ktp"]
    assert again.tak_dikenal == ()


def test_defaults_where_the_file_has_no_column() -> None:
    opsi = Opsi(periode=T4, layanan="kk", titik="mpp")
    jawaban = checked("U1.a;U1.b;U2\n4;4;4", GANDA, opsi).diterima[0]
    assert (jawaban.layanan, jawaban.titik) == ("kk", "mpp")
    bare = checked("U1.a;U1.b;U2\n4;4;4", GANDA, GANDA_OPSI).diterima[0]
    assert (bare.layanan, bare.titik) == (None, None)


@pytest.mark.parametrize(
    ("opsi", "kode"),
    [(Opsi(layanan="sim"), "layanan-kode-tak-ada"), (Opsi(titik="x"), "titik-kode-tak-ada")],
)
def test_a_default_must_exist(opsi: Opsi, kode: str) -> None:
    with pytest.raises(SkmError) as caught:
        checked("U1.a;U2\n4;4", GANDA, opsi)
    assert caught.value.kode == kode


def test_a_survey_without_lists_binds_no_place() -> None:
    assert checked(f"Jenis Layanan;{NINE}\nKTP;{FULL}").diterima[0].layanan is None


@pytest.mark.parametrize(
    ("teks", "usul"),
    [
        ("Lain-lain", None),
        ("Kartu Keluarg", "kk"),
        ("kartu-keluarga-baru", None),
        ("KTP-e", None),
        ("Pindah karena kerja", None),
    ],
)
def test_only_a_misspelt_name_is_suggested(teks: str, usul: str | None) -> None:
    hasil = checked(f"Layanan;U1.a;U1.b;U2\n{teks};4;4;4", GANDA, GANDA_OPSI)
    assert [t.usul for t in hasil.tak_dikenal] == [usul]


@pytest.mark.parametrize(
    "teks", ["Lain-lain", "Permohonan karena Hilang", "Pengaduan dalam Kota", "Pencatatan Nikah"]
)
def test_a_shared_word_is_no_suggestion(teks: str) -> None:
    hasil = checked(f"Layanan;{NINE}\n{teks};{FULL}", BEKASI)
    assert [t.usul for t in hasil.tak_dikenal] == [None]


# Profile, saran, identity, privacy


def test_profile_and_an_unknown_value_that_costs_no_answer() -> None:
    hasil = checked("JK;Umur;U1.a;U1.b;U2\nwanita;34 th;4;4;4\n?;34;4;4;4", GANDA, GANDA_OPSI)
    assert [j.profil for j in hasil.diterima] == [(("jk", "P"), ("usia", "34")), (("usia", "34"),)]
    assert [place(t) for t in hasil.peringatan] == [(3, "JK", "?", "profil-tak-dikenal")]


def test_saran_of_several_columns_is_joined_and_masked() -> None:
    hasil = checked("Kritik;Saran;U1\nLama;WA 081234567890;4\n-;tidak ada;4\n;Bagus;4")
    assert [j.saran for j in hasil.diterima] == ["Lama; WA [disamarkan]", None, "Bagus"]


RAHASIA = ("3275012345678901", "Nama Contoh", "0812000000000", "orang@contoh.id", "Jalan Contoh")


def test_what_names_people_is_in_no_result() -> None:
    row = ";".join(RAHASIA)
    hasil = checked(
        f"""NIK;Nama;No HP;Email;Alamat;Catatan lain;No;U1;Saran
        {row};{RAHASIA[0]};{RAHASIA[0]};4;{RAHASIA[3]}
        {row};{RAHASIA[0]};{RAHASIA[0]};9;{RAHASIA[3]}
        {row};{RAHASIA[0]};1;{RAHASIA[0]};"""
    )
    assert [k.judul for k in hasil.kolom_pribadi] == ["NIK", "Nama", "No HP", "Email", "Alamat"]
    assert hasil.jumlah_diterima == 1
    assert hasil.jumlah_ditolak == 2
    everything = repr(
        (hasil.diterima, hasil.ditolak, hasil.baris_ditolak, hasil.tak_dikenal, hasil.peringatan)
    )
    assert not [text for text in RAHASIA if text in everything]


@pytest.mark.parametrize(
    ("nomor", "identitas"),
    [
        ("REKONSTRUKSI-2024-T4-0001", "REKONSTRUKSI-2024-T4-0001"),
        ("TW4-2024-17", "TW4-2024-17"),
        ("20240017", "20240017"),
        ("17", None),
        ("R-017", None),
        ("Responden 17", None),
        ("3275012345678901", None),
        ("", None),
    ],
)
def test_a_number_that_begins_anew_in_every_file_is_no_identity(
    nomor: str, identitas: str | None
) -> None:
    assert checked(f"No;{NINE}\n{nomor};{FULL}").diterima[0].identitas == identitas


def test_a_time_of_day_is_an_identity_with_or_without_a_number() -> None:
    header = f"No;Tanggal;Timestamp;{NINE}"
    hasil = checked(
        f"""{header}
        1;31/12/2024;1/2/2025 08:15:30;{FULL}
        ;31/12/2024;1/2/2025 08:15:30;{FULL}
        1;31/12/2024;1/2/2025;{FULL}"""
    )
    stamp = "1/2/2025 08:15:30"
    assert [j.identitas for j in hasil.diterima] == [f"1 {stamp}", stamp, None]


# A file as Google Forms writes it


def test_a_google_form() -> None:
    texts = [f"{i}. {p.teks}" for i, p in enumerate(BAKU.kuesioner.pertanyaan, start=1)]
    texts = [t.replace("Saudara", "Anda") for t in texts]
    header = ["Timestamp", "Email Address", "Jenis Layanan", *texts, "Jenis Kelamin", "Saran"]
    best = [p.pilihan[3].teks for p in BAKU.kuesioner.pertanyaan]
    rows = [
        ["12/31/2024 14:05:33", RAHASIA[3], BEKASI.layanan[0].nama, *best, "Perempuan", ""],
        ["12/1/2024 9:00:00", RAHASIA[3], BEKASI.layanan[1].nama, *best, "Laki-laki", "Bagus,\nok"],
    ]
    lines = [",".join(f'"{c}"' for c in row) for row in [header, *rows]]
    berkas = read_file("Survei (Responses).csv", "\r\n".join(lines).encode())
    pemetaan = propose(berkas, BEKASI)
    assert pemetaan.belum == pemetaan.konfirmasi == pemetaan.masalah == pemetaan.saran == ()
    hasil = check(berkas, pemetaan, BEKASI, TODAY)
    assert [j.nilai for j in hasil.diterima] == ["444444444"] * 2
    assert [j.periode for j in hasil.diterima] == [T4, T4]
    assert [j.saran for j in hasil.diterima] == [None, "Bagus, ok"]
    assert hasil.ditolak == hasil.peringatan == ()


def test_the_sample_survey_is_accepted_whole() -> None:
    folder = Path(__file__).parents[2] / "surveys"
    for name in BEKASI.data:
        berkas = read_file(name, (folder / name).read_bytes())
        pemetaan = propose(berkas, BEKASI)
        assert pemetaan.konfirmasi == pemetaan.belum == ()
        hasil = check(berkas, pemetaan, BEKASI, TODAY)
        assert hasil.ditolak == hasil.peringatan == ()
        assert hasil.jumlah_diterima > 1000


# Any table of valid answers comes back

MARKS = st.lists(st.sampled_from("1234-"), min_size=9, max_size=9).filter(
    lambda row: set(row) != {"-"}
)
SPELLINGS = {
    "1": ("1", "a", "1,0"),
    "2": ("2", "B."),
    "3": ("3", " 3 "),
    "4": ("4", "d"),
    "-": ("",),
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(MARKS, min_size=1, max_size=12),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    st.randoms(use_true_random=False),
)
def test_answers_come_back_from_every_csv(
    rows: list[Sequence[str]], delimiter: str, encoding: str, random: object
) -> None:
    cells = [[f'"{random.choice(SPELLINGS[m])}"' for m in row] for row in rows]  # type: ignore[attr-defined]
    lines = [delimiter.join(line) for line in [NINE.split(";"), *cells]]
    berkas = read_file("a.csv", "\r\n".join(lines).encode(encoding))
    hasil = check(berkas, propose(berkas, BAKU), BAKU, BARE)
    assert [j.nilai for j in hasil.diterima] == ["".join(row) for row in rows]
    assert hasil.ditolak == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(MARKS, min_size=1, max_size=12))
def test_answers_come_back_from_a_workbook(rows: list[Sequence[str]]) -> None:
    cells = [[None if m == "-" else int(m) for m in row] for row in rows]
    berkas = read_file("a.xlsx", xlsx(NINE.split(";"), *cells))
    hasil = check(berkas, propose(berkas, BAKU), BAKU, BARE)
    assert [j.nilai for j in hasil.diterima] == ["".join(row) for row in rows]


CELLS = st.text(max_size=12) | st.sampled_from(["4", "", "Jumlah", "NRR", "31/12/2024", "9"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=12), max_size=8))
def test_every_row_is_accepted_rejected_or_passed_over(rows: list[list[str]]) -> None:
    header = "No,Tanggal,Layanan,U1,U2,U3,U4,U5,U6,Umur,Saran"
    lines = [",".join('"' + c.replace('"', '""') + '"' for c in row) for row in rows]
    try:
        berkas = read_file("a.csv", "\n".join([header, *lines]).encode("utf-8", "ignore"))
    except SkmError:
        return
    hasil = check(berkas, propose(berkas, BEKASI), BEKASI, TODAY)
    rejected = [b.baris for b in hasil.baris_ditolak]
    assert not set(rejected) & set(hasil.nomor_baris)
    assert {t.baris for t in hasil.ditolak} == set(rejected)
    for temuan in (*hasil.ditolak, *hasil.peringatan):
        assert temuan.pesan
    for jawaban in hasil.diterima:
        assert len(jawaban.nilai) == 9
        assert set(jawaban.nilai) <= set("1234-")
        assert set(jawaban.nilai) != {"-"}
