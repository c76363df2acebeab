from datetime import time
from fractions import Fraction
from pathlib import Path

import pytest

from skm.metode import Jalur, Terbawa
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.rekap import Slot
from skm.survei import SurveiInvalidError, load_survei, parse_survei, regulation_survey

SAMPLE = Path(__file__).parents[2] / "surveys" / "contoh-disdukcapil-bekasi-2024.toml"

OPTIONS = "pilihan = [{nilai=1,teks='a'},{nilai=2,teks='b'},{nilai=3,teks='c'},{nilai=4,teks='d'}]"
HEAD = "id = 'uji'\njudul = 'Uji'\ninstansi = 'Kota'\nunit = 'Dinas'\n"
BODY = f"""
[[unsur]]
kode = "U1"
nama = "Persyaratan"
[[unsur]]
kode = "U2"
nama = "Prosedur"
[kuesioner]
versi = "1"
[[kuesioner.pertanyaan]]
kode = "a"
unsur = "Persyaratan"
teks = "A?"
{OPTIONS}
[[kuesioner.pertanyaan]]
kode = "b"
unsur = "Prosedur"
teks = "B?"
{OPTIONS}
[[kuesioner.pertanyaan]]
kode = "c"
unsur = "Persyaratan"
teks = "C?"
{OPTIONS}
"""


def faults(text: str) -> dict[str, str]:
    with pytest.raises(SurveiInvalidError) as caught:
        parse_survei(text, "uji.toml")
    return {f.tempat: f.kode for f in caught.value.faults}


def test_the_sample_survey() -> None:
    survei = load_survei(SAMPLE)
    assert (len(survei.layanan), len(survei.titik), len(survei.unsur)) == (14, 72, 9)
    assert [survei.unsur[7].nama, survei.unsur[8].nama] == [
        "Sarana dan prasarana",
        "Penanganan pengaduan, saran dan masukan",
    ]
    assert str(survei.target[parse_period("2024")]) == "84.20"
    assert survei.contoh


def test_several_questions_of_one_unsur_have_places() -> None:
    survei = parse_survei(HEAD + BODY, "uji.toml")
    assert survei.slots() == (Slot("U1", 0), Slot("U2", 0), Slot("U1", 1))
    assert [u.pertanyaan for u in survei.aturan.unsur] == [2, 1]


def test_all_faults_at_once_each_with_its_place() -> None:
    text = HEAD.replace("'uji'", "'Uji Coba'") + "warna = 'merah'\nzona_waktu = 'GMT'\n"
    text += "[target]\n'2024-T9' = 80\n'2024' = 101\n" + BODY.replace("nilai=4", "nilai=5", 1)
    assert faults(text) == {
        "id": "survei-kode",
        "warna": "survei-kunci-asing",
        "zona_waktu": "zona-tak-dikenal",
        "target.2024-T9.[key]": "periode-tak-dikenal",
        "target.2024": "survei-rentang",
        "kuesioner.pertanyaan[1].pilihan[4].nilai": "survei-nilai",
    }


def test_faults_that_only_the_whole_file_shows() -> None:
    text = HEAD + BODY.replace('unsur = "Prosedur"', 'unsur = "Prosedurr"')
    text += "[[titik]]\nkode='x'\nnama='X'\ninduk='y'\n[[titik]]\nkode='x'\nnama='Z'\n"
    assert faults(text) == {
        "kuesioner.pertanyaan[2].unsur": "survei-unsur-tak-ada",
        "unsur[2].nama": "survei-unsur-tanpa-pertanyaan",
        "titik[1].induk": "survei-induk-tak-ada",
        "titik": "survei-ganda",
    }


def test_broken_toml_names_the_line() -> None:
    assert faults(HEAD + "zona_waktu = WIB\n") == {"baris 5": "survei-toml"}


def test_a_missing_or_unreadable_file(tmp_path: Path) -> None:
    binary = tmp_path / "biner.toml"
    binary.write_bytes(b"\xff\xfe\x00\x81")
    for path in (tmp_path / "tidak-ada.toml", binary):
        with pytest.raises(SkmError) as caught:
            load_survei(path)
        assert caught.value.kode == "berkas-tak-terbaca"


def test_an_office_declares_its_own_combination() -> None:
    own = "[metode]\nnama='cara-kami'\njalur='unsur'\nterbawa='penuh'\ntahap={nrr=3,ikm_unsur=1}\n"
    metode = parse_survei(HEAD + own + BODY, "uji.toml").aturan.metode
    assert (metode.nama, metode.nrr, metode.ikm_unsur, metode.tertimbang) == (
        "cara-kami",
        3,
        1,
        None,
    )
    assert (metode.jalur, metode.terbawa) == (Jalur.UNSUR, Terbawa.PENUH)


def test_own_weights_are_given_by_unsur_name_and_sum_to_one() -> None:
    good = "[metode.bobot_sendiri]\nPersyaratan = 0.7\nProsedur = 0.3\n"
    metode = parse_survei(HEAD + good + BODY, "uji.toml").aturan.metode
    assert dict(metode.bobot.sendiri) == {"U1": Fraction(7, 10), "U2": Fraction(3, 10)}
    assert faults(HEAD + good.replace("0.3", "0.2") + BODY) == {"metode": "bobot-jumlah"}
    assert faults(HEAD + good.replace("Prosedur =", "Biaya =") + BODY) == {
        "metode": "bobot-unsur-berbeda"
    }


def test_printed_weights_need_nine_unsur() -> None:
    assert faults(HEAD + "[metode]\nbobot = '0.11'\n" + BODY) == {"metode": "bobot-tetap-sembilan"}


def test_only_the_sample_names_files_of_answers() -> None:
    assert faults(HEAD + "data = ['x.csv']\n" + BODY) == {"data": "survei-data-hanya-contoh"}
    sample = HEAD + "contoh = true\ndata = ['../x.csv']\n"
    assert faults(sample + BODY) == {"data": "survei-data-nama"}


def test_the_forms_settings() -> None:
    text = """
[formulir]
wajib = ["a", "layanan"]
jam_layanan = { mulai = "07:30", selesai = 16:00:00, hari = [1, 2, 3, 4] }
[bahasa.en]
nama = "English"
[bahasa.en.teks]
"pertanyaan.a" = "A in English?"
"""
    survei = parse_survei(HEAD + text + BODY, "uji.toml")
    assert survei.formulir.jam_layanan.mulai == time(7, 30)
    assert survei.formulir.jam_layanan.selesai == time(16)
    assert survei.bahasa["en"].teks["pertanyaan.a"] == "A in English?"
    assert faults(HEAD + text.replace('"layanan"', '"nama"') + BODY) == {
        "formulir.wajib": "survei-wajib-tak-ada"
    }
    assert faults(HEAD + text.replace('"07:30"', '"pagi"') + BODY) == {
        "formulir.jam_layanan.mulai": "survei-jam"
    }


class TestRegulationSurvey:
    def test_both_orders(self) -> None:
        """Definition list: U8 = Pengaduan; questionnaire: number 8 = Sarana (acuan 1.3)."""
        assert regulation_survey("peraturan").unsur[7].nama.startswith("Penanganan Pengaduan")
        assert regulation_survey("kuesioner").unsur[7].nama == "Sarana dan prasarana"

    def test_options_follow_their_unsur(self) -> None:
        for order in ("peraturan", "kuesioner"):
            survei = regulation_survey(order)
            (sarana,) = [p for p in survei.kuesioner.pertanyaan if p.unsur.startswith("Sarana")]
            assert [o.teks for o in sarana.pilihan] == ["Buruk", "Cukup", "Baik", "Sangat Baik"]

    def test_other_numbers_of_unsur_have_no_names(self) -> None:
        assert [u.nama for u in regulation_survey(jumlah=4).unsur] == [
            f"Unsur {i}" for i in range(1, 5)
        ]
