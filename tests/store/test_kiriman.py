"""Codes that people read, and ids that pages make."""

import re

import pytest

from skm.kiriman import is_code, is_submit_id, new_code, new_receipt


def test_codes_have_no_look_alikes_and_do_not_repeat():
    codes = {new_code() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert not set("".join(codes)) & set("0O1ILU")
    assert all(is_code(code) and len(code) == 8 for code in codes)
    assert is_code(new_code(12))


def test_a_receipt_can_be_read_out():
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", new_receipt())


@pytest.mark.parametrize("text", ["", "K7Q4", "k7q42m9p", "K7Q4-2M9P", "K7Q42M9P\n", "K7Q40M9P"])
def test_what_is_no_code(text):
    assert not is_code(text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a" * 16, True),
        ("Aa0_-" * 4, True),
        ("a" * 64, True),
        ("a" * 15, False),
        ("a" * 65, False),
        ("a" * 16 + "\n", False),
        ("é" * 20, False),
    ],
)
def test_what_is_a_submit_id(text, good):
    assert is_submit_id(text) is good
