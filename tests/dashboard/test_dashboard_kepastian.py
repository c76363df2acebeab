"""The page Kepastian, the quadrants of Prioritas and the groups of Responden, on the sample."""

from __future__ import annotations

import csv

import pytest
from masuk_uji import SignedIn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from skm.dashboard.intervals import Baris, dot_intervals, quadrant_map
from skm.dashboard.kepastian import interval_rows
from skm.jawaban import Jawaban, Kanal
from skm.penutupan.resmi import open_official
from skm.peraturan import tabel_mutu
from skm.periode import parse_period
from skm.store import BatchBaru, Store
from skm.survei import parse_survei
from skm.telaah import DITELAAH, certainty, examine
from skm.web.unduh import download_routes
from tests.dashboard.conftest import CONTOH, Open, html
from tests.dashboard.survei_uji import JAHAT, T1, TOML

T4 = parse_period("2024-T4")


def test_the_sample_s_certainty(dasbor: Open) -> None:
    at = dasbor("kepastian", survei=CONTOH, periode="2024-T4")
    shown = html(at)
    assert not at.exception
    assert "93,86 ± 0,43" in shown  # 1,96 · 0,2217
    assert "A, hampir pasti" in shown
    assert "belum dapat dibedakan dari kebetulan" in shown
    assert "IKM tertimbang menurut jumlah yang dilayani tidak dihitung" in shown
    assert "Alfa Cronbach 0,90" in shown
    assert "<td" in shown


def test_the_weighted_figure_stands_on_the_page(dasbor: Open, store: Store) -> None:
    for item in store.load_survei(CONTOH).layanan:
        store.set_population(CONTOH, T4, item.kode, 5_000)
    shown = html(dasbor("kepastian", survei=CONTOH, periode="2024-T4"))
    assert "IKM resmi tidak berubah" in shown
    assert "efek desain Kish" in shown
    assert "digabung menjadi satu kelompok" in shown


def test_the_quadrants_and_the_groups(dasbor: Open) -> None:
    shown = html(dasbor("prioritas", survei=CONTOH, periode="2024-T4"))
    assert "Kepentingan dan kinerja unsur" in shown
    assert "Kepentingan tidak ditanyakan" in shown
    at = dasbor("responden", survei=CONTOH, periode="2024-T4")
    assert not at.exception
    assert "tidak ada yang berbeda dari responden lain di luar kebetulan" in html(at)
    assert "Tidak ditampilkan" in html(at)  # S3: two respondents


@pytest.mark.parametrize("nama", DITELAAH)
def test_every_table_can_be_downloaded(store: Store, nama: str) -> None:
    client = TestClient(
        Starlette(routes=download_routes(lambda: store), middleware=[Middleware(SignedIn)])
    )
    answer = client.get(f"/unduh/{CONTOH}/2024-T4/{nama}.csv")
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert answer.status_code == 200
    assert len(rows) > 9
    assert client.get(f"/unduh/{CONTOH}/2024-T4/{nama}.csv?kanal=unggah").status_code == 404


def test_a_survey_with_few_answers_says_why(dasbor: Open, store: Store) -> None:
    toml = TOML.format(id="jahat", nama=JAHAT)
    store.save_survei(parse_survei(toml, "uji"), toml)
    store.add_batch("jahat", BatchBaru(Kanal.QR, "uji.csv"), [Jawaban("34", T1, layanan="kk")])
    for page in ("kepastian", "prioritas", "responden"):
        at = dasbor(page, survei="jahat", periode="2025-T1")
        assert not at.exception
        assert "<script" not in html(at)
    shown = html(dasbor("kepastian", survei="jahat", periode="2025-T1"))
    assert "kepastiannya tidak dinyatakan" in shown
    assert "kurang dari 30" in shown
    assert "respondennya sendiri yang memilih untuk mengisi" in shown


def test_the_charts_hold_the_figures(store: Store) -> None:
    resmi = open_official(store, CONTOH)
    rows = interval_rows(certainty(resmi, T4))
    figure = dot_intervals(rows, 93.86, tabel_mutu())
    assert [float(x) for x in figure.data[0].x] == [r.nilai for r in rows]
    assert rows[0].nilai == pytest.approx(93.86)
    assert rows[0].jarak == pytest.approx(0.4345, abs=5e-5)
    peta = examine(resmi, T4).peta
    drawn = quadrant_map(peta).data[0]
    assert list(drawn.text) == [f"<b>{t.kode}</b>" for t in peta.titik]
    assert list(drawn.y) == [float(t.ikm) for t in peta.titik]


def test_an_interval_is_drawn_inside_the_scale() -> None:
    figure = dot_intervals([Baris("a", "", 99.0, 3.0, "99"), Baris("b", "", 50.0, None, "50")])
    (line,) = (s for s in figure.layout.shapes if s.type == "line" and s.y0 == 0)
    assert (line.x0, line.x1) == (96, 100)
