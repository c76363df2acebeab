"""The page of paper entry and its routes, on the smallest app that has them."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masuk_uji import SignedIn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.akun import Pelaku, Peran
from skm.pesan import SkmError, catalogue
from skm.settings import SURVEYS
from skm.store import Store, open_store
from skm.survei import Survei, load_survei, parse_survei
from skm.web.entri import guard
from skm.web.entri.page import page_data, short_name
from skm.web.entri.read import read_second, read_sheet
from skm.web.entri.routes import entry_routes

SAMPLE = "contoh-disdukcapil-bekasi-2024"
FILE = SURVEYS / f"{SAMPLE}.toml"
SURVEI = load_survei(FILE)
VERSIONS = {SURVEI.kuesioner.versi: SURVEI.kuesioner}
TODAY = date(2024, 12, 5)
SESI = "sesi-pagi-0123456789"
BASE = f"/entri/{SAMPLE}"
VALID: dict[str, Any] = {
    "id_kirim": "lembar-0000000001",
    "sesi": SESI,
    "versi": "2024-1",
    "nomor": 12,
    "nilai": "4343-4443",
    "periode": "2024-T4",
    "titik": "dinas",
    "layanan": "ktp-el",
    "profil": {"jenis_kelamin": "L", "usia": "034", "pekerjaan": ""},
    "saran": "Hubungi 0812 3456 7890, antrean lama",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("data")
    with open_store(f"sqlite:///{folder / 'skm.db'}") as opened:
        opened.save_survei(SURVEI, FILE.read_text(encoding="utf-8"))
        yield opened


@pytest.fixture
def client(store: Store) -> TestClient:
    return TestClient(
        Starlette(routes=entry_routes(lambda: store), middleware=[Middleware(SignedIn)])
    )


def sheet(**changes: object) -> dict[str, Any]:
    return {**deepcopy(VALID), **changes}


def without(*keys: str, **changes: object) -> dict[str, Any]:
    return {k: v for k, v in sheet(**changes).items() if k not in keys}


def faults(data: object) -> list[tuple[str, str]]:
    read = read_sheet(SURVEI, VERSIONS, data, TODAY)
    assert (read.ketikan is None) == bool(read.salah)
    return [(s.isian, s.kode) for s in read.salah if s.pesan]


class TestReading:
    def test_a_sheet_with_a_period(self) -> None:
        read = read_sheet(SURVEI, VERSIONS, VALID, TODAY)
        assert read.salah == ()
        assert read.ketikan is not None
        answer = read.ketikan.kiriman.jawaban
        assert (read.ketikan.nomor, answer.nilai) == (12, "4343-4443")
        assert (answer.titik, answer.layanan) == ("dinas", "ktp-el")
        assert (str(answer.periode), answer.waktu) == ("2024-T4", None)
        assert answer.profil == (("jenis_kelamin", "L"), ("usia", "34"))
        assert answer.saran == "Hubungi [disamarkan], antrean lama"

    def test_a_day_gives_its_triwulan_by_the_offices_clock(self) -> None:
        read = read_sheet(SURVEI, VERSIONS, without("periode", tanggal="2024-10-01"), TODAY)
        assert read.ketikan is not None
        answer = read.ketikan.kiriman.jawaban
        assert str(answer.periode) == "2024-T4"
        assert answer.waktu is not None
        assert answer.waktu.isoformat() == "2024-09-30T17:00:00+00:00"

    def test_a_semester_assessed_as_one_takes_sheets(self) -> None:
        assert faults(sheet(periode="2024-S1")) == []

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ([], [("", "entri-bentuk")]),
            ({}, [("", "entri-kunci")]),
            (sheet(tambahan=1), [("", "entri-kunci")]),
            (without("saran"), [("", "entri-kunci")]),
            (sheet(id_kirim="pendek"), [("id_kirim", "entri-id")]),
            (sheet(sesi=["x"]), [("sesi", "entri-id")]),
            (sheet(versi="2019-9"), [("versi", "entri-versi")]),
            (sheet(versi=None), [("versi", "entri-versi")]),
            (sheet(nomor=True), [("nomor", "entri-nomor")]),
            (sheet(nomor=0), [("nomor", "entri-nomor")]),
            (sheet(nomor="12"), [("nomor", "entri-nomor")]),
            (sheet(nomor=10**6), [("nomor", "entri-nomor")]),
            (sheet(nilai="44444444"), [("nilai", "entri-panjang")]),
            (sheet(nilai=444444444), [("nilai", "entri-panjang")]),
            (sheet(nilai="449444544"), [("u3", "entri-jawaban"), ("u7", "entri-jawaban")]),
            (sheet(nilai="44٤444444"), [("u3", "entri-jawaban")]),
            (sheet(nilai="-" * 9), [("u1", "entri-tanpa-jawaban")]),
            (sheet(titik="bulan"), [("titik", "entri-tempat")]),
            (sheet(layanan=["ktp-el"]), [("layanan", "entri-tempat")]),
            (sheet(profil=[]), [("profil", "entri-bentuk")]),
            (sheet(profil={"nik": "1"}), [("profil", "entri-kunci")]),
            (sheet(profil={"usia": "١٢"}), [("usia", "entri-profil")]),
            (sheet(profil={"usia": 34}), [("usia", "entri-profil")]),
            (sheet(profil={"jenis_kelamin": "X"}), [("jenis_kelamin", "entri-profil")]),
            (sheet(saran="x" * 1001), [("saran", "entri-saran")]),
            (sheet(saran=5), [("saran", "entri-saran")]),
            (without("periode"), [("periode", "entri-waktu")]),
            (sheet(tanggal="2024-12-01"), [("periode", "entri-waktu")]),
            (sheet(periode="2025-T1"), [("periode", "entri-periode")]),
            (sheet(periode="2024"), [("periode", "entri-periode")]),
            (sheet(periode=None), [("periode", "entri-periode")]),
            (without("periode", tanggal="2024-12-06"), [("tanggal", "entri-tanggal-luar")]),
            (without("periode", tanggal="1999-12-31"), [("tanggal", "entri-tanggal-luar")]),
            (without("periode", tanggal="2024-02-30"), [("tanggal", "entri-tanggal")]),
            (without("periode", tanggal="20241201"), [("tanggal", "entri-tanggal")]),
            (sheet(nomor=0, saran=0), [("nomor", "entri-nomor"), ("saran", "entri-saran")]),
        ],
    )  # fmt: skip
    def test_every_fault_names_its_field(
        self, data: object, expected: list[tuple[str, str]]
    ) -> None:
        assert faults(data) == expected

    def test_half_a_character_is_no_fault_of_the_program(self) -> None:
        read = read_sheet(SURVEI, VERSIONS, sheet(saran="baik \ud83d sekali"), TODAY)
        assert read.ketikan is not None
        assert str(read.ketikan.kiriman.jawaban.saran).encode()


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["dinas", "2024-T4", "2024-12-01", "434434443", "L"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
PROFIL = st.fixed_dictionaries(
    {},
    optional={
        "jenis_kelamin": st.sampled_from(["L", "P", ""]),
        "usia": st.integers(0, 150).map(str),
        "pendidikan": st.sampled_from(["SD", "SMA", "S3"]),
    },
)


class TestAnyJson:
    @given(ANY)
    def test_nothing_raises(self, data: object) -> None:
        faults(data)
        read_second(SURVEI, SURVEI.kuesioner, data)

    @given(st.dictionaries(st.sampled_from([*VALID, "tanggal"]), ANY, max_size=4))
    def test_a_valid_sheet_with_wrong_parts_never_raises(self, changes: dict[str, object]) -> None:
        faults({**VALID, **changes})
        item = {k: changes.get(k, VALID[k]) for k in ("id_kirim", "nilai", "layanan", "profil")}
        read_second(SURVEI, SURVEI.kuesioner, [item])

    @given(
        st.text("1234-", min_size=9, max_size=9).filter(lambda n: n != "-" * 9),
        st.integers(1, 999_999),
        PROFIL,
        st.dates(date(2000, 1, 1), TODAY),
    )
    def test_a_valid_sheet_comes_through_as_it_was_typed(
        self, nilai: str, nomor: int, profil: dict[str, str], hari: date
    ) -> None:
        data = without("periode", nilai=nilai, nomor=nomor, profil=profil, tanggal=str(hari))
        read = read_sheet(SURVEI, VERSIONS, json.loads(json.dumps(data)), TODAY)
        assert read.ketikan is not None
        answer = read.ketikan.kiriman.jawaban
        assert (answer.nilai, read.ketikan.nomor) == (nilai, nomor)
        assert dict(answer.profil) == {k: v for k, v in profil.items() if v}
        assert answer.waktu is not None
        assert answer.waktu.astimezone(SURVEI.zona).date() == hari


class TestPage:
    def test_it_shows_the_questions_in_the_papers_order(self, client: TestClient) -> None:
        answer = client.get(BASE)
        assert answer.status_code == 200
        labels = re.findall(r'<label for="jawab-\d"><b>(\d)</b> ([^<]+)', answer.text)
        assert [int(n) for n, _ in labels] == list(range(1, 10))
        assert [name for _, name in labels][7:] == ["Sarana dan Prasarana", "Penanganan Pengaduan"]

    def test_nothing_foreign_nothing_inline_no_cookie(self, client: TestClient) -> None:
        answer = client.get(BASE)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert re.findall(r"<script(?![^>]*\ssrc=)", answer.text) == []
        assert re.findall(r"\son\w+=|\sstyle=|<style|https?://", answer.text) == []

    def test_its_files_are_kept_for_good_under_their_hash(self, client: TestClient) -> None:
        page = client.get(BASE).text
        files = re.findall(r'(?:src|href)="(/entri/aset/[^"]+)"', page)
        assert {Path(f).name for f in files} >= {"mulai.js", "antrean.js", "entri.css"}
        for file in files:
            answer = client.get(file)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
            for name in re.findall(r'from "\./([^"]+)"', answer.text):
                assert any(f.endswith(f"/{name}") for f in files), name
        assert client.get("/entri/aset/0123456789abcdef/mulai.js").status_code == 404
        assert client.get(files[0].rsplit("/", 1)[0] + "/page.py").status_code == 404

    def test_an_unknown_survey_is_one_sentence(self, client: TestClient) -> None:
        answer = client.get("/entri/tidak-ada")
        assert answer.status_code == 404
        assert "tidak ada" in answer.text
        assert answer.headers["content-security-policy"]

    def test_texts_of_the_survey_are_escaped(self, store: Store) -> None:
        toml = FILE.read_text(encoding="utf-8").replace(SAMPLE, "aneh")
        toml = toml.replace('"Persyaratan"', '"<i>\'&Syarat"')
        store.save_survei(parse_survei(toml, "aneh.toml"), toml)
        page = (
            TestClient(
                Starlette(routes=entry_routes(lambda: store), middleware=[Middleware(SignedIn)])
            )
            .get("/entri/aneh")
            .text
        )
        assert "<i>" not in page
        data = re.search(r'data-isi="([^"]+)"', page)
        assert data is not None
        assert json.loads(unescape(data[1]))["pertanyaan"][0]["pendek"] == "<i>'&Syarat"
        store.delete_survei("aneh")

    def test_letters_follow_the_order_on_the_paper(self) -> None:
        first = SURVEI.kuesioner.pertanyaan[0]
        turned = first.model_copy(update={"pilihan": tuple(reversed(first.pilihan))})
        asked = SURVEI.kuesioner.model_copy(update={"pertanyaan": (turned,)})
        survei = Survei.model_copy(SURVEI, update={"kuesioner": asked})
        options = page_data(survei)["pertanyaan"][0]["pilihan"]
        assert [(o["huruf"], o["nilai"]) for o in options] == [
            ("a", "4"), ("b", "3"), ("c", "2"), ("d", "1"),
        ]  # fmt: skip

    def test_short_names(self) -> None:
        assert short_name("Sistem, mekanisme dan prosedur") == "Prosedur"
        assert short_name("Keamanan gedung") == "Keamanan gedung"


class TestSheets:
    def test_saved_once_and_listed(self, client: TestClient, store: Store) -> None:
        body = sheet(sesi="sesi-routes-simpan-01")
        first = client.post(f"{BASE}/lembar", json=body)
        again = client.post(f"{BASE}/lembar", json=body)
        assert (first.status_code, again.status_code) == (200, 200)
        assert first.json()["tanggapan"] == again.json()["tanggapan"]
        assert (first.json()["baru"], again.json()["baru"]) == (True, False)
        assert first.json()["nomor"] == 12
        assert again.json()["hitung"] == {
            "lembar": 1,
            "terisi": [1, 1, 1, 1, 0, 1, 1, 1, 1],
            "jumlah": [4, 3, 4, 3, 0, 4, 4, 4, 3],
        }
        listed = client.get(f"{BASE}/sesi/sesi-routes-simpan-01").json()
        assert listed["nomor"] == ["12"]
        assert listed["lembar"][0]["saran"] == "Hubungi [disamarkan], antrean lama"
        assert listed["lembar"][0]["periode"] == "2024-T4"
        batches = [b for b in store.list_batches(SAMPLE) if b.id == listed["batch"]]
        assert [(b.diterima, b.kanal) for b in batches] == [(1, "kertas")]

    def test_corrected(self, client: TestClient) -> None:
        body = sheet(sesi="sesi-routes-koreksi-1", id_kirim="lembar-koreksi-01")
        client.post(f"{BASE}/lembar", json=body)
        new = {**body, "nilai": "1" * 9, "nomor": 13}
        del new["id_kirim"]
        answer = client.put(f"{BASE}/lembar/lembar-koreksi-01", json=new)
        assert answer.status_code == 200
        assert answer.json()["hitung"]["jumlah"] == [1] * 9
        assert answer.json()["lembar"]["nomor"] == "13"
        assert client.put(f"{BASE}/lembar/lembar-koreksi-99", json=new).status_code == 404

    def test_faults_come_with_field_code_and_sentence(self, client: TestClient) -> None:
        answer = client.post(f"{BASE}/lembar", json=sheet(nilai="944444444", nomor=0))
        assert answer.status_code == 422
        found = answer.json()["salah"]
        assert [(s["isian"], s["kode"]) for s in found] == [
            ("nomor", "entri-nomor"),
            ("u1", "entri-jawaban"),
        ]
        assert all(s["pesan"] for s in found)

    def test_a_number_that_is_taken(self, client: TestClient) -> None:
        body = sheet(sesi="sesi-routes-nomor-001", id_kirim="lembar-nomor-0001")
        client.post(f"{BASE}/lembar", json=body)
        answer = client.post(f"{BASE}/lembar", json={**body, "id_kirim": "lembar-nomor-0002"})
        assert answer.status_code == 422
        assert answer.json()["salah"][0]["isian"] == "nomor"
        assert answer.json()["salah"][0]["kode"] == "entri-nomor-terpakai"

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"\xff\xfe", b"[" * 60_000, b"9" * 60_000, b"NaN", b'"\\ud800"']
    )
    def test_what_is_no_sheet(self, client: TestClient, content: bytes) -> None:
        headers = {"Content-Type": "application/json"}
        answer = client.post(f"{BASE}/lembar", content=content, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["salah"][0]["kode"] == "entri-bentuk"

    def test_only_json(self, client: TestClient) -> None:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
            headers = {"Content-Type": kind}
            answer = client.post(f"{BASE}/lembar", content=json.dumps(VALID), headers=headers)
            assert answer.status_code == 415

    def test_only_64_kb(self, client: TestClient) -> None:
        large = sheet(saran="x" * 66_000)
        assert client.post(f"{BASE}/lembar", json=large).status_code == 413

        def chunks() -> Iterator[bytes]:
            yield from [b" " * 8_192] * 9

        headers = {"Content-Type": "application/json"}
        answer = client.post(f"{BASE}/lembar", content=chunks(), headers=headers)
        assert answer.status_code == 413

    def test_an_unknown_survey(self, client: TestClient) -> None:
        assert client.post("/entri/tidak-ada/lembar", json=VALID).status_code == 404
        assert client.get(f"/entri/tidak-ada/sesi/{SESI}").status_code == 404

    def test_the_database_is_away(self) -> None:
        def gone() -> Store:
            raise SkmError("basis-data-terkunci", tempat="skm.db")

        client = TestClient(Starlette(routes=entry_routes(gone), middleware=[Middleware(SignedIn)]))
        assert client.post(f"{BASE}/lembar", json=VALID).status_code == 503
        assert client.get(BASE).status_code == 503


SMALL = """
id = "kecil"
judul = "Survei kecil"
instansi = "Pemerintah Kota Contoh"
unit = "Dinas Contoh"
unsur = [{ kode = "U1", nama = "Waktu" }]

[kuesioner]
versi = "1"

[[kuesioner.pertanyaan]]
kode = "q1"
unsur = "Waktu"
teks = "Bagaimana kecepatannya?"
pilihan = [{nilai=1,teks="a"},{nilai=2,teks="b"},{nilai=3,teks="c"},{nilai=4,teks="d"}]
"""


def test_a_survey_without_titik_layanan_and_profil(client: TestClient, store: Store) -> None:
    store.save_survei(parse_survei(SMALL, "kecil.toml"), SMALL)
    page = client.get("/entri/kecil").text
    assert 'id="jawab-1"' in page
    assert 'id="titik"' not in page
    body = sheet(versi="1", nilai="3", titik=None, layanan=None, profil={}, saran=None)
    assert client.post("/entri/kecil/lembar", json=body).status_code == 200
    assert client.get(f"/entri/{SAMPLE}/sesi/{SESI}").json()["lembar"] == []


def test_a_page_opened_before_the_questions_changed(client: TestClient, store: Store) -> None:
    store.save_survei(parse_survei(SMALL, "kecil.toml"), SMALL)
    later = SMALL.replace("kecepatannya", "antreannya").replace('versi = "1"', 'versi = "2"')
    store.save_survei(parse_survei(later, "kecil.toml"), later)
    body = sheet(nilai="3", titik=None, layanan=None, profil={}, sesi="sesi-versi-lama-0001")
    body |= {"versi": "1", "id_kirim": "lembar-versi-lama-1"}
    answer = client.post("/entri/kecil/lembar", json=body)
    assert answer.status_code == 200
    assert answer.json()["lembar"]["versi"] == "1"
    body |= {"versi": "3", "id_kirim": "lembar-versi-lama-2", "nomor": 13}
    answer = client.post("/entri/kecil/lembar", json=body)
    assert [s["kode"] for s in answer.json()["salah"]] == ["entri-versi"]


class TestSecondEntry:
    def test_chosen_compared_and_counted(self, client: TestClient) -> None:
        sesi = "sesi-routes-ulang-001"
        for i in range(1, 21):
            body = sheet(sesi=sesi, id_kirim=f"lembar-ulang-{i:04}", nomor=i, nilai="434434443")
            assert client.post(f"{BASE}/lembar", json=body).status_code == 200
        chosen = client.get(f"{BASE}/sesi/{sesi}?ulang=10").json()["ulang"]
        assert len(chosen) == 2
        assert "ulang" not in client.get(f"{BASE}/sesi/{sesi}?ulang=7").json()
        same = {"nilai": "434434443", "layanan": "ktp-el", "profil": VALID["profil"]}
        keyed = [{"id_kirim": c["id_kirim"], **same} for c in chosen]
        keyed[1]["nilai"] = "43443-442"
        body = {"versi": "2024-1", "layanan": True, "lembar": keyed}
        result = client.post(f"{BASE}/sesi/{sesi}/banding", json=body).json()
        assert (result["jawaban_beda"], result["jawaban"], result["tingkat"]) == (2, 18, "11,11 %")
        assert (result["data_beda"], result["data"]) == (0, 10)
        assert [(b["isian"], b["pertama"], b["kedua"]) for b in result["beda"]] == [
            ("u6", "4", ""),
            ("u9", "3", "2"),
        ]
        assert {b["lembar"]["nomor"] for b in result["beda"]} == {chosen[1]["nomor"]}

    def test_the_result_is_kept_and_comes_back_with_the_sitting(
        self, client: TestClient, store: Store
    ) -> None:
        """Nine answers, four profile fields and the layanan; one of the 14 differs."""
        sesi, code = "sesi-routes-ganda-001", "lembar-ganda-0001"
        client.post(f"{BASE}/lembar", json=sheet(sesi=sesi, id_kirim=code, nilai="434434443"))
        assert client.get(f"{BASE}/sesi/{sesi}").json()["ganda"] is None
        second = {"id_kirim": code, "nilai": "434434444", "layanan": "ktp-el"}
        second["profil"] = VALID["profil"]
        body = {"versi": "2024-1", "layanan": True, "lembar": [second]}
        result = client.post(f"{BASE}/sesi/{sesi}/banding", json=body).json()
        kept = result["ganda"]
        assert (kept["lembar"], kept["isian"], kept["berbeda"]) == (1, 14, 1)
        assert kept["tingkat"] == "7,14 %"
        assert kept["waktu"].endswith(" WIB")
        assert client.get(f"{BASE}/sesi/{sesi}").json()["ganda"] == kept
        nothing = client.post(f"{BASE}/sesi/{sesi}/banding", json={**body, "lembar": []}).json()
        assert (nothing["lembar"], nothing["ganda"]) == (0, kept)
        (stored,) = [e for e in store.double_entries(SAMPLE) if e.sesi.endswith(sesi)]
        assert (stored.isian, stored.berbeda) == (14, 1)

    def test_a_sitting_that_nobody_keyed_keeps_nothing(
        self, client: TestClient, store: Store
    ) -> None:
        before = store.double_entries(SAMPLE)
        second = {k: VALID[k] for k in ("id_kirim", "nilai", "layanan", "profil")}
        body = {"versi": "2024-1", "layanan": True, "lembar": [second]}
        answer = client.post(f"{BASE}/sesi/sesi-yang-tidak-ada/banding", json=body)
        assert (answer.status_code, answer.json()["ganda"]) == (200, None)
        assert store.double_entries(SAMPLE) == before

    @pytest.mark.parametrize(
        "body",
        [
            [],
            {"versi": "2024-1"},
            {"versi": "9", "layanan": False, "lembar": []},
            {"versi": "2024-1", "layanan": False, "lembar": {}},
            {"versi": "2024-1", "layanan": False, "lembar": [{}]},
            {"versi": "2024-1", "layanan": False, "lembar": [1] * 401},
        ],
    )
    def test_what_is_no_second_entry(self, client: TestClient, body: object) -> None:
        assert client.post(f"{BASE}/sesi/{SESI}/banding", json=body).status_code == 422


class TestAccess:
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 200),
            ({"Sec-Fetch-Site": "same-origin"}, 200),
            ({"Sec-Fetch-Site": "same-site"}, 403),
            ({"Sec-Fetch-Site": "cross-site"}, 403),
            ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, 403),
            ({"Origin": "http://testserver"}, 200),
            ({"Origin": "https://testserver"}, 200),
            ({"Origin": "http://jahat.example"}, 403),
            ({"Origin": "http://testserver:81"}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": "http://[::1"}, 403),
        ],
    )
    def test_other_sites_may_not_write(
        self, client: TestClient, headers: dict[str, str], status: int
    ) -> None:
        body = sheet(sesi="sesi-routes-asal-0001", id_kirim="lembar-asal-0001")
        assert client.post(f"{BASE}/lembar", json=body, headers=headers).status_code == status
        del body["id_kirim"]
        answer = client.put(f"{BASE}/lembar/lembar-asal-0001", json=body, headers=headers)
        assert answer.status_code == status

    @pytest.mark.parametrize("peran", [Peran.ADMIN, Peran.MANAJER, Peran.PEMERIKSA])
    def test_only_who_brings_answers_in_may(self, store: Store, peran: Peran) -> None:
        other = Pelaku("lain", frozenset({peran}))
        signed_in = Middleware(SignedIn, pelaku=other)
        app = Starlette(routes=entry_routes(lambda: store), middleware=[signed_in])
        client = TestClient(app)
        assert client.get(BASE).status_code == 403
        assert client.get(f"{BASE}/sesi/{SESI}").status_code == 403
        assert client.post(f"{BASE}/lembar", json=VALID).status_code == 403
        assert client.put(f"{BASE}/lembar/{VALID['id_kirim']}", json=VALID).status_code == 403
        assert client.post(f"{BASE}/sesi/{SESI}/banding", json={}).status_code == 403

    def test_every_status_is_of_a_code_that_exists(self) -> None:
        assert set(guard.STATUS) <= set(catalogue())
        assert guard.status_of("jawaban-panjang") == 422
        assert guard.status_of("basis-data-sibuk") == 503


def test_future_days_are_judged_by_the_offices_today(client: TestClient) -> None:
    soon = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011
    body = without("periode", tanggal=soon)
    assert client.post(f"{BASE}/lembar", json=body).status_code == 422
