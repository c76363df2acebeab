from fractions import Fraction

import pytest

from skm.metode import find_method, named_methods
from skm.pesan import SkmError


def test_the_default_is_full_precision_with_equal_weights() -> None:
    metode = find_method()
    assert metode.label == "penuh · bobot 1/k"
    assert (metode.nrr, metode.tertimbang, metode.ikm_unsur, metode.indeks) == (None,) * 4


def test_the_five_named_methods() -> None:
    assert list(named_methods()) == ["penuh", "bertahap", "nrr3", "nrr2-rata2", "tertimbang2"]


@pytest.mark.parametrize("bobot", ["0.11", "0,11"])
def test_a_weight_may_be_written_with_a_comma(bobot: str) -> None:
    assert find_method("nrr3", bobot).bobot.tetap == Fraction(11, 100)


@pytest.mark.parametrize(
    ("nama", "bobot", "kode"),
    [("bulat", "1/k", "metode-tak-dikenal"), ("penuh", "0.2", "bobot-tak-dikenal")],
)
def test_unknown_names(nama: str, bobot: str, kode: str) -> None:
    with pytest.raises(SkmError) as caught:
        find_method(nama, bobot)
    assert caught.value.kode == kode
