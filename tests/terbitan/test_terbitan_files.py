"""A published period as JSON, as CSV and as the sheet to hang."""

import csv
import io
import json
from collections import defaultdict
from dataclasses import replace

from kantor_uji import SAMPLE, collect, publish, save, showcase

from skm.periode import parse_period
from skm.store import StatusTindak, Store
from skm.terbitan.as_csv import KOLOM, write_open_data
from skm.terbitan.as_json import period_json, survey_json
from skm.terbitan.etalase import open_showcase
from skm.terbitan.poster import poster_content
from skm.terbitan.terbitan import Rencana, Terbitan

T4 = parse_period("2024-T4")


def sample_t4(sample: Store) -> Terbitan:
    return open_showcase(sample, SAMPLE).terbitan(T4)


def rows(terbitan: Terbitan) -> list[dict[str, str]]:
    text = write_open_data(terbitan).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestJson:
    def test_figures_are_strings_with_fixed_decimals(self, sample: Store) -> None:
        found = period_json(sample_t4(sample))
        assert (found["unit"]["ikm"], found["unit"]["responden"]) == ("93.86", 1560)
        u3 = found["unit"]["unsur"][2]
        assert (u3["kode"], u3["nrr"], u3["ikm"], u3["terisi"]) == ("U3", "3.614", "90.35", 1560)
        assert found["metode"]["nama"] == "penuh"
        assert found["kode_periksa"] == found["sha256"][:16]
        assert json.loads(json.dumps(found)) == found

    def test_a_hidden_group_has_a_name_and_no_number(self, sample: Store) -> None:
        found = period_json(sample_t4(sample))["layanan"]["disembunyikan"]
        assert found["responden"] == 15
        assert found["kelompok"][0] == {"kode": "akta-cerai", "nama": "Pencatatan Perceraian"}

    def test_a_survey_lists_its_periods(self, sample: Store) -> None:
        etalase = open_showcase(sample, SAMPLE)
        found = survey_json(etalase.identitas, etalase.periode)
        assert [p["kode"] for p in found["periode"]][:2] == ["2024", "2024-S2"]
        assert found["periode"][1]["unit"]["ikm"] == "93.78"
        assert found["contoh"] is True

    def test_a_period_with_few_answers(self, store: Store) -> None:
        save(store)
        collect(store, "2025-T1", akta=4)
        publish(store, "2025-T1")
        found = period_json(showcase(store).terbitan(parse_period("2025-T1")))
        assert (found["unit"], found["jawaban"], found["profil"]) == (None, None, [])
        assert found["layanan"] == {
            "kelompok": [],
            "disembunyikan": {"kelompok": [], "responden": 0},
        }


class TestCsv:
    def test_one_value_a_row(self, sample: Store) -> None:
        content = write_open_data(sample_t4(sample))
        assert content.startswith(b"\xef\xbb\xbf" + ",".join(KOLOM).encode())
        found = {
            (r["bagian"], r["kode"], r["unsur"], r["ukuran"]): r["nilai"]
            for r in rows(sample_t4(sample))
        }
        assert found["unit", "", "", "ikm"] == "93.86"
        assert found["unit", "", "U3", "nrr"] == "3.614"
        assert found["layanan", "akta-lahir", "", "responden"] == "303"
        assert found["keterangan", "", "", "metode"] == "penuh · bobot 1/k"

    def test_hidden_values_are_marked_and_sums_are_whole(self, sample: Store) -> None:
        sums: dict[str, int] = defaultdict(int)
        for r in rows(sample_t4(sample)):
            if r["keadaan"] == "disembunyikan":
                assert r["nilai"] == ""
            elif r["ukuran"] == "responden":
                sums[r["bagian"]] += int(r["nilai"])
                assert int(r["nilai"]) >= 5
        assert set(sums.values()) == {1560}
        assert len(sums) == 7

    def test_a_name_that_a_spreadsheet_would_run(self, sample: Store) -> None:
        terbitan = sample_t4(sample)
        group = replace(terbitan.layanan.golongan[0], nama="=1+1")
        changed = replace(terbitan, layanan=replace(terbitan.layanan, golongan=(group,)))
        names = {r["nama"] for r in rows(changed) if r["bagian"] == "layanan"}
        assert "'=1+1" in names


class TestSheet:
    def test_what_is_printed(self, sample: Store) -> None:
        terbitan = sample_t4(sample)
        assert terbitan.angka is not None
        sheet = poster_content(terbitan, terbitan.angka, "https://skm.example/hasil/x/2024-T4")
        assert (sheet.ikm, sheet.mutu, sheet.kinerja) == ("93,86", "A", "Sangat Baik")
        assert (sheet.responden, len(sheet.layanan)) == ("1.560", 14)
        assert (sheet.mulai, sheet.selesai) == ("1 Oktober 2024", "31 Desember 2024")
        assert dict(sheet.pendidikan)["S3"] == "—"
        assert dict(sheet.jenis_kelamin).keys() == {"Laki-laki", "Perempuan", "(tidak diisi)"}
        assert sheet.kode_periksa == terbitan.sha256[:16]
        assert (sheet.keadaan, sheet.unsur[2].ikm) == ("CONTOH", "90,35")

    def test_what_is_called_off_is_not_promised(self, sample: Store) -> None:
        terbitan = sample_t4(sample)
        step = Rencana("U3", "Waktu", None, "Loket baru.", "2025", "Kepala", StatusTindak.RENCANA)
        off = replace(step, kegiatan="Batal", status=StatusTindak.BATAL)
        short = replace(step, waktu="", penanggung_jawab="")
        changed = replace(terbitan, rencana=(step, off, short))
        assert terbitan.angka is not None
        sheet = poster_content(changed, terbitan.angka, None)
        assert sheet.tindak_lanjut == ("Waktu: Loket baru (2025; Kepala).", "Waktu: Loket baru.")
