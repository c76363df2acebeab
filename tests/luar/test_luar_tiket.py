"""What a browser takes along to the identity provider."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from skm.luar.tiket import new_ticket, read_ticket

KEY, OTHER = b"k" * 32, b"l" * 32
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)


def test_it_is_read_back() -> None:
    tiket = new_ticket(KEY, "/unggah?survei=a", NOW)
    assert read_ticket(KEY, tiket.isi, NOW + timedelta(minutes=10)) == tiket
    assert tiket.ke == "/unggah?survei=a"


def test_the_cookie_tells_nothing_and_everything_differs() -> None:
    one, two = new_ticket(KEY, "/", NOW), new_ticket(KEY, "/", NOW)
    values = [one.state, one.nonce, one.verifier, two.state, two.nonce, two.verifier]
    assert len(set(values)) == 6
    assert all(value not in one.isi + two.isi for value in values)
    assert 43 <= len(one.verifier) <= 128  # RFC 7636, 4.1


def test_too_old_from_the_future_and_of_another_program() -> None:
    isi = new_ticket(KEY, "/", NOW).isi
    assert read_ticket(KEY, isi, NOW + timedelta(minutes=10, seconds=1)) is None
    assert read_ticket(KEY, isi, NOW - timedelta(minutes=1)) is None
    assert read_ticket(OTHER, isi, NOW) is None


def test_no_character_can_be_changed() -> None:
    isi = new_ticket(KEY, "/unggah", NOW).isi
    for place, letter in enumerate(isi):
        changed = isi[:place] + ("A" if letter != "A" else "B") + isi[place + 1 :]
        if place == len(isi) - 1:  # the last letter of base64 holds two idle bits
            changed = isi[:-1]
        assert read_ticket(KEY, changed, NOW) is None, place


@given(text=st.text())
@example("9" * 11 + "~" + "A" * 43 + "~~" + "A" * 43)
def test_anything_else_is_no_ticket(text: str) -> None:
    assert read_ticket(KEY, text, NOW) is None
