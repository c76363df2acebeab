"""The letterhead in the data folder: checked first, whole or not at all."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from skm.laporan.kop import NAMA, read_kop, remove_kop, save_kop
from skm.pesan import SkmError


@pytest.fixture(scope="module")
def kop() -> bytes:
    document = docx.Document()
    document.add_paragraph("Dinas Contoh")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_kept_replaced_and_removed(tmp_path: Path, kop: bytes) -> None:
    data = tmp_path / "belum" / "ada"
    assert read_kop(data) is None
    for _ in range(2):
        save_kop(data, kop)
        assert read_kop(data) == kop
    assert [path.name for path in data.iterdir()] == [NAMA]
    remove_kop(data)
    remove_kop(data)
    assert read_kop(data) is None


def test_what_cannot_be_opened_leaves_the_old_one(tmp_path: Path, kop: bytes) -> None:
    save_kop(tmp_path, kop)
    with pytest.raises(SkmError) as caught:
        save_kop(tmp_path, kop[: len(kop) // 2])
    assert caught.value.kode == "kop-tak-terbaca"
    assert read_kop(tmp_path) == kop
    assert [path.name for path in tmp_path.iterdir()] == [NAMA]


def test_a_write_that_fails_leaves_the_old_one_and_no_rest(
    tmp_path: Path, kop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_kop(tmp_path, kop)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_kop(tmp_path, kop)
    assert read_kop(tmp_path) == kop
    assert [path.name for path in tmp_path.iterdir()] == [NAMA]
