"""The log says what and where, and nothing of what anybody sent."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from skm.catatan import Bentuk, set_up_logging

SENT = "saran rahasia 3275010101010001"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    logger = logging.getLogger("skm")
    before = logger.handlers[:], logger.level, logger.propagate
    yield
    logger.handlers[:], logger.level, logger.propagate = before


def fail() -> None:
    raise ValueError(SENT)


def written(bentuk: Bentuk) -> str:
    out = io.StringIO()
    set_up_logging(bentuk, out)
    log = logging.getLogger("skm.uji")
    log.info("first\nsecond line")
    try:
        fail()
    except ValueError:
        log.exception("a page failed")
    return out.getvalue()


def test_a_fault_is_its_kind_and_its_places() -> None:
    first, second = written("teks").splitlines()
    assert first.endswith("INFO skm.uji first second line")
    assert "ERROR skm.uji a page failed (ValueError at test_catatan.py:" in second
    assert SENT not in first + second


def test_one_json_object_a_line() -> None:
    first, second = (json.loads(line) for line in written("json").splitlines())
    assert (first["tingkat"], first["asal"], first["pesan"]) == (
        "INFO", "skm.uji", "first second line",
    )  # fmt: skip
    assert first["waktu"].endswith("Z")
    assert second["galat"] == "ValueError"
    assert [place.partition(":")[0] for place in second["jejak"]] == ["test_catatan.py"] * 2
    assert SENT not in json.dumps(second)


def test_set_up_twice_writes_once() -> None:
    set_up_logging("teks", io.StringIO())
    assert len(written("teks").splitlines()) == 2
