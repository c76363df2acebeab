"""The report's words: the whole sample as golden text, and the cases that read oddly if forgotten.

After an intended change: `python tests/laporan/test_laporan_susun.py` writes the golden texts
anew; read the difference before it is committed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from contoh_laporan import S1, S2, SURVEI, T3, T4, YEAR, sample, small
from teks import as_text

from skm.jawaban import Jawaban, Kanal
from skm.laporan.lkip import build_lkip
from skm.laporan.susun import build_report
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.periode import Jenis, Periode, parse_period, period_at
from skm.pesan import SkmError
from skm.report.dokumen import BlokGambar, BlokTabel
from skm.store import BatchBaru, StatusTindak, Store, TindakBaru, open_store
from skm.tanggal import day_text

pytestmark = pytest.mark.lambat

GOLDEN = Path(__file__).parent / "emas"


def golden(folder: Path) -> dict[str, str]:
    """The semester's report and the year's LKIP of the sample."""
    with sample(folder, S1, T3, T4, S2) as store:
        resmi = open_official(store, SURVEI)
        return {
            "laporan-2024-S2.txt": as_text(build_report(resmi, S2)),
            "lkip-2024.txt": as_text(build_lkip(resmi, 2024)),
        }


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return golden(tmp_path_factory.mktemp("laporan"))


@pytest.mark.parametrize("name", ["laporan-2024-S2.txt", "lkip-2024.txt"])
def test_the_sample_s_documents_are_as_read(written: dict[str, str], name: str) -> None:
    assert written[name] == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "published",
    [
        "IKM) 93,78 dengan mutu pelayanan A (Sangat Baik)",
        "(93,70 + 93,86) / 2 = 93,78",
        "U3 | Waktu penyelesaian | 3,614 | 90,35 | A | Sangat Baik",
        "  Triwulan IV 2024 | 1.560 | 93,86 | A | Sangat Baik | 84,20 | 111,47%",
        "  Tahun 2024 | 5.585 | 93,71 | A | Sangat Baik | 84,20 | 111,29%",
        "  Tahun 2022 | 90,00 | 86,88 | B | 96,53%",
        "  Tahun 2023 | 95,00 | 91,55 | A | 96,37%",
        "  Pencatatan Lahir Mati | 60 | 52 | 38 | Kurang 14",  # Krejcie & Morgan: 60 -> 52
        "Terealisasi 50,00%: 1 dari 2 kegiatan selesai.",
    ],
)
def test_published_figures_stand_in_the_report(written: dict[str, str], published: str) -> None:
    assert published in written["laporan-2024-S2.txt"]


@pytest.mark.parametrize(
    "published",
    ["| 84,20 | 93,71 | 111,29% | A", "(93,64 + 93,78) / 2 = 93,71", "U4 | Biaya/tarif | 3,867"],
)
def test_published_figures_stand_in_the_lkip_extract(
    written: dict[str, str], published: str
) -> None:
    assert published in written["lkip-2024.txt"]


@pytest.fixture
def kecil(tmp_path: Path):
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        yield store


def report(store: Store, periode: Periode = T4) -> str:
    return as_text(build_report(open_official(store, "kecil"), periode))


def answers(*nilai: str, periode: Periode = T4, layanan: str | None = "l0") -> list[Jawaban]:
    return [Jawaban(n, periode, layanan=layanan) for n in nilai]


def test_a_period_without_answers_has_no_report(kecil: Store) -> None:
    small(kecil)
    with pytest.raises(SkmError) as caught:
        report(kecil)
    assert caught.value.kode == "laporan-kosong"


def test_blank_sheets_are_no_answers(kecil: Store) -> None:
    small(kecil, *answers("--", "--"))
    with pytest.raises(SkmError) as caught:
        report(kecil)
    assert caught.value.kode == "laporan-kosong"


def test_a_draft_says_so_and_has_no_check_code(kecil: Store) -> None:
    small(kecil, *answers("43", "44"))
    document = build_report(open_official(kecil, "kecil"), T4)
    assert document.sampul is not None
    assert document.sampul.keadaan == "DRAF"
    text = as_text(document)
    assert "masih dapat berubah" in text
    assert "kode periksa <" not in text
    close(kecil, "kecil", T4)
    document = build_report(open_official(kecil, "kecil"), T4)
    assert document.sampul is not None
    assert document.sampul.keadaan == ""
    assert "<sha-256>" in as_text(document)


def test_few_respondents_no_target_no_past_no_remarks(kecil: Store) -> None:
    small(kecil, *answers("43", "44"))
    text = report(kecil)
    assert "Triwulan IV 2024 tidak memiliki target." in text
    assert "Nilai periode sebelumnya belum tersedia" in text
    assert "periode yang diukur kurang dari 30, sehingga" in text
    assert "Tidak ada saran yang ditulis" in text
    assert "Rencana tindak lanjut untuk U2 Sarana belum ditetapkan." in text
    assert "tahun-tahun sebelumnya belum dicatat" in text
    assert "None" not in text


def test_one_layanan_has_no_comparison_of_layanan(kecil: Store) -> None:
    small(kecil, *answers("43", "44"), layanan=("KTP",))
    text = report(kecil)
    assert "jenis layanan dan" not in text
    assert "per jenis layanan" not in text
    assert "Menurut jenis layanan" not in text


def test_layanan_of_under_five_respondents_are_not_exposed(kecil: Store) -> None:
    small(kecil, *answers(*["43"] * 5), *answers("11", layanan="l1"))
    text = report(kecil)
    assert "Kartu Keluarga (1 responden): responden terlalu sedikit" in text
    assert "  Kartu Keluarga | 1 | — | — | — | — |" in text
    assert "kurang dari 5 responden tidak ditampilkan" in text
    assert "25,00" not in text.split("Nilai interval")[0]
    small_map = [line for line in text.splitlines() if line.startswith("  Kartu Keluarga:")]
    assert small_map == []


def test_ties_are_named_together(kecil: Store) -> None:
    small(kecil, *answers("4433", "4433"), unsur=4)
    text = report(kecil)
    assert (
        "U1 Waktu dan U2 Sarana sama-sama memperoleh nilai tertinggi, masing-masing 100,00" in text
    )
    assert "U3 Biaya dan U4 Sikap sama-sama memperoleh nilai terendah, masing-masing 75,00" in text


def test_all_unsur_alike_is_one_sentence(kecil: Store) -> None:
    small(kecil, *answers("33", "33"))
    text = report(kecil)
    assert "Semua unsur bernilai sama." in text
    assert "Semua unsur perlu dipertahankan." in text
    assert "Rencana tindak lanjut belum ditetapkan." in text


def test_a_missing_quarter_is_named(kecil: Store) -> None:
    small(kecil, *answers("43", "44"))
    text = report(kecil, S2)
    assert "Hanya dari Triwulan IV 2024; tanpa data: Triwulan III 2024." in text


def test_an_unsur_nobody_answered_is_named(kecil: Store) -> None:
    small(kecil, *answers("4-", "3-"))
    assert "Tidak terisi: U2; bobotnya dibagikan ke unsur lain." in report(kecil)


def test_a_missed_target_is_said_plainly(kecil: Store) -> None:
    small(kecil, *answers("33", "34"), more='[target]\n"2024-T4" = "90.00"')
    # (75 + 87,5) / 2 = 81,25; 81,25 / 90 = 90,28 %
    assert "Target sebesar 90,00 belum tercapai, dengan capaian 90,28%." in report(kecil)


def test_a_fall_beyond_chance_is_called_one(kecil: Store) -> None:
    small(
        kecil, *answers(*["44"] * 35, *["43"] * 5, periode=T3), *answers(*["22"] * 30, *["23"] * 10)
    )
    text = report(kecil)
    assert re.search(r"IKM turun \d+,\d\d poin\.", text)
    assert "sehingga penurunan tersebut nyata" in text


def test_two_channels_are_compared(kecil: Store) -> None:
    small(kecil, *answers(*["43"] * 6))
    kecil.add_batch("kecil", BatchBaru(Kanal.QR), answers(*["22"] * 6))
    text = report(kecil)
    assert "Perbedaan menurut kanal" in text
    assert "QR (6)" in text
    assert "bukan angka resmi" in text


def test_own_paragraphs_replace_ours_and_are_carried_on(kecil: Store) -> None:
    small(kecil, *answers("43", "44"), *answers("43", periode=parse_period("2025-T1")))
    kecil.set_report_text("kecil", T4, "latar-belakang", "Satu.\n\nDua {unit} <b>.")
    kecil.set_report_text("kecil", T4, "penandatangan", "Bekasi, 5 Januari 2025\nKepala Dinas")
    for periode in (T4, parse_period("2025-T1")):
        text = report(kecil, periode)
        assert "\nSatu.\nDua {unit} <b>.\n" in text
        assert "mewajibkan penyelenggara" not in text
        assert "\nBekasi, 5 Januari 2025\nKepala Dinas\n" in text
    kecil.set_report_text("kecil", parse_period("2025-T1"), "latar-belakang", "")
    assert "mewajibkan penyelenggara" in report(kecil, parse_period("2025-T1"))


def test_later_answers_are_told_beside_the_closed_figure(kecil: Store) -> None:
    small(kecil, *answers("43", "44"))
    close(kecil, "kecil", T4)
    kecil.add_batch("kecil", BatchBaru(Kanal.UNGGAH), answers("11"))
    text = report(kecil)
    assert "1 jawaban masuk setelah Triwulan IV 2024 ditutup; angka resmi tidak berubah." in text
    # U1 (4+4+1)/3 = 3; U2 (3+4+1)/3; their mean x 25 = 70,83
    assert "Bila ikut dihitung: 70,83 (C)." in text


def test_a_remark_with_emoji_prints_without_them(kecil: Store) -> None:
    given = [Jawaban("43", T4, saran="Antrenya lama 😡👍🏽"), Jawaban("44", T4)]
    small(kecil, *given)
    assert "“Antrenya lama”" in report(kecil)


def test_a_part_of_a_closed_semester_is_no_draft(kecil: Store) -> None:
    small(kecil, *answers("43", "44", periode=T3), *answers("43"))
    closed = close(kecil, "kecil", S2)
    document = build_report(open_official(kecil, "kecil"), T3)
    assert document.sampul is not None
    assert document.sampul.keadaan == ""
    assert closed.sha256[:16] in document.kaki
    text = as_text(document)
    assert "Data dibekukan bersama Semester II 2024 pada" in text
    assert "Kode periksa (SHA-256) arsip Semester II 2024:" in text
    assert "masih dapat berubah" not in text


def test_answers_without_a_triwulan_are_not_counted_as_used(kecil: Store) -> None:
    small(kecil, *answers("43", "44", periode=T3), *answers("43"), *answers("44", periode=S2))
    text = report(kecil, S2)
    assert "Jawaban yang diterima berjumlah 4. Sebanyak 3 digunakan dalam perhitungan." in text
    assert "1 tidak memiliki triwulan sehingga tidak ikut dihitung" in text


def test_a_correction_in_place_is_told(kecil: Store) -> None:
    small(kecil)
    batch = kecil.add_batch("kecil", BatchBaru(Kanal.UNGGAH), answers("43"))
    close(kecil, "kecil", T4)
    kecil.undo_batch(batch.id)
    kecil.add_batch("kecil", BatchBaru(Kanal.UNGGAH), answers("11"))
    assert "Ada jawaban yang diperbaiki setelah Triwulan IV 2024 ditutup" in report(kecil)


def test_a_plan_that_was_called_off_is_not_promised(kecil: Store) -> None:
    small(kecil, *answers("43", "44"))
    off = TindakBaru(T4, "U2", "Batal saja", "", "", status=StatusTindak.BATAL)
    kecil.add_follow_up("kecil", off)
    text = report(kecil)
    assert "Batal saja" not in text
    assert "akan dilaksanakan" not in text
    assert "belum ditetapkan" in text


def test_a_layanan_of_few_keeps_its_figures_in_the_old_plan_too(kecil: Store) -> None:
    few = [*answers("11", periode=T3, layanan="l1"), *answers("33", layanan="l1")]
    small(kecil, *answers(*["44"] * 9, periode=T3), *answers(*["43"] * 9), *few)
    kecil.add_follow_up("kecil", TindakBaru(T3, "U1", "Kegiatan", "", "", layanan="l1"))
    kecil.add_follow_up("kecil", TindakBaru(T3, "U2", "Lainnya", "", ""))
    lines = [line for line in report(kecil).splitlines() if "Kegiatan |" in line]
    assert lines == ["  1 | U1 Waktu (Kartu Keluarga): Kegiatan | Belum (rencana) | — | — | — | —"]


def test_the_methods_of_a_mixed_semester_are_both_named(kecil: Store) -> None:
    small(kecil, *answers("43", "44", periode=T3), *answers("43"))
    close(kecil, "kecil", T3)
    small(kecil, more='[metode]\nnama = "bertahap"')
    text = report(kecil, S2)
    assert "Metode yang dipakai untuk Triwulan III 2024 adalah penuh · bobot 1/k." in text
    assert "Metode yang dipakai untuk Triwulan IV 2024 adalah bertahap · bobot 1/k." in text
    assert "Metode mengikuti setiap periode yang dirata-ratakan." in text


def test_one_unsur_is_neither_highest_nor_lowest(kecil: Store) -> None:
    small(kecil, *answers("4", "4"), unsur=1)
    text = report(kecil)
    assert "Hanya satu unsur yang terisi, yaitu U1 Waktu dengan nilai 100,00 (mutu A)." in text
    assert "terendah" not in text
    assert "Prioritas perbaikan" not in text


def test_all_alike_is_said_once_a_chapter(kecil: Store) -> None:
    small(kecil, *answers("33", "33"))
    text = report(kecil)
    assert "Semua unsur bernilai sama. Semua unsur bernilai sama." not in text
    assert text.split("# BAB V")[1].count("Semua unsur bernilai sama.") == 1


def test_blank_layanan_is_no_layanan(kecil: Store) -> None:
    small(kecil, *answers("43"), *answers("44", layanan="l1"), *answers("34", layanan=None))
    assert "responden pada dua jenis layanan atas dua unsur" in report(kecil)


def test_remarks_without_content_are_no_table(kecil: Store) -> None:
    small(kecil, Jawaban("43", T4, saran="Tidak ada"), Jawaban("44", T4, saran="👍"))
    assert "tidak memuat masukan" in report(kecil)


def test_remarks_that_were_deleted_are_not_called_none(kecil: Store) -> None:
    small(kecil, Jawaban("43", T4, saran="Antre lama"), Jawaban("44", T4))
    close(kecil, "kecil", T4)
    assert "“Antre lama”" in report(kecil)
    kecil.reduce_answers("kecil", date(2030, 1, 1))
    assert "telah dihapus karena melewati masa simpannya" in report(kecil)


def test_a_population_of_some_layanan_only_is_not_the_unit_s(kecil: Store) -> None:
    spread = ["43", "22", "34"] * 10
    small(kecil, *answers(*spread), *answers(*spread, layanan="l1"))
    alone = report(kecil)
    kecil.set_population("kecil", T4, "l0", 61)
    partly = report(kecil)
    interval = re.compile(r"diperkirakan berada antara [\d,]+ dan [\d,]+")
    assert interval.search(partly)[0] == interval.search(alone)[0]
    kecil.set_population("kecil", T4, "l1", 61)
    assert interval.search(report(kecil))[0] != interval.search(alone)[0]


def test_a_period_closed_before_its_end_says_until_when(kecil: Store) -> None:
    running = period_at(datetime.now(UTC), Jenis.TRIWULAN, ZoneInfo("Asia/Jakarta"))
    small(kecil, *answers("43", "44", periode=running))
    closed = close(kecil, "kecil", running)
    day = day_text(closed.batas.astimezone(ZoneInfo("Asia/Jakarta")).date())
    assert f"sampai dengan {day}, menurut waktu WIB" in report(kecil, running)


@pytest.mark.parametrize("periode", [S1, T3, T4, S2, YEAR])
def test_tables_and_pictures_are_numbered_without_a_gap(tmp_path: Path, periode: Periode) -> None:
    with sample(tmp_path) as store:
        blocks = build_report(open_official(store, SURVEI), periode).isi
    for kind in (BlokTabel, BlokGambar):
        numbers = [b.nomor for b in blocks if isinstance(b, kind)]
        assert numbers == list(range(1, len(numbers) + 1))


def write_golden() -> None:
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        for file, text in golden(Path(name)).items():
            (GOLDEN / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    write_golden()
