"""A backup holds everything of one moment, and a database is restored whole or not at all."""

import errno
import hashlib
import io
import json
import os
import stat
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from isi_penuh import HERE, fill, rows
from kiriman_uji import sheet
from survei_kecil import CONTOH, PENUH, T4, UNGGAH, save

from skm.jawaban import Kanal
from skm.penutupan.resmi import open_official
from skm.pesan import SkmError
from skm.store import BatchBaru, Store, TindakBaru, open_store
from skm.store.backup import write_backup
from skm.store.backup_file import open_backup
from skm.store.restore import restore_backup

pytestmark = pytest.mark.lambat

COARSE = (
    "rekap_tempat",
    "rekap_tempat_layanan",
    "rekap_tempat_titik",
    "rekap_responden_layanan",
    "rekap_responden_titik",
)
"""Sums of other recaps, which came with steps 8 and 9."""


def put_back(store: Store, path: Path, *, ganti: bool = False) -> None:
    with open_backup(path) as cadangan:
        restore_backup(store.engine, cadangan, ganti=ganti)


def kode_of(call) -> str:
    with pytest.raises(SkmError) as caught:
        call()
    assert str(caught.value)
    return caught.value.kode


def sqlite(path: Path) -> Store:
    return open_store(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with something in every table; nobody changes it."""
    with sqlite(tmp_path_factory.mktemp("sumber") / "penuh.db") as store:
        fill(store)
        yield store


@pytest.fixture(scope="module")
def packed(source: Store, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sumber") / "penuh.zip"
    write_backup(source.engine, path)
    return path.read_bytes()


@pytest.fixture
def full(packed: bytes, tmp_path: Path) -> Path:
    """A backup of the source."""
    path = tmp_path / "penuh.zip"
    path.write_bytes(packed)
    return path


def official(store: Store) -> tuple[object, ...]:
    """What pages and reports show, the closed quarter from its archive."""
    resmi = open_official(store, HERE)
    assert resmi.frozen(T4) is not None
    return resmi.cells(None, ("layanan", "titik", "kanal")), resmi.profil_counts(T4)


def test_from_sqlite_to_the_other_database_and_back_nothing_changes(
    source: Store, store: Store, tmp_path: Path
):
    then = rows(source)
    assert [name for name, found in then.items() if not found] == [], "fill() forgets no table"
    isi = write_backup(source.engine, tmp_path / "satu.zip")
    assert {n: t.baris for n, t in isi.tabel.items()} == {n: len(r) for n, r in then.items()}
    put_back(store, tmp_path / "satu.zip")
    write_backup(store.engine, tmp_path / "dua.zip")
    with sqlite(tmp_path / "kembali.db") as back:
        put_back(back, tmp_path / "dua.zip")
        for restored in (store, back):
            assert rows(restored) == then
            assert restored.check_recap() == ()
            assert official(restored) == official(source)


def test_new_rows_are_numbered_after_the_restored_ones(store: Store, full: Path):
    put_back(store, full)
    ids = {row[0] for row in rows(store)["jawaban"]}
    store.add_batch(HERE, BatchBaru(Kanal.UNGGAH), CONTOH)
    assert len({row[0] for row in rows(store)["jawaban"]} - ids) == len(CONTOH)
    known = {t.id for t in store.follow_ups(HERE)}
    made = store.add_follow_up(HERE, TindakBaru(T4, "U2", "Kursi", "Mei", "Umum"))
    assert made.id not in known
    tautan = store.list_tautan(HERE)[0]
    assert store.submit(tautan, sheet()).baru
    assert store.check_recap() == ()


def test_a_database_with_surveys_is_replaced_only_on_purpose(
    source: Store, store: Store, full: Path
):
    save(store)
    store.add_batch(HERE, UNGGAH, [PENUH] * 5)
    before, version = rows(store), store.data_version(HERE)
    assert kode_of(lambda: put_back(store, full)) == "pulihkan-berisi"
    assert rows(store) == before
    put_back(store, full, ganti=True)
    assert rows(store) == rows(source)
    assert store.data_version(HERE) > max(version, source.data_version(HERE))
    put_back(store, full, ganti=True)
    assert store.check_recap() == ()


def test_a_backup_while_answers_come_in_is_of_one_moment(store: Store, tmp_path: Path):
    save(store)
    store.add_batch(HERE, UNGGAH, CONTOH * 1_500)
    begun, stored, over = Event(), Event(), Event()

    def write() -> None:
        begun.wait(30)
        while not over.is_set():
            store.add_batch(HERE, UNGGAH, CONTOH)
            stored.set()

    writer = Thread(target=write)
    writer.start()
    seen: list[int] = []

    def progress(done: int) -> None:
        """From the first chunk on somebody writes; an upload is in before the next chunk."""
        begun.set()
        assert stored.wait(30)
        seen.append(done)

    try:
        isi = write_backup(store.engine, tmp_path / "satu.zip", progress)
    finally:
        begun.set()
        over.set()
        writer.join()
    assert seen == sorted(seen)
    assert seen[-1] == isi.baris
    assert len(store.list_batches(HERE)) > 1
    with sqlite(tmp_path / "kembali.db") as back:
        put_back(back, tmp_path / "satu.zip")
        assert len(list(back.answers(HERE))) == 4_500
        assert len(back.list_batches(HERE)) == 1
        assert back.check_recap() == ()


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def with_manifest(path: Path, **change: object) -> None:
    files = entries(path)
    manifest = json.loads(files["cadangan.json"]) | change
    rewrite(path, files | {"cadangan.json": json.dumps(manifest).encode()})


def with_table(path: Path, tabel: str, content: bytes, kolom: list[str] | None = None) -> None:
    """Another content for a table, its hash and count in the manifest made to fit."""
    files = entries(path)
    manifest = json.loads(files["cadangan.json"])
    known = manifest["tabel"][tabel]
    known["sha256"], known["baris"] = hashlib.sha256(content).hexdigest(), content.count(b"\n")
    known["kolom"] = kolom or known["kolom"]
    files["cadangan.json"] = json.dumps(manifest).encode()
    rewrite(path, files | {f"{tabel}.jsonl": content})


def changed_answer(path: Path) -> None:
    files = entries(path)
    files["jawaban.jsonl"] = files["jawaban.jsonl"].replace(b'"434"', b'"444"', 1)
    rewrite(path, files)


def lost_row(path: Path) -> None:
    files = entries(path)
    files["jawaban.jsonl"] = files["jawaban.jsonl"].partition(b"\n")[2]
    rewrite(path, files)


def lost_table(path: Path) -> None:
    rewrite(path, {n: c for n, c in entries(path).items() if n != "jawaban.jsonl"})


def lost_manifest(path: Path) -> None:
    rewrite(path, {n: c for n, c in entries(path).items() if n != "cadangan.json"})


def flipped_bit(path: Path) -> None:
    """One bit in the middle of the packed answers."""
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("jawaban.jsonl")
    content = bytearray(path.read_bytes())
    content[entry.header_offset + 70 + entry.compress_size // 2] ^= 0x10
    path.write_bytes(content)


DAMAGE = {
    "an answer changed": changed_answer,
    "a row lost": lost_row,
    "a table lost": lost_table,
    "no manifest": lost_manifest,
    "a bit flipped": flipped_bit,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "empty": lambda path: path.write_bytes(b""),
    "another kind of file": lambda path: path.write_text("nomor,tanggal\n"),
    "another manifest": lambda path: rewrite(path, {"cadangan.json": b"[1, 2]"}),
    "a manifest without tables": lambda path: with_manifest(path, tabel={}),
    "a manifest without a hash": lambda path: with_manifest(
        path, tabel={"survei": {"kolom": ["id"], "baris": 1, "sha256": ""}}
    ),
    "an unknown table": lambda path: with_manifest(
        path, tabel={"x; DROP": {"kolom": [], "baris": 0, "sha256": "0" * 64}}
    ),
    "an unknown column": lambda path: with_table(path, "rahasia", b"", ["nama", "isi", "x"]),
    "a column missing": lambda path: with_table(path, "rahasia", b"", ["nama"]),
    "a value of another kind": lambda path: with_table(path, "rahasia", b'["formulir",17]\n'),
    "a value where one is needed": lambda path: with_table(path, "rahasia", b'["a",null]\n'),
    "a short row": lambda path: with_table(path, "rahasia", b'["formulir"]\n'),
    "a row that is none": lambda path: with_table(path, "rahasia", b"{\n"),
    "a moment without a zone": lambda path: with_table(
        path, "survei_dihapus", b'["a","2024-12-31T00:00:00"]\n'
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_changes_nothing(full: Path, tmp_path: Path, damage: str):
    DAMAGE[damage](full)
    with sqlite(tmp_path / "lain.db") as store:
        save(store)
        store.add_batch(HERE, UNGGAH, CONTOH)
        before, version = rows(store), store.data_version(HERE)
        assert kode_of(lambda: put_back(store, full, ganti=True)) == "cadangan-rusak"
        assert rows(store) == before
        assert store.data_version(HERE) == version


def test_whatever_byte_is_wrong_no_other_rows_come_out(full: Path):
    """A flipped bit is found, or was in a part that says nothing (a date in the ZIP's headers)."""
    good, kodes = full.read_bytes(), Counter()
    with open_backup(full) as cadangan:
        right = {name: list(cadangan.lines(name)) for name in cadangan.isi.tabel}
    for at in range(0, len(good), 31):
        content = bytearray(good)
        content[at] ^= 1 << at % 8
        full.write_bytes(content)
        try:
            with open_backup(full) as cadangan:
                assert {n: list(cadangan.lines(n)) for n in cadangan.isi.tabel} == right
        except SkmError as error:
            kodes[error.kode] += 1
    assert kodes.keys() == {"cadangan-rusak"}
    assert kodes.total() > len(good) // 31 // 2


@pytest.mark.parametrize(
    ("tabel", "content", "kode"),
    [
        ("tindak_lanjut", b"[]\n", "cadangan-rusak"),
        ("kuesioner", b"", "basis-data-gagal"),  # batches without their questionnaire
    ],
)
def test_a_bad_row_found_late_rolls_everything_back(
    store: Store, full: Path, tabel: str, content: bytes, kode: str
):
    with_table(full, tabel, content)
    fill(store)
    before = rows(store)
    assert kode_of(lambda: put_back(store, full, ganti=True)) == kode
    assert rows(store) == before


@pytest.mark.parametrize("change", [{"format": 2, "tabel": "baru"}, {"skema": 99}])
def test_a_backup_of_a_later_program(full: Path, tmp_path: Path, change: dict):
    with_manifest(full, **change)
    with sqlite(tmp_path / "lain.db") as store:
        assert kode_of(lambda: put_back(store, full)) == "cadangan-lebih-baru"


def test_a_backup_of_an_earlier_step_has_what_was_there_then(full: Path, tmp_path: Path):
    files = entries(full)
    manifest = json.loads(files["cadangan.json"])
    for name in ("entri_ganda", *COARSE):
        del manifest["tabel"][name], files[f"{name}.jsonl"]
    at = manifest["tabel"]["jawaban"]["kolom"].index("tanda")  # NOT NULL with a default
    lines = [json.loads(line) for line in files["jawaban.jsonl"].splitlines()]
    content = b"".join(json.dumps(r[:at] + r[at + 1 :]).encode() + b"\n" for r in lines)
    known = manifest["tabel"]["jawaban"]
    known["kolom"].remove("tanda")
    known["sha256"] = hashlib.sha256(content).hexdigest()
    older = json.dumps(manifest | {"skema": 2}).encode()
    rewrite(full, files | {"jawaban.jsonl": content, "cadangan.json": older})
    with sqlite(tmp_path / "lain.db") as store:
        put_back(store, full)
        assert len(rows(store)["jawaban"]) == len(lines)
        assert all(rows(store)[name] for name in COARSE)
        assert store.double_entries(HERE) == ()
        assert store.check_recap() == ()


def test_a_recap_that_is_no_more_is_passed_over_in_a_backup_of_its_time(full: Path, tmp_path: Path):
    files = entries(full)
    manifest = json.loads(files["cadangan.json"])
    manifest["tabel"]["rekap_jawaban"] = manifest["tabel"]["rekap_hari"]
    files["rekap_jawaban.jsonl"] = files["rekap_hari.jsonl"]
    rewrite(full, files | {"cadangan.json": json.dumps(manifest).encode()})
    with sqlite(tmp_path / "lain.db") as store:
        assert kode_of(lambda: put_back(store, full)) == "cadangan-rusak"
        with_manifest(full, skema=8)
        put_back(store, full)
        assert store.check_recap() == ()


def test_a_backup_of_an_earlier_step_that_lacks_something_needed(full: Path, tmp_path: Path):
    with_table(full, "rahasia", b"", ["nama"])
    with_manifest(full, skema=2)
    with sqlite(tmp_path / "lain.db") as store:
        assert kode_of(lambda: put_back(store, full)) == "cadangan-skema-lama"


def test_no_such_file(tmp_path: Path):
    def look(path: Path) -> None:
        with open_backup(path):
            pass

    assert kode_of(lambda: look(tmp_path / "tidak.zip")) == "cadangan-tak-ada"
    assert kode_of(lambda: look(tmp_path)) == "cadangan-tak-terbaca"


def test_an_empty_database_is_no_backup(store: Store, tmp_path: Path):
    path = tmp_path / "kosong.zip"
    assert kode_of(lambda: write_backup(store.engine, path)) == "cadangan-kosong"
    assert not list(tmp_path.glob("*kosong*"))


@pytest.fixture
def small(tmp_path: Path):
    with sqlite(tmp_path / "kecil.db") as store:
        save(store)
        store.add_batch(HERE, UNGGAH, CONTOH)
        yield store


def refuse(monkeypatch: pytest.MonkeyPatch, number: int, after: int) -> None:
    """Files take some bytes more, then the system answers with an error."""
    left = [after]
    real, real_open = io.BufferedWriter, io.open

    class Full(real):
        def write(self, content) -> int:
            left[0] -= len(content)
            if left[0] < 0:
                raise OSError(number, os.strerror(number))
            return super().write(content)

    def opened(path, mode="r", *rest, **named):
        if mode != "w+b":  # `zipfile.io.open` is everybody's
            return real_open(path, mode, *rest, **named)
        return Full(io.FileIO(path, "wb"))

    monkeypatch.setattr(zipfile.io, "open", opened)


@pytest.mark.parametrize(
    ("number", "kode"),
    [
        (errno.ENOSPC, "cadangan-disk-penuh"),
        (errno.EROFS, "cadangan-hanya-baca"),
        (errno.EIO, "cadangan-tak-tertulis"),
    ],
)
@pytest.mark.parametrize("after", [0, 300, 2_000])
def test_a_disk_that_refuses_leaves_the_former_backup(
    small: Store, tmp_path: Path, monkeypatch, number: int, kode: str, after: int
):
    path = tmp_path / "cadangan.zip"
    write_backup(small.engine, path)
    former = path.read_bytes()
    assert len(former) > 2_000
    with monkeypatch.context() as patch:
        refuse(patch, number, after)
        assert kode_of(lambda: write_backup(small.engine, path)) == kode
    assert path.read_bytes() == former
    assert not list(tmp_path.glob(".*"))


def test_a_disk_that_gives_back_other_bytes(small: Store, tmp_path: Path, monkeypatch):
    path = tmp_path / "cadangan.zip"
    real = zipfile.ZipFile.close

    def close(archive: zipfile.ZipFile) -> None:
        written = archive.fp is not None and archive.mode == "w"
        real(archive)
        if written:
            flipped_bit(Path(archive.filename))

    monkeypatch.setattr(zipfile.ZipFile, "close", close)
    assert kode_of(lambda: write_backup(small.engine, path)) == "cadangan-tak-terbaca-kembali"
    assert not list(tmp_path.glob("*cadangan*"))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_may_read_a_backup(small: Store, tmp_path: Path):
    path = tmp_path / "cadangan.zip"
    write_backup(small.engine, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
