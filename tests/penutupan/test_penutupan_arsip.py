"""The archive computes to the same figures anywhere, and every tampering shows."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from survei_tutup import ANSWERS, S2, T3, T4, YEAR, add, answer, fill, save, toml

from skm.angka import format_fixed
from skm.jawaban import Baris, Kutipan
from skm.penutupan.arsip import canonical, fingerprint, parse_archive
from skm.penutupan.berkas import ISI, SIDIK, archive_name, read_archive, write_archive
from skm.penutupan.hitungan import cells_of, count_rows
from skm.penutupan.isian import read_remarks, read_rows, write_remarks, write_rows
from skm.penutupan.resmi import open_official
from skm.penutupan.tutup import close
from skm.penutupan.verifikasi import verify
from skm.periode import Periode
from skm.pesan import SkmError
from skm.store import Store, open_store


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The archive of a semester whose first quarter was closed before, under another method."""
    with open_store(f"sqlite:///{tmp_path / 'skm.db'}") as store:
        fill(store)
        close(store, "uji", T3)
        save(store, toml("bertahap"))
        add(store, answer("11", T3))  # too late: it belongs to no figure
        return archive(store, S2, tmp_path)


def archive(store: Store, periode: Periode, folder: Path) -> dict[str, bytes]:
    close(store, "uji", periode)
    beku = open_official(store, "uji").frozen(periode)
    assert beku is not None
    path = folder / archive_name(beku)
    path.write_bytes(write_archive(store, beku))
    return read_archive(path)


def codes(files: dict[str, bytes]) -> list[str]:
    return [fault.kode for fault in verify(files).temuan]


def test_an_untouched_archive_is_equal(files: dict[str, bytes]) -> None:
    found = verify(files)
    assert found.sama
    assert found.jawaban == len(ANSWERS)
    assert found.sha256 == fingerprint(files[ISI])
    stated = json.loads(files[ISI])["hasil"]["unit"]
    # T3 penuh 81,25; T4 bertahap: U1 3,333 -> 83,33 (83,325 up), U2 75,00, mean 79,17 (79,165 up)
    assert [p["ikm"] for p in stated["bagian"]] == ["81.25", "79.17"]
    assert stated["ikm"] == format_fixed((Fraction("81.25") + Fraction("79.17")) / 2, 2)


def test_on_both_databases_the_figures_are_the_same(store: Store, tmp_path: Path) -> None:
    fill(store)
    found = verify(archive(store, YEAR, tmp_path))
    assert found.sama
    assert str(found.arsip.hasil.hasil.ikm) == "80.21"


def test_it_can_be_read_from_its_folder_too(files: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert verify(read_archive(folder)).sama


def test_nothing_in_it_names_a_respondent_or_a_moment(files: dict[str, bytes]) -> None:
    answers = files["jawaban.csv"].decode("utf-8-sig")
    assert "2024-12-09" not in answers
    assert "ramah" not in answers
    assert re.findall(r"\b(?:33|61)\b", answers.replace("33;", "")) == []  # ages are classes
    assert "17–39" in answers


def edited(files: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    text = files[name].decode("utf-8-sig" if name.endswith("csv") else "utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    return {**files, name: changed.encode("utf-8-sig" if name.endswith("csv") else "utf-8")}


def resigned(files: dict[str, bytes]) -> dict[str, bytes]:
    """As somebody would who knows how: hash and file hashes made to fit again."""
    raw = json.loads(files[ISI])
    raw["berkas"] = {name: fingerprint(files[name]) for name in raw["berkas"]}
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return {**files, ISI: text, SIDIK: f"{fingerprint(text)}  {ISI}\n".encode()}


def test_a_changed_figure_shows_also_with_a_new_hash(files: dict[str, bytes]) -> None:
    changed = edited(files, ISI, '"ikm":"81.25"', '"ikm":"91.25"')
    assert codes(changed) == ["verifikasi-sidik", "verifikasi-angka"]
    assert codes(resigned(changed)) == ["verifikasi-angka"]


def test_a_changed_answer_shows_also_with_new_hashes(files: dict[str, bytes]) -> None:
    changed = edited(files, "jawaban.csv", ";4;3;", ";4;4;")
    assert codes(changed) == ["verifikasi-berkas", "verifikasi-hitungan", "verifikasi-hitungan"]
    assert codes(resigned(changed)) == ["verifikasi-hitungan", "verifikasi-hitungan"]


def test_a_dropped_answer_shows(files: dict[str, bytes]) -> None:
    lines = files["jawaban.csv"].split(b"\r\n")
    changed = {**files, "jawaban.csv": b"\r\n".join([*lines[:2], *lines[3:]])}
    assert codes(resigned(changed))[-1] == "verifikasi-jumlah"


def refilled(files: dict[str, bytes], part: str, **changes: object) -> dict[str, bytes]:
    """With other content in one part of arsip.json, and the hash made to fit."""
    raw = json.loads(files[ISI])
    raw[part] |= changes
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return {**files, ISI: text, SIDIK: f"{fingerprint(text)}  {ISI}\n".encode()}


@pytest.mark.parametrize(
    ("changes", "kode"),
    [
        ({"diterima": len(ANSWERS) + 1}, "verifikasi-diterima"),
        ({"dikecualikan": 1}, "verifikasi-diterima"),
        ({"diterima": len(ANSWERS) - 1, "dikecualikan": -1}, "verifikasi-diterima"),
        ({"ditandai": len(ANSWERS) + 1}, "verifikasi-ditandai"),
        ({"ditandai": -1}, "verifikasi-ditandai"),
    ],
)
def test_amounts_that_do_not_fit_show(
    files: dict[str, bytes], changes: dict[str, int], kode: str
) -> None:
    assert codes(refilled(files, "jumlah", **changes)) == [kode]


def test_answers_without_a_stated_hash_show(files: dict[str, bytes]) -> None:
    raw = json.loads(files[ISI])
    raw["berkas"] = {}
    assert codes(refilled({**files, ISI: json.dumps(raw).encode()}, "jumlah")) == [
        "verifikasi-berkas"
    ]


def test_another_method_in_the_text_shows(files: dict[str, bytes]) -> None:
    changed = edited(files, ISI, 'nama = \\"bertahap\\"', 'nama = \\"penuh\\"')
    assert set(codes(resigned(changed))) == {"verifikasi-angka"}


def test_a_changed_remark_shows(files: dict[str, bytes]) -> None:
    changed = edited(files, "saran.csv", "ramah", "lambat")
    assert codes(changed) == ["verifikasi-berkas"]


def test_another_order_of_keys_is_not_the_canonical_form(files: dict[str, bytes]) -> None:
    text = json.dumps(json.loads(files[ISI]), ensure_ascii=False).encode()
    changed = {**files, ISI: text, SIDIK: f"{fingerprint(text)}  {ISI}\n".encode()}
    assert codes(changed) == ["verifikasi-bentuk"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.clear(),
        lambda raw: raw.update(sebaran=[[1]]),
        lambda raw: raw.update(batas="kemarin"),
        lambda raw: raw.update(jumlah={"x": 1}),
        lambda raw: raw.update(kuesioner={"1": {}}),
        lambda raw: raw.update(bentuk="satu"),
        lambda raw: raw.update(naskah=[]),
        lambda raw: raw.update(berkas=None),
        lambda raw: raw.update(berkas={"jawaban.csv": None}),
        lambda raw: raw["naskah"][0].update(toml=None),
        lambda raw: raw["jumlah"].update(diterima="x", dikecualikan=None),
        lambda raw: raw["jumlah"].update(ditandai=None),
    ],
)
def test_what_is_no_archive_is_one_sentence(files: dict[str, bytes], spoil) -> None:
    raw = json.loads(files[ISI])
    spoil(raw)
    with pytest.raises(SkmError) as caught:
        verify({**files, ISI: json.dumps(raw).encode()})
    assert caught.value.kode in ("arsip-tak-terbaca", "survei-salah")


def test_an_archive_of_a_later_program_is_not_guessed_at(files: dict[str, bytes]) -> None:
    raw = {**json.loads(files[ISI]), "bentuk": 2}
    with pytest.raises(SkmError, match="lebih baru") as caught:
        verify({**files, ISI: json.dumps(raw).encode()})
    assert caught.value.kode == "arsip-versi"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bukan zip"])
def test_a_file_that_is_no_zip_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "arsip.zip"
    path.write_bytes(content)
    with pytest.raises(SkmError) as caught:
        read_archive(path)
    assert caught.value.kode == "arsip-tak-terbaca"


def test_a_bomb_is_not_unpacked(files: dict[str, bytes], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("skm.penutupan.berkas.LARGEST", 100)
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    path = tmp_path / "arsip.zip"
    path.write_bytes(stream.getvalue())
    with pytest.raises(SkmError) as caught:
        read_archive(path)
    assert caught.value.kode == "arsip-tak-terbaca"


def test_the_canonical_form_is_a_fixed_point(files: dict[str, bytes]) -> None:
    assert canonical(parse_archive(files[ISI])) == files[ISI]


ROWS = st.lists(
    st.builds(
        Baris,
        kuesioner=st.just("1"),
        periode=st.sampled_from(["2024-T3", "2024-T4"]),
        layanan=st.sampled_from(["", "ktp", "kk"]),
        titik=st.sampled_from(["", "dinas"]),
        kanal=st.sampled_from(["qr", "kertas"]),
        nilai=st.text("1234-", min_size=2, max_size=2),
        profil=st.tuples(
            st.tuples(st.just("jk"), st.sampled_from(["", "L", "P"])),
            st.tuples(st.just("usia"), st.sampled_from(["", "17–39", "=40+", "'x"])),
        ),
    ),
    max_size=30,
)


@given(ROWS)
def test_answers_come_back_from_their_file(rows: list[Baris]) -> None:
    assert read_rows(write_rows(rows), {"1": 2}, "jawaban.csv") == rows


@given(ROWS)
def test_the_counts_are_those_of_a_plain_loop(rows: list[Baris]) -> None:
    found = count_rows(rows)
    assert found.responden == len(rows)
    for row in found.sebaran:
        same = [r for r in rows if r[:5] == row[:5]]
        assert row.responden == len(same)
        for at, counts in enumerate(row.jawaban):
            assert list(counts) == [sum(r.nilai[at] == v for r in same) for v in "1234"]
    for bidang, option in {(f, o) for r in rows for f, o in r.profil}:
        expected = sum((bidang, option) in r.profil for r in rows)
        got = sum(p.jumlah for p in found.profil if (p.bidang, p.pilihan) == (bidang, option))
        assert got == expected
    totals = [sum(map(int, r.nilai.replace("-", ""))) for r in rows]
    assert sum(s.jumlah for s in found.skor) == sum(totals)
    assert sum(s.kuadrat for s in found.skor) == sum(t * t for t in totals)


@given(
    st.lists(
        st.builds(
            Kutipan,
            periode=st.just("2024-T4"),
            layanan=st.just("ktp"),
            titik=st.just(""),
            teks=st.text(
                st.characters(blacklist_categories=["Cs"], blacklist_characters="\r\x00"),
                min_size=1,
            ),
        ),
        max_size=5,
    )
)
def test_remarks_come_back_from_their_file(remarks: list[Kutipan]) -> None:
    assert read_remarks(write_remarks(remarks), "saran.csv") == remarks


def test_a_remark_never_becomes_a_formula() -> None:
    content = write_remarks([Kutipan("2024-T4", "", "", "=1+1")])
    assert b";'=1+1\r\n" in content


def test_counts_become_the_rules_cells(files: dict[str, bytes]) -> None:
    arsip = parse_archive(files[ISI])
    cells = cells_of(arsip.hitungan, arsip.survei, arsip.kuesioner, ("layanan",))
    people = {(c.periode, c.layanan): c.responden for c in cells}
    assert people == {(T3, "ktp"): 1, (T3, "kk"): 1, (T4, "ktp"): 1, (T4, "kk"): 1, (T4, None): 1}
