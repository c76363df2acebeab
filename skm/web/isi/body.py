"""Read a submission's body: urlencoded only, and never more than 64 kB of it."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

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
    """Return the (name, value) pairs in order. Raises BodyTooLargeError or WrongTypeError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise WrongTypeError
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length[:12]) > MAX_DRAINED:
        raise BodyTooLargeError
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_DRAINED:
            break
        if size <= MAX_BODY:
            body += chunk
    if size > MAX_BODY:
        raise BodyTooLargeError
    try:
        return parse_qsl(
            bytes(body).decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=MAX_FIELDS,
            encoding="utf-8",
            errors="replace",
        )
    except ValueError as error:
        raise BodyTooLargeError from error
