"""A page of parts is the page, plain and compressed."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.web.isi.sheaf import bind

PART = st.binary(max_size=3000)


@given(PART, PART, PART, st.binary(max_size=200), st.binary(max_size=200))
def test_both_forms_are_the_parts_with_the_marks_between_them(before, between, after, one, two):
    sheaf = bind(before, between, after)
    whole = before + one + between + two + after
    assert sheaf.plain(one, two) == whole
    # Reads the whole member and checks its checksum and length.
    assert gzip.decompress(sheaf.gzipped(one, two)) == whole


def test_the_parts_compress_nearly_as_well_as_the_page():
    text = b"<p>Bagaimana pendapat Saudara tentang kesesuaian persyaratan?</p>" * 200
    sheaf = bind(text[:4000], b"--", text[4000:])
    assert len(sheaf.gzipped(b"a" * 22, b"b" * 40)) < len(gzip.compress(text)) + 250


def test_marks_that_no_stored_block_holds_are_refused():
    with pytest.raises(ValueError, match="too long"):
        bind(b"", b"", b"").gzipped(b"a" * 70_000, b"")
