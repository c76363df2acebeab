"""The ZIP of posters: one PDF, SVG and PNG a placement, under names that every system takes."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from skm.pesan import SkmError
from skm.report import Tempelan, write_posters_zip
from skm.report.bundle import file_names

from .cetakan import contoh, decoded, pages

pytestmark = pytest.mark.lambat

ITEMS = [
    Tempelan("K7QM2P", "https://skm.go.id/isi/K7QM2P", "Kelurahan Kaliabang Tengah"),
    Tempelan("aB", "https://skm.go.id/isi/aB", "MPP/GPP 1", "KTP-el: baru/hilang?"),
    Tempelan("Ab", "https://skm.go.id/isi/Ab", "MPP/GPP 1", "KTP-el: baru/hilang?"),
]


def test_each_file_leads_to_its_placement() -> None:
    archive = ZipFile(BytesIO(write_posters_zip(contoh(), ITEMS, "a5")))
    assert archive.testzip() is None
    assert len(archive.namelist()) == 9
    for name, item in zip(file_names(ITEMS), ITEMS, strict=True):
        assert decoded(pages(archive.read(f"poster/{name}-a5.pdf"))[0]) == [item.alamat]
        assert decoded(Image.open(BytesIO(archive.read(f"qr/{name}.png")))) == [item.alamat]
        assert archive.read(f"qr/{name}.svg").startswith(b"<svg")


def test_names_are_safe_and_differ_without_regard_to_case() -> None:
    assert file_names(ITEMS) == [
        "kelurahan-kaliabang-tengah_K7QM2P",
        "mpp-gpp-1_ktp-el-baru-hilang_aB",
        "mpp-gpp-1_ktp-el-baru-hilang_Ab-2",
    ]
    odd = [Tempelan("../x", "a", "😀", "á" * 300), Tempelan("", "a", "..\\..", None)]
    assert file_names(odd) == [f"{'a' * 40}_-x", "tautan"]


def test_the_same_placements_give_the_same_zip() -> None:
    assert write_posters_zip(contoh(), ITEMS, "a4") == write_posters_zip(contoh(), ITEMS, "a4")


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(SkmError) as caught:
        write_posters_zip(contoh(), [], "a4")
    assert caught.value.kode == "poster-tanpa-tautan"
