"""Urlencoded pairs are read as the standard library reads them, only sooner."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skm.web.isi.body import MAX_FIELDS, BodyTooLargeError, split_pairs


def standard(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace")


@given(st.text(alphabet="ab=&%+;20fFé\x00 ", max_size=60))
@example("u1=4&u2=&&=&u3&saran=a%20b+c%zz%ff%F0%9F%98%80")
def test_any_text_is_read_as_the_standard_library_does(text: str) -> None:
    assert split_pairs(text) == standard(text)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=20))
def test_what_a_browser_sends_comes_back(pairs: list[tuple[str, str]]) -> None:
    whole = [p for p in pairs if not any("\ud800" <= c <= "\udfff" for c in "".join(p))]
    assert split_pairs(urlencode(whole)) == whole


def test_more_fields_than_any_form_has() -> None:
    assert len(split_pairs("&".join(["a=1"] * MAX_FIELDS))) == MAX_FIELDS
    with pytest.raises(BodyTooLargeError):
        split_pairs("&" * MAX_FIELDS)
