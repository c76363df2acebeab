"""Read a submission's body: urlencoded only, and never more than 64 kB of it."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request

MAX_BODY = 64 * 1024
MAX_DRAINED = 1024 * 1024
"""A body up to this long is read to its end: a browser that still sends does not see our answer."""
MAX_FIELDS = 300
FORM = "application/x-www-form-urlencoded"


class BodyTooLargeError(Exception):
    """More bytes or fields than any form of ours sends."""


class WrongTypeError(Exception):
    """Not what a form of ours sends."""


async def read_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the (name, value) pairs in order.

    Raises BodyTooLargeError, WrongTypeError, or ClientDisconnect where nobody sends any more.
    """
    headers = request.headers
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise WrongTypeError
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length[:12]) > MAX_DRAINED:
        raise BodyTooLargeError
    body, size = bytearray(), 0
    more = True
    while more and size <= MAX_DRAINED:
        event = await request.receive()
        if event["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk, more = event.get("body", b""), event.get("more_body", False)
        size += len(chunk)
        if size <= MAX_BODY:
            body += chunk
    if size > MAX_BODY:
        raise BodyTooLargeError
    return split_pairs(bytes(body).decode("utf-8", "replace"))


def split_pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of an urlencoded text, blank ones too. Raises BodyTooLargeError.

    What `urllib.parse.parse_qsl` returns; most values are one digit and need no decoding.
    """
    parts = text.split("&")
    if len(parts) > MAX_FIELDS:
        raise BodyTooLargeError
    pairs = [part.partition("=") for part in parts if part]
    return [(_decode(name), _decode(value)) for name, _, value in pairs]


def _decode(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    return unquote(text.replace("+", " "), errors="replace")
