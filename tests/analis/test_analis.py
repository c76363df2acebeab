"""Answers as frames, counted by hand, and figures that are the report's own."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.analis import Analis, open_survei
from skm.analis.ekspor import Bentuk, by_day, write_export
from skm.hasil import summarize
from skm.jawaban import Jawaban, Kanal
from skm.kiriman import Kiriman, Tanda
from skm.mulai import prepare
from skm.penutupan.tutup import close
from skm.periode import parse_period
from skm.pesan import SkmError
from skm.settings import read_settings
from skm.store import BatchBaru, Store, TautanBaru, open_store
from skm.survei import parse_survei
from tests.dashboard.survei_uji import TOML

ROOT = Path(__file__).parents[2]
SAMPLE = "contoh-disdukcapil-bekasi-2024"
T1, T2 = parse_period("2025-T1"), parse_period("2025-T2")
NIGHT = datetime(2025, 3, 31, 16, 59, 59, tzinfo=UTC)
"""23.59 of the same day in the office's zone (WIB): still the first quarter."""
PROFIL = """
[[profil]]
kode = "jk"
label = "Jenis kelamin"
pilihan = [{ kode = "L", teks = "Laki-laki" }, { kode = "P", teks = "Perempuan" }]

[[profil]]
kode = "usia"
label = "Usia"
kelompok = [{ teks = "muda", dari = 17, sampai = 39 }, { teks = "tua", dari = 40 }]
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/skm.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    toml = TOML.format(id="uji", nama="Uji") + PROFIL
    with open_store(url) as opened:
        opened.save_survei(parse_survei(toml, "uji"), toml)
        rows = [
            Jawaban("4-", T1, NIGHT, "ktp", profil=(("jk", "P"), ("usia", "41")), saran="=Kursi"),
            Jawaban("23", T1, None, "kk", profil=(("usia", "20"),)),
            Jawaban("11", T2, None, "kk"),
        ]
        opened.add_batch("uji", BatchBaru(Kanal.UNGGAH), rows)
        (tautan,) = opened.add_tautan("uji", [TautanBaru(None, None, Kanal.QR)])
        answer = Jawaban("44", T1, NIGHT, "ktp")
        opened.submit(tautan, Kiriman("a" * 22, answer, frozenset({Tanda.LURUS})))
        opened.exclude("uji", [3], "uji coba")  # that of T2
        yield opened


@pytest.fixture
def analis(store: Store, url: str) -> Iterator[Analis]:
    with open_survei("uji", url) as opened:
        yield opened


def test_one_row_a_respondent_with_its_kinds(analis: Analis) -> None:
    wide = analis.respondents("2025-T1")
    questions = [c for c in wide.columns if str(wide[c].dtype) == "Int8"]
    assert len(questions) == 2
    assert {str(wide[c].dtype) for c in ("layanan", "titik", "kanal", "periode", "profil_jk")} == {
        "category"
    }
    first, second = questions
    marks = sorted(wide[[first, second]].astype("string").fillna("-").agg("".join, axis=1))
    assert marks == ["23", "4-", "44"]
    given = wide[wide[second].isna()].iloc[0]
    assert given["waktu"] == pd.Timestamp("2025-03-31 23:59:59", tz="Asia/Jakarta")
    assert (given["profil_jk"], given["profil_usia"]) == ("P", "tua")
    assert wide["profil_usia"].cat.ordered
    assert list(wide["profil_usia"].cat.categories) == ["muda", "tua"]
    assert wide["ditandai"].sum() == 1
    assert wide["waktu"].isna().sum() == 1
    assert "saran" not in wide.columns


def test_one_row_an_answer_and_none_for_a_blank(analis: Analis) -> None:
    long = analis.answers("2025-T1")
    assert sorted(long["nilai"]) == [2, 3, 4, 4, 4]
    assert str(long["nilai"].dtype) == "Int8"
    assert long["responden"].nunique() == 3
    assert not long.duplicated(["responden", "pertanyaan"]).any()


def test_figures_are_exact_and_those_of_the_pages(analis: Analis) -> None:
    """U1: 4, 2, 4 of three; U2: 3, 4 of two."""
    found = analis.compute("2025-T1")
    assert [u.nrr for u in found.hasil.hasil.unsur] == [Fraction(10, 3), Fraction(7, 2)]
    assert found.hasil.hasil == summarize(analis.resmi, T1).kini.hasil
    frame = found.frame()
    assert frame["tepat"].tolist()[:2] == ["10/3", "7/2"]
    assert frame["ikm_cetak"].tolist() == ["83.33", "87.50", "85.42"]
    assert frame["n"].tolist() == [3, 2, 3]
    split = analis.compute("2025-T1", per="layanan").frame()
    assert split[split["unsur"] == "IKM"].set_index("layanan")["n"].to_dict() == {"ktp": 2, "kk": 1}
    with pytest.raises(ValueError, match="warna"):
        analis.compute("2025-T1", per="warna")


@pytest.mark.parametrize("closed", [False, True])
def test_the_nrr_of_every_group_in_whole_numbers(store: Store, url: str, closed: bool) -> None:
    if closed:
        close(store, "uji", T1)
        store.add_batch("uji", BatchBaru(Kanal.UNGGAH, "lambat.csv"), [Jawaban("11", T1)])
    with open_survei("uji", url) as analis:
        frame = analis.nrr("2025-T1", ["layanan"])
        assert [*frame] == [
            *("periode", "layanan", "responden", "jumlah_U1", "jumlah_U2", "n_U1", "n_U2")
        ]
        assert [tuple(row) for row in frame.itertuples(index=False)] == [
            ("2025-T1", "kk", 1, 2, 3, 1, 1),
            ("2025-T1", "ktp", 2, 8, 4, 2, 1),
        ]
        assert analis.nrr("2025-T1", ["titik"])["titik"].isna().all()
        with pytest.raises(ValueError, match="warna"):
            analis.nrr("2025-T1", ["warna"])


@pytest.mark.parametrize("per", [None, "layanan", "titik", "kanal"])
def test_all_rows_give_the_official_figures_again(analis: Analis, per: str | None) -> None:
    wide = analis.respondents("2025-T1")
    again = analis.compute("2025-T1", per, wide)

    def by_group(found: object) -> dict[object, object]:
        return {k.kunci: k.hasil.hasil for k in found.kelompok}  # type: ignore[attr-defined]

    assert by_group(again) == by_group(analis.compute("2025-T1", per))


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(0, 199), min_size=1))
def test_any_part_of_the_rows_is_counted_right(rows: set[int]) -> None:
    """Beside a sum over the very cells of the part."""
    survei = _sample()
    wide = survei.respondents("2024-T4").iloc[sorted(rows)]
    found = survei.compute("2024-T4", jawaban=wide).hasil.hasil
    assert found.responden == len(rows)
    for unsur, kode in zip(found.unsur, [f"u{i}" for i in range(1, 10)], strict=True):
        values = [int(v) for v in wide[kode] if not pd.isna(v)]
        assert unsur.nrr == (Fraction(sum(values), len(values)) if values else None)


def test_a_closed_period_gives_its_frozen_answers_without_moments(
    store: Store, analis: Analis
) -> None:
    close(store, "uji", T1)
    store.add_batch("uji", BatchBaru(Kanal.UNGGAH, "lambat.csv"), [Jawaban("11", T1)])
    closed = Analis(store, "uji")
    wide = closed.respondents("2025-T1")
    assert len(wide) == 3
    assert wide["waktu"].isna().all()
    assert wide["ditandai"].isna().all()
    assert closed.compute("2025-T1").hasil.hasil.responden == 3
    year = closed.respondents("2025")
    assert len(year) == 3
    assert closed.remarks("2025-T1")["saran"].tolist() == ["=Kursi"]


def test_an_export_has_no_moments_numbers_or_remarks(analis: Analis) -> None:
    data, book = write_export(analis, "2025-T1", Bentuk.CSV)
    text = data.isi.decode()
    assert text.splitlines()[0].startswith("kuesioner,periode,hari,layanan")
    assert "2025-03-31," in text
    assert not re.search(r"\d\d:\d\d", text)
    assert "responden" not in text
    assert "Kursi" not in text
    table = pd.read_csv(io.BytesIO(book.isi))
    assert set(pd.read_csv(io.BytesIO(data.isi)).columns) == set(table["kolom"])
    labels = table[table["kolom"] == "profil_jk"].set_index("nilai")["label"]
    assert labels["P"] == "Perempuan"


def test_remarks_stand_apart_and_are_no_formula(analis: Analis) -> None:
    *_, remarks = write_export(analis, "2025-T1", Bentuk.CSV, saran=True)
    assert remarks.akhiran == "-saran.csv"
    assert remarks.isi.decode().splitlines() == [
        "periode,layanan,titik,saran",
        "2025-T1,ktp,,'=Kursi",
    ]


def test_parquet_keeps_the_kinds(analis: Analis) -> None:
    data, *_ = write_export(analis, "2025-T1", Bentuk.PARQUET)
    back = pd.read_parquet(io.BytesIO(data.isi))
    expected = by_day(analis.respondents("2025-T1"))
    assert back.astype("string").equals(expected.astype("string"))
    assert str(back["layanan"].dtype) == "category"
    assert str(back["ditandai"].dtype) == "boolean"


def test_the_order_of_an_export_says_nothing_about_who_came_first(store: Store, url: str) -> None:
    with open_survei("uji", url) as analis:
        before = write_export(analis, "2025-T1", Bentuk.CSV)[0].isi
    (batch,) = (b for b in store.list_batches("uji") if b.kanal is Kanal.UNGGAH)
    rows = [a for a in store.answers("uji", T1) if a.nilai != "44"]
    store.undo_batch(batch.id)
    store.add_batch("uji", BatchBaru(Kanal.UNGGAH), reversed(rows))
    with open_survei("uji", url) as analis:
        assert write_export(analis, "2025-T1", Bentuk.CSV)[0].isi == before


def test_an_unknown_survey_is_one_sentence(url: str, store: Store) -> None:
    with pytest.raises(SkmError) as caught:
        open_survei("tak-ada", url)
    assert caught.value.kode == "survei-tak-ada"


def test_importing_skm_and_the_terminal_reads_no_pandas() -> None:
    code = "import sys, skm, skm.cli.commands as c; c.parse(['--versi']) if 0 else c.build(); "
    code += "sys.exit('pandas' in sys.modules or 'pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


_KEPT: list[Analis] = []


def _sample() -> Analis:
    """The sample, opened once for the many examples."""
    return _KEPT[0]


@pytest.fixture(scope="module", autouse=True)
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("contoh")
    prepared = prepare(read_settings({"SKM_DATA": str(folder)}))
    analis = Analis(prepared, SAMPLE)
    wide = analis.respondents("2024-T4")
    analis.respondents = lambda _: wide  # type: ignore[method-assign]
    _KEPT.append(analis)
    yield folder
    _KEPT.clear()
    analis.close()


def test_the_guide_s_examples_run(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKM_DATA", str(sample))
    monkeypatch.delenv("SKM_DATABASE_URL", raising=False)
    text = (ROOT / "docs" / "analis.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/analis.md", "exec"), names)  # noqa: S102 - our own guide
