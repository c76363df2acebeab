"""The page Prioritas on the sample: its figures are those of the other pages and of the file."""

from __future__ import annotations

import csv

from masuk_uji import SignedIn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.jawaban import Jawaban, Kanal
from skm.store import BatchBaru, Store
from skm.survei import parse_survei
from skm.web.unduh import download_routes
from tests.dashboard.conftest import CONTOH, Open, html, words
from tests.dashboard.survei_uji import JAHAT, T1, TOML


def test_the_sample_s_priorities(dasbor: Open) -> None:
    """LKIP 2024, table 3.11: the unit's U3 is 90,35."""
    at = dasbor("prioritas", survei=CONTOH, periode="2024-T4")
    shown = html(at)
    assert not at.exception
    assert "Perbaiki lebih dahulu: Produk spesifikasi jenis pelayanan" in shown
    assert "Cara membaca" in shown
    assert ">90,35<" in shown
    assert shown.count("Hampir pasti") >= 2
    assert "dinilai sendiri-sendiri" in shown
    assert f"/unduh/{CONTOH}/2024-T4/prioritas.csv" in shown


def test_the_file_holds_the_ten_rows_of_the_page(dasbor: Open, store: Store) -> None:
    shown = html(dasbor("prioritas", survei=CONTOH, periode="2024-T4"))
    client = TestClient(
        Starlette(routes=download_routes(lambda: store), middleware=[Middleware(SignedIn)])
    )
    answer = client.get(f"/unduh/{CONTOH}/2024-T4/prioritas.csv")
    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 10
    assert [float(r["Tambahan"].replace(",", ".")) for r in rows] == sorted(
        (float(r["Tambahan"].replace(",", ".")) for r in rows), reverse=True
    )
    for row in rows:
        assert int(row["Responden"]) >= 30
        assert f">{row['IKM']}<" in shown
        upper = float(row["IKM"].replace(",", ".")) + float(row["±"].replace(",", "."))
        assert upper < float(row["IKM unit"].replace(",", ".")) + 0.01


def test_one_channel_has_no_priorities_of_its_own(dasbor: Open, store: Store) -> None:
    client = TestClient(
        Starlette(routes=download_routes(lambda: store), middleware=[Middleware(SignedIn)])
    )
    address = f"/unduh/{CONTOH}/2024-T4/prioritas.csv?kanal=unggah"
    assert client.get(address).status_code == 404


def test_too_few_answers_and_nothing_certain_are_two_things(dasbor: Open, store: Store) -> None:
    _add(store, "sedikit", "Sedikit", {"ktp": 5})
    few = words(dasbor("prioritas", survei="sedikit", periode="2025-T1"))
    _add(store, "serupa", "Serupa", {"ktp": 40, "kk": 40})
    alike = words(dasbor("prioritas", survei="serupa", periode="2025-T1"))
    assert "sedikitnya 30 jawaban" in few
    assert "Dari 4 perbandingan" in alike


def test_hostile_names_are_text(dasbor: Open, store: Store) -> None:
    _add(store, "jahat", JAHAT, {"kk": 100}, {"ktp": 40})
    shown = html(dasbor("prioritas", survei="jahat", periode="2025-T1"))
    assert "Perbaiki lebih dahulu" in shown
    assert "<script" not in shown


def _add(
    store: Store, kode: str, nama: str, good: dict[str, int], weak: dict[str, int] | None = None
) -> None:
    """Answers half 3 and half 4 at the good layanan, half 1 and half 2 at the weak one."""
    toml = TOML.format(id=kode, nama=nama)
    store.save_survei(parse_survei(toml, "uji"), toml)
    answers = [
        Jawaban(marks[at % 2], T1, layanan=layanan)
        for marks, group in ((("34", "43"), good), (("12", "21"), weak or {}))
        for layanan, n in group.items()
        for at in range(n)
    ]
    store.add_batch(kode, BatchBaru(Kanal.UNGGAH, f"{kode}.csv"), answers)
